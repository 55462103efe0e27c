// Owns what is checked through the API of VS Code, inside the real extension host.
const assert = require("node:assert");
const { join } = require("node:path");
const vscode = require("vscode");

const { processes, waitFor, watch } = require("./tools");

const CODE = "back-populates-missing";
const MISTAKE = '"childrn"';
const SETTLE_MS = 1500;

const extension = vscode.extensions.getExtension("relmodel.relmodel");
const serverProgram = join(extension.extensionPath, "server", "relmodel");

let document;
let editor;

const file = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

/** The position in the document of a text, moved by some characters. */
function positionOf(text, moved = 0) {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `the document has no ${text}`);
  return document.positionAt(offset + moved);
}

/** The diagnostics of the document: what each covers, and its code as the user reads it. */
function diagnostics() {
  return vscode.languages.getDiagnostics(document.uri).map((it) => ({
    text: document.getText(it.range),
    code: typeof it.code === "object" ? it.code.value : it.code,
    severity: it.severity,
    source: it.source,
  }));
}

const shown = () => JSON.stringify(diagnostics());

function isTheMistake() {
  const [first, ...rest] = diagnostics();
  const error = first?.severity === vscode.DiagnosticSeverity.Error;
  return rest.length === 0 && error && first.text === MISTAKE && first.code === CODE && first.source === "relmodel";
}

/** The first thing that is ever shown must be right: nothing else may flash up while the server reads the files. */
async function expectMistakeAtOnce() {
  await waitFor("a diagnostic", () => diagnostics().length > 0);
  assert.ok(isTheMistake(), shown());
  return expectMistake();
}

/** After an edit the editor itself keeps the old diagnostics for a moment, so that this one waits. */
async function expectMistake() {
  await waitFor("the mistake", isTheMistake, shown);
  await watch(SETTLE_MS, isTheMistake, shown);
  return shown();
}

async function expectNone() {
  await waitFor("no diagnostics", () => diagnostics().length === 0, shown);
  await watch(SETTLE_MS, () => diagnostics().length === 0, shown);
}

async function oneServer() {
  let running = [];
  await waitFor("one server", () => (running = processes(serverProgram)).length === 1, () => running.join(" "));
  return running[0];
}

async function setPath(value) {
  const settings = vscode.workspace.getConfiguration("relmodel");
  await settings.update("path", value, vscode.ConfigurationTarget.Global);
}

async function typeFix() {
  const place = positionOf("childrn", "childr".length);
  editor.selection = new vscode.Selection(place, place);
  await vscode.commands.executeCommand("type", { text: "e" });
  assert.ok(document.getText().includes('"children"'));
  await expectNone();
}

async function definition() {
  const place = positionOf('"Parent"', 2);
  const found = await vscode.commands.executeCommand("vscode.executeDefinitionProvider", document.uri, place);
  assert.equal(found.length, 1, `${found.length} definitions`);
  const uri = found[0].targetUri ?? found[0].uri;
  const range = found[0].targetSelectionRange ?? found[0].range;
  assert.equal(uri.path, file("shop/parent.py").path);
  const other = await vscode.workspace.openTextDocument(uri);
  assert.ok(other.lineAt(range.start.line).text.startsWith("class Parent("), `line ${range.start.line + 1}`);
  return `parent.py:${range.start.line + 1}:${range.start.character + 1}`;
}

async function hover() {
  const place = positionOf('"Parent"', 2);
  const found = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, place);
  const text = found.flatMap((it) => it.contents.map((part) => part.value ?? part)).join(" ");
  assert.match(text, /Parent/);
  return text.slice(0, 120);
}

async function completion() {
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  // Typed one by one, so that the editor closes the bracket and the quote as it does for a user.
  for (const text of '    other = relationship("') {
    await vscode.commands.executeCommand("type", { text });
  }
  const place = editor.selection.active;
  assert.equal(document.lineAt(place.line).text, '    other = relationship("")');
  let labels = [];
  const ask = async () => {
    const arguments_ = [document.uri, place, '"'];
    const list = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", ...arguments_);
    labels = list.items.map((it) => it.label.label ?? it.label);
    return labels.includes("Parent") && labels.includes("Child");
  };
  await waitFor("Parent and Child", ask, () => labels.slice(0, 20).join(" "));
  return labels.slice(0, 8).join(" ");
}

async function restart() {
  const before = await oneServer();
  await vscode.commands.executeCommand("relmodel.restart");
  const after = await oneServer();
  assert.notEqual(after, before);
  await expectMistake();
}

async function wrongPath() {
  await setPath("/nonexistent/relmodel");
  await waitFor("no server", () => processes(serverProgram).length === 0);
  await setPath(undefined);
  await oneServer();
  await expectMistake();
}

async function undo() {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await expectMistake();
}

const CHECKS = [
  ["opening a Python file starts the extension", () => waitFor("activation", () => extension.isActive)],
  ["the server of the package runs once", oneServer],
  ["diagnostic on the planted mistake, once", expectMistakeAtOnce],
  ["definition in the other file", definition],
  ["hover on the target", hover],
  ["diagnostic goes when the fix is typed", typeFix],
  ["completion in a string with its closing quote", completion],
  ["diagnostic comes back when the file is reverted", undo],
  ["relmodel: Restart Server", restart],
  ["a wrong relmodel.path stops, clearing it mends", wrongPath],
];

/** Runs all checks in their order and writes one line for each. */
exports.runChecks = async (write) => {
  document = await vscode.workspace.openTextDocument(file("shop/child.py"));
  editor = await vscode.window.showTextDocument(document);
  for (const [name, body] of CHECKS) {
    const started = Date.now();
    try {
      const detail = await body();
      write(`ok vscode api: ${name} ${typeof detail === "string" ? detail : ""} (${Date.now() - started} ms)`);
    } catch (error) {
      write(`FAIL vscode api: ${name} ${error.message}`);
    }
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
};
