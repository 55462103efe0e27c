// Owns the places where this editor may name a server, in the order in which they are asked.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ExtensionContext } from "vscode";

import type { Candidate, Source } from "./server";
import { serverPath } from "./settings";

/** All places, first the one that the user wrote down. */
export function serverSources(context: ExtensionContext): Source[] {
  return [() => Promise.resolve(fromSetting()), () => Promise.resolve(fromBundle(context))];
}

function fromSetting(): Candidate | undefined {
  const path = serverPath();
  if (path === "") {
    return undefined;
  }
  const program = path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
  return { origin: "setting", program };
}

function fromBundle(context: ExtensionContext): Candidate | undefined {
  const name = process.platform === "win32" ? "relmodel.exe" : "relmodel";
  const program = context.asAbsolutePath(join("server", name));
  return existsSync(program) ? { origin: "bundled", program } : undefined;
}
