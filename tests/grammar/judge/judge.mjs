// CPython 3.14, compiled to WebAssembly, judges files: what `dump.py` says of each.
//
//   judge.mjs DUMP LIST           prints `PATH<tab>DIGEST`, or `PATH<tab>refused: REASON`, for each path in the file LIST
//   judge.mjs DUMP --lines PATH   prints the lines of one file
//   judge.mjs DUMP --version      prints CPython's version
//
// Run in a folder that has `pyodide` in its node_modules. It owns the reading of files and the talk with CPython. It must
// not know what is done with a verdict.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { loadPyodide } = require("pyodide");

const [dumpPath, ...rest] = process.argv.slice(2);
const python = await loadPyodide();
python.FS.writeFile("dump.py", readFileSync(dumpPath));
const judge = python.runPython(`
import sys, warnings
sys.path.insert(0, "")
warnings.simplefilter("ignore")
import dump

def judge(data, whole):
    try:
        lines = dump.lines_of(data.to_bytes())
    except dump.REFUSALS as refusal:
        return f"refused: {type(refusal).__name__}: {refusal}".replace("\\n", " ")
    return "\\n".join(lines) if whole else dump.digest(lines)

judge
`);

function read(path) {
  const data = readFileSync(path);
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}

if (rest[0] === "--lines") {
  console.log(judge(read(rest[1]), true));
} else if (rest[0] === "--version") {
  console.log(python.runPython("sys.version.split()[0]"));
} else {
  const paths = readFileSync(rest[0], "utf8").split("\n").filter(Boolean);
  const table = paths.map((path) => `${path}\t${judge(read(path), false)}\n`);
  process.stdout.write(table.join(""));
}
