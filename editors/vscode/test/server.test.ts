// Tests of the choice of the server, with small programs that are written for the purpose.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { findServer, NoServer, type Origin, type Source } from "../src/server";

const folder = mkdtempSync(join(tmpdir(), "relmodel-server-"));
after(() => {
  rmSync(folder, { recursive: true });
});

function program(name: string, script: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, mode);
  return path;
}

function source(origin: Origin, path: string | undefined): Source {
  return () => Promise.resolve(path === undefined ? undefined : { origin, program: path });
}

async function problem(sources: Source[]): Promise<string> {
  const error: unknown = await findServer(sources).then(
    () => assert.fail("a server was found"),
    (it: unknown) => it,
  );
  assert.ok(error instanceof NoServer, String(error));
  return error.message;
}

const good = program("good", 'echo "relmodel 1.2.3"');
const newer = program("newer", 'echo "relmodel 9.0.0-alpha.1"');

test("the first place that names a program decides", async () => {
  const found = await findServer([source("setting", newer), source("bundled", good)]);
  assert.deepEqual(found, { origin: "setting", program: newer, version: "9.0.0-alpha.1" });
});

test("a place that names nothing is passed over", async () => {
  const found = await findServer([source("setting", undefined), source("bundled", good)]);
  assert.deepEqual(found, { origin: "bundled", program: good, version: "1.2.3" });
});

test("a missing program names the setting and does not fall back", async () => {
  const text = await problem([source("setting", join(folder, "absent")), source("bundled", good)]);
  assert.match(text, /relmodel\.path \(.*absent\) does not start: there is no such program\. Correct the setting/);
});

test("a program that may not be executed names the setting", async () => {
  const text = await problem([source("bundled", program("plain", "", 0o644))]);
  assert.match(text, /comes with the extension .* it is not executable\. .* setting relmodel\.path/);
});

test("a program that fails says with which status", async () => {
  const text = await problem([source("setting", program("fails", "exit 3"))]);
  assert.match(text, /--version ended with 3/);
});

test("another program is refused", async () => {
  const text = await problem([source("setting", program("other", 'echo "Python 3.12.1"'))]);
  assert.match(text, /is another program, not relmodel/);
});

test("a broken program in the environment or on PATH is named, and not passed over", async () => {
  const broken = program("broken", "exit 1");
  assert.match(await problem([source("environment", broken), source("bundled", good)]), /in the Python environment \(/);
  assert.match(await problem([source("path", broken), source("bundled", good)]), /on PATH \(.*Install it anew/);
});

test("no place names a program", async () => {
  const text = await problem([source("setting", undefined), source("bundled", undefined)]);
  assert.match(text, /comes without a server.*relmodel\.path/);
});
