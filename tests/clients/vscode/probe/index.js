// The entry point of the probe: runs the checks once per run and writes the results where the driver reads them.
const { appendFileSync, existsSync } = require("node:fs");
const { dirname } = require("node:path");
const vscode = require("vscode");

const { runChecks } = require("./checks");

/** For the checks through the window, which cannot write a setting that only this machine has. */
function wrongPath() {
  const settings = vscode.workspace.getConfiguration("relmodel");
  return settings.update("path", "/nonexistent/relmodel", vscode.ConfigurationTarget.Global);
}

exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand("relmodelProbe.wrongPath", wrongPath));
  const file = process.env.RELMODEL_PROBE_RESULTS;
  // The second window of a run is for the checks through the user interface.
  if (!file || existsSync(file)) {
    return;
  }
  const write = (line) => {
    appendFileSync(file, `${line.replace(/\s+/g, " ").replace(/^(ok|FAIL) /, (mark) => mark.padEnd(5))}\n`);
  };
  // Not awaited: an extension that is still activating would hold up the others.
  runChecks(write, dirname(file))
    .catch((error) => {
      write(`FAIL vscode api: no exception ${error.stack}`);
    })
    .finally(() => {
      write(process.env.RELMODEL_PROBE_END);
    });
};
