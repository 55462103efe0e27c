// The Node binding: loads the compiled parser and adds the node types. It must not know what a tree is used for.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import load from "node-gyp-build";

const root = fileURLToPath(new URL("../..", import.meta.url));
const binding = load(root);

binding.nodeTypeInfo = JSON.parse(readFileSync(new URL("../../src/node-types.json", import.meta.url), "utf8"));
for (const [name, file] of [
  ["HIGHLIGHTS_QUERY", "highlights"],
  ["INJECTIONS_QUERY", "injections"],
  ["LOCALS_QUERY", "locals"],
  ["TAGS_QUERY", "tags"],
]) {
  binding[name] = readFileSync(new URL(`../../queries/${file}.scm`, import.meta.url), "utf8");
}

export default binding;
