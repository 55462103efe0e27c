// Tests of the diagram's page: what may run in it, and which class a line belongs to.
import assert from "node:assert/strict";
import { test } from "node:test";

import { diagramPage, entityAt } from "../src/page";

const placed = [
  { name: "Child", uri: "file:///shop/child.py", line: 6 },
  { name: "Toy", uri: "file:///shop/child.py", line: 20 },
  { name: "Parent", uri: "file:///shop/parent.py", line: 3 },
  { name: "elsewhere", uri: undefined, line: 0 },
];

test("only the script with the nonce runs, and nothing is loaded", () => {
  const page = diagramPage("https://page.test/diagram.js", "abc");
  assert.match(page, /default-src 'none'/);
  assert.match(page, /script-src 'nonce-abc'/);
  assert.equal(page.match(/<script/g)?.length, 1);
  assert.match(page, /<script nonce="abc" src="https:\/\/page\.test\/diagram\.js">/);
  assert.doesNotMatch(page, /connect-src|unsafe-eval|\son\w+=/);
});

test("a line belongs to the last class that begins above it in its file", () => {
  assert.equal(entityAt(placed, "file:///shop/child.py", 6), 0);
  assert.equal(entityAt(placed, "file:///shop/child.py", 19), 0);
  assert.equal(entityAt(placed, "file:///shop/child.py", 30), 1);
  assert.equal(entityAt(placed, "file:///shop/parent.py", 30), 2);
});

test("a line above all classes and another file belong to none", () => {
  assert.equal(entityAt(placed, "file:///shop/child.py", 2), undefined);
  assert.equal(entityAt(placed, "file:///shop/other.py", 50), undefined);
});
