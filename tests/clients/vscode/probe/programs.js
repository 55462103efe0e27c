// Owns small programs that stand where the server should be: one that listens, one that hangs, one that ends.
const { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

function write(folder, name, body) {
  const program = join(folder, name);
  const script = `#!/bin/sh\n[ "$1" = --version ] && { echo "relmodel 0.0.0"; exit; }\n${body}\n`;
  writeFileSync(program, script, { mode: 0o755 });
  return program;
}

/** The real server, and `hears` tells whether the editor has said a text to it. */
exports.listening = (folder, server) => {
  const heard = join(folder, "heard.txt");
  // Under another name, so that it is not taken for the server of the package.
  symlinkSync(server, join(folder, "relmodel-inner"));
  const program = write(folder, "relmodel-listening", `tee -a "${heard}" | "${folder}/relmodel-inner" "$@"`);
  return { program, hears: (text) => existsSync(heard) && readFileSync(heard, "utf8").includes(text) };
};

/** The real server in a folder of its own, under its own name. */
exports.copied = (folder, server) => {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "relmodel");
  copyFileSync(server, program);
  return program;
};

/** A server that never answers. */
exports.hanging = (folder) => write(folder, "relmodel-hanging", "while :; do sleep 0.2; done");

/** A server that ends at once. */
exports.ending = (folder) => write(folder, "relmodel-ending", `echo started >> "${folder}/ending.txt"; exit 3`);
