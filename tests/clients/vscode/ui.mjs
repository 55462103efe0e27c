// Owns what is checked through the window: what a user of the extension sees and types.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { check, waitFor } from "./report.mjs";
import { checkCompletion, checkFix, checkInlayHint, checkOtherSide, checkRename } from "./writing.mjs";

const FILE = "shop/child.py";

/** The place of a text in a file, counted from 1. */
function placeOf(file, text) {
  const lines = readFileSync(file, "utf8").split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  return { line: index + 1, column: lines[index].indexOf(text) + 1 };
}

/** Runs all checks in a window that shows the fixture workspace with its planted mistake. `extensions` is their folder. */
export async function checkWindow(window, workspace, extensions) {
  const file = join(workspace, FILE);
  const target = placeOf(file, "Parent");
  const mistake = placeOf(file, "childrn");
  await check("the mistake is underlined", async () => {
    await window.inFront("child.py");
    await waitFor("a squiggle", async () => (await window.squiggles()) > 0);
  });
  await check("the Problems panel lists it once", () => checkProblems(window));
  await check("hover on the target", () => checkHover(window, target));
  await check("F12 goes to the class in the other file", () => checkDefinition(window, workspace, target));
  await check("the typed fix removes the squiggle", () => checkFix(window, mistake));
  await check("an inlay hint tells what the relationship comes to", () => checkInlayHint(window, target));
  await check("F2 renames over two files", () => checkRename(window, mistake));
  await check("completion inside a string with its closing quote", () => checkCompletion(window, target));
  await check("a quick fix writes the other side into the other file", () => checkOtherSide(window, target));
  await check("the status of the language tells the version and what is known", () => checkStatus(window));
  await check("the diagram shows all, marks the class of the cursor, and a click opens a class", () =>
    checkDiagram(window),
  );
  await check("a killed server is told of and comes back", () => checkKilled(window, extensions));
  await check("a wrong relmodel.path is named in a message", () => checkMessage(window));
}

async function focusEditor(window) {
  await window.press("Control+1");
}

async function checkProblems(window) {
  await window.press("Control+Shift+M");
  const rows = await waitFor("a problem", async () => {
    const all = await window.problems();
    return all.length > 0 && all;
  });
  await window.picture("vscode-problems");
  if (rows.length !== 1 || !rows[0].includes("childrn") || !rows[0].includes("back-populates-missing")) {
    throw new Error(`the panel shows ${JSON.stringify(rows)}`);
  }
  await window.press("Control+Shift+M");
  await focusEditor(window);
  return rows[0];
}

async function checkHover(window, target) {
  await window.goTo(target.line, target.column + 1);
  await window.press("Control+k", "Control+i");
  let text = "";
  await waitFor("a hover that names the target", async () => (text = await window.hover()).includes("Parent"));
  await window.picture("vscode-hover");
  await window.press("Escape");
  return text.slice(0, 100);
}

async function checkDefinition(window, workspace, target) {
  const place = placeOf(join(workspace, "shop/parent.py"), "Parent(");
  await window.goTo(target.line, target.column + 1);
  await window.press("F12");
  await window.inFront("parent.py");
  await window.cursorAt(place.line, place.column);
  await window.picture("vscode-definition");
  await window.press("Control+Alt+-");
  await window.inFront("child.py");
  return `parent.py:${place.line}:${place.column}`;
}

async function checkStatus(window) {
  await window.press("Escape");
  let text = "";
  await waitFor("version and count", async () =>
    /relmodel \d+\.\d+.*2 mapped classes, \d relationships/s.test((text = await window.languageStatus())),
  );
  await window.picture("vscode-status");
  return text;
}

async function checkDiagram(window) {
  await window.command("relmodel: Show Diagram");
  const panel = await window.webview("#stage svg .entity");
  const names = () => panel.locator("#stage .entity > title").allTextContents();
  await waitFor("both classes", async () => (await names()).length === 2);
  const selected = () => panel.locator("#stage .selected > title").allTextContents();
  await waitFor("the class of the cursor to be marked", async () => (await selected()).join() === "Child");
  await window.picture("vscode-diagram");
  await panel.locator("#search").fill("paren");
  await waitFor("the class that was searched", async () => (await selected()).join() === "Parent");
  await panel.locator("#search").fill("");
  await panel.locator("#depth").selectOption("1");
  await waitFor("what is around the class", async () => (await names()).length === 2);
  await panel.locator('#stage .entity:has(> title:text-is("Parent")) .head').click();
  await window.inFront("parent.py");
  await window.picture("vscode-diagram-opened");
  await window.command("View: Close All Editor Groups");
  return (await names().catch(() => [])).join(" ");
}

async function checkKilled(window, extensions) {
  const before = runningServer(extensions);
  process.kill(Number(before), "SIGKILL");
  let text = "";
  await waitFor("a message", async () => (text = (await window.messages()).join(" ")).includes("ended unexpectedly"));
  await window.picture("vscode-killed");
  await waitFor("another server", () => ![undefined, before].includes(runningServer(extensions)));
  await window.open("child.py");
  await waitFor("the status of the new server", async () => /mapped classes/.test(await window.languageStatus()));
  return text.slice(0, 120);
}

/** The process id of the server that the editor started, or nothing. */
function runningServer(extensions) {
  return readdirSync("/proc").find((name) => {
    try {
      const program = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0")[0];
      return program.startsWith(extensions) && program.endsWith("/server/relmodel");
    } catch {
      // No process, or one that ended between the listing and the reading.
      return false;
    }
  });
}

async function checkMessage(window) {
  await window.press("Escape");
  await window.command("Probe: Wrong Path");
  let text = "";
  await waitFor("a message", async () => (text = (await window.messages()).join(" ")).includes("relmodel.path"));
  await window.picture("vscode-wrong-path");
  return text.slice(0, 200);
}
