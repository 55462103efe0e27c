// The built binding, loaded by Node and used by the `tree-sitter` package. Prints what is wrong, and ends with status 1 then.

import assert from "node:assert/strict";
import Parser from "tree-sitter";
import relmodel from "tree-sitter-relmodel";

const parser = new Parser();
parser.setLanguage(relmodel);
const text = "class A(Base):\n    children = relationship(\n    id = Column(Integer)\n";
const tree = parser.parse(text);
assert.equal(
  tree.rootNode.toString(),
  "(module (class_definition name: (identifier) superclasses: (argument_list (identifier)) body: (block " +
    "(expression_statement (assignment left: (identifier) right: (call function: (identifier) " +
    "arguments: (argument_list (unclosed))))) " +
    "(expression_statement (assignment left: (identifier) right: (call function: (identifier) " +
    "arguments: (argument_list (identifier))))))))",
);
assert.equal(tree.rootNode.firstNamedChild.nodeTypeInfo?.type ?? "class_definition", "class_definition");
assert.ok(relmodel.nodeTypeInfo.some((it) => it.type === "unclosed" && it.named));

for (const name of ["HIGHLIGHTS_QUERY", "TAGS_QUERY", "LOCALS_QUERY", "INJECTIONS_QUERY"]) {
  const captures = new Parser.Query(relmodel, relmodel[name]).captures(tree.rootNode);
  assert.ok(name === "INJECTIONS_QUERY" || captures.length > 0, name);
}

// A tree that is edited and parsed again is the tree of the new text.
const start = text.indexOf("relationship(") + "relationship(".length;
const longer = `${text.slice(0, start)}"B")${text.slice(start)}`;
const place = (index) => ({ row: 1, column: index - text.indexOf("\n") - 1 });
tree.edit({
  startIndex: start,
  oldEndIndex: start,
  newEndIndex: start + 4,
  startPosition: place(start),
  oldEndPosition: place(start),
  newEndPosition: place(start + 4),
});
assert.equal(parser.parse(longer, tree).rootNode.toString(), parser.parse(longer).rootNode.toString());
