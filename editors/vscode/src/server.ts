// Owns the choice of the server program: which places are asked, in which order, and whether what they name works.
// It must not know the editor; the places come in as functions, so that this file is tested without one.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Where a program was named. A new place is one more origin here and one more source in `sources.ts`. */
export type Origin = "setting" | "environment" | "path" | "bundled";

/** A program that some place names. Nobody has tried yet to start it. */
export interface Candidate {
  readonly origin: Origin;
  readonly program: string;
}

/** A place that may name a program. */
export type Source = () => Promise<Candidate | undefined>;

/** A program that was started once and said that it is relmodel. */
export interface Server extends Candidate {
  readonly version: string;
}

/** No server can be started. The message is for the user and says what to do. */
export class NoServer extends Error {}

const execute = promisify(execFile);
const PROBE_LIMIT_MS = 20_000;

/**
 * Asks the sources in their order; the first that names a program decides.
 *
 * A program that is named and does not work is an error. Taking the next one in silence would leave the user with
 * another server than the one that was asked for.
 */
export async function findServer(sources: readonly Source[]): Promise<Server> {
  for (const source of sources) {
    const candidate = await source();
    if (candidate) {
      return { ...candidate, version: await probe(candidate) };
    }
  }
  throw new NoServer(
    "This package of the extension comes without a server. Install relmodel and put the path of the program into the setting relmodel.path.",
  );
}

/** Runs `PROGRAM --version` and gives the version, or says which setting mends it. */
async function probe(candidate: Candidate): Promise<string> {
  let output: string;
  try {
    ({ stdout: output } = await execute(candidate.program, ["--version"], { timeout: PROBE_LIMIT_MS }));
  } catch (error) {
    throw new NoServer(`${naming(candidate)} does not start: ${reason(error)}. ${remedy(candidate.origin)}`);
  }
  const version = /^relmodel (\d\S*)\s*$/.exec(output)?.[1];
  if (version === undefined) {
    throw new NoServer(`${naming(candidate)} is another program, not relmodel. ${remedy(candidate.origin)}`);
  }
  return version;
}

function naming({ origin, program }: Candidate): string {
  switch (origin) {
    case "setting":
      return `The program of the setting relmodel.path (${program})`;
    case "environment":
      return `The program in the Python environment (${program})`;
    case "path":
      return `The program on PATH (${program})`;
    case "bundled":
      return `The server that comes with the extension (${program})`;
  }
}

function remedy(origin: Origin): string {
  switch (origin) {
    case "setting":
      return "Correct the setting relmodel.path, or clear it to use the server that comes with the extension.";
    case "environment":
    case "path":
      return "Install it anew, or put the path of another program into the setting relmodel.path.";
    case "bundled":
      return "Install relmodel and put the path of the program into the setting relmodel.path.";
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { code, killed } = error as Error & { code?: string | number; killed?: boolean };
  if (killed === true) {
    return `no answer to --version within ${String(PROBE_LIMIT_MS / 1000)} s`;
  }
  switch (code) {
    case "ENOENT":
      return "there is no such program";
    case "EACCES":
      return "it is not executable";
    case undefined:
      return error.message;
    default:
      return `--version ended with ${String(code)}`;
  }
}
