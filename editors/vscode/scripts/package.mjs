// Makes `relmodel-PLATFORM.vsix` with the server's program inside, for the platform of this machine or RELMODEL_TARGET.
// With RELMODEL_BINARY=none it makes `relmodel-universal.vsix`, which holds no program and runs everywhere.
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";

const folder = resolve(import.meta.dirname, "..");
const repository = resolve(folder, "../..");
const bare = process.env.RELMODEL_BINARY === "none";
const target = process.env.RELMODEL_TARGET ?? `${process.platform}-${process.arch}`;
const program = target.startsWith("win32") ? "relmodel.exe" : "relmodel";

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
  if (binary) {
    mkdirSync(join(folder, "server"));
    const copy = join(folder, "server", program);
    copyFileSync(binary, copy);
    chmodSync(copy, 0o755);
  }
  for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) {
    copyFileSync(join(repository, licence), join(folder, licence));
  }
}

stage(bare ? undefined : serverBinary());
const packagePath = join(folder, `relmodel-${bare ? "universal" : target}.vsix`);
// The gallery shows the README away from its folder, so that links and pictures need whole addresses.
const baseContentUrl = "https://github.com/relmodel/relmodel/blob/main/editors/vscode";
const baseImagesUrl = "https://raw.githubusercontent.com/relmodel/relmodel/main/editors/vscode";
const options = { cwd: folder, packagePath, dependencies: false, baseContentUrl, baseImagesUrl };
await createVSIX({ ...options, ...(!bare && { target }) });
console.log(`Made ${basename(packagePath)}`);
