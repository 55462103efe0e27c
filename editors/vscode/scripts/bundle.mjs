// Bundles the extension into one file, or with `--tests` each test file into one that Node.js can run.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  rmSync("dist-test", { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: readdirSync("test").map((name) => join("test", name)),
    outdir: "dist-test",
    outExtension: { ".js": ".cjs" },
  });
} else {
  rmSync("dist", { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    minify: true,
  });
  await build({
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    logLevel: "warning",
    entryPoints: ["webview/diagram.ts"],
    outfile: "dist/diagram.js",
    minify: true,
  });
}
