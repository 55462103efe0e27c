// Owns the places where this editor may name a server, in the order in which they are asked.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { extensions, workspace, type ExtensionContext } from "vscode";

import type { Candidate, Origin, Source } from "./server";
import { serverPath } from "./settings";

const PROGRAM = process.platform === "win32" ? "relmodel.exe" : "relmodel";

/** All places, first the one that the user wrote down. */
export function serverSources(context: ExtensionContext): Source[] {
  return [
    () => Promise.resolve(fromSetting()),
    fromEnvironment,
    () => Promise.resolve(fromPath()),
    () => Promise.resolve(fromBundle(context)),
  ];
}

function fromSetting(): Candidate | undefined {
  const path = serverPath();
  if (path === "") {
    return undefined;
  }
  const program = path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
  return { origin: "setting", program };
}

/** What this file asks of the extension for Python. */
interface PythonApi {
  readonly environments?: { getActiveEnvironmentPath(): { readonly path: string } };
}

/** The program beside the interpreter that is selected. A workspace that is not trusted may not name a program so. */
async function fromEnvironment(): Promise<Candidate | undefined> {
  const python = extensions.getExtension<PythonApi>("ms-python.python");
  if (!python || !workspace.isTrusted) {
    return undefined;
  }
  const api = await python.activate();
  const interpreter = api.environments?.getActiveEnvironmentPath().path;
  // A mere name, such as `python3`, is no environment.
  const folders = interpreter === undefined || dirname(interpreter) === "." ? [] : binFolders(interpreter);
  return programIn(folders, "environment");
}

/** Some interpreters are told by the folder of their environment. */
function binFolders(interpreter: string): string[] {
  return [dirname(interpreter), join(interpreter, process.platform === "win32" ? "Scripts" : "bin")];
}

function fromPath(): Candidate | undefined {
  // A relative entry of PATH would let the folder that is opened choose the program.
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((it) => isAbsolute(it));
  return workspace.isTrusted ? programIn(folders, "path") : undefined;
}

function programIn(folders: readonly string[], origin: Origin): Candidate | undefined {
  const program = folders.map((it) => join(it, PROGRAM)).find((it) => existsSync(it));
  return program === undefined ? undefined : { origin, program };
}

function fromBundle(context: ExtensionContext): Candidate | undefined {
  const program = context.asAbsolutePath(join("server", PROGRAM));
  return existsSync(program) ? { origin: "bundled", program } : undefined;
}
