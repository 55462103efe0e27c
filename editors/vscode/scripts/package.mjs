// Makes `relmodel-PLATFORM.vsix` for the platform of this machine, with the server's program inside.
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";

const folder = resolve(import.meta.dirname, "..");
const repository = resolve(folder, "../..");
const program = process.platform === "win32" ? "relmodel.exe" : "relmodel";
const target = `${process.platform}-${process.arch}`;

function serverBinary() {
  const named = process.env.RELMODEL_BINARY;
  const binary = named ? resolve(named) : join(repository, "target/release", program);
  if (!existsSync(binary)) {
    console.error(`The server is missing: ${binary}`);
    console.error(
      named
        ? "RELMODEL_BINARY names it. Correct the variable, or unset it to take the one that cargo builds."
        : "Run `cargo build --release` in the repository first, or name a binary with RELMODEL_BINARY.",
    );
    process.exit(1);
  }
  return binary;
}

function stage(binary) {
  rmSync(join(folder, "server"), { recursive: true, force: true });
  mkdirSync(join(folder, "server"));
  const copy = join(folder, "server", program);
  copyFileSync(binary, copy);
  chmodSync(copy, 0o755);
  for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) {
    copyFileSync(join(repository, licence), join(folder, licence));
  }
}

stage(serverBinary());
const packagePath = join(folder, `relmodel-${target}.vsix`);
await createVSIX({ cwd: folder, packagePath, target, dependencies: false });
console.log(`Made ${basename(packagePath)}`);
