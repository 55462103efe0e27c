// Owns the result lines of the checks in VS Code, in the form that `harness/report.py` counts.

/** The limit of every wait, in milliseconds. A loaded machine keeps it. */
export const LIMIT_MS = 90_000;

/** Prints one result. */
export function report(passed, name, detail = "") {
  console.log(`${passed ? "ok  " : "FAIL"} vscode ui: ${name}  ${String(detail).replace(/\s+/g, " ")}`.trimEnd());
}

/** Runs one check; it passes when it throws nothing. What it returns is printed beside its name. */
export async function check(name, body) {
  const started = Date.now();
  try {
    const detail = (await body()) ?? "";
    report(true, name, `${detail} (${Date.now() - started} ms)`);
    return true;
  } catch (error) {
    report(false, name, error instanceof Error ? error.message : error);
    return false;
  }
}

/** Polls until `probe` gives something truthy, and gives that. */
export async function waitFor(what, probe) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${LIMIT_MS / 1000} s for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
