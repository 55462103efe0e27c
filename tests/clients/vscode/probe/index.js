// The entry point of the probe: runs the checks once per run and writes the results where the driver reads them.
const { appendFileSync, existsSync } = require("node:fs");

const { runChecks } = require("./checks");

exports.activate = () => {
  const file = process.env.RELMODEL_PROBE_RESULTS;
  // The second window of a run is for the checks through the user interface.
  if (!file || existsSync(file)) {
    return;
  }
  const write = (line) => {
    appendFileSync(file, `${line.replace(/\s+/g, " ").replace(/^(ok|FAIL) /, (mark) => mark.padEnd(5))}\n`);
  };
  // Not awaited: an extension that is still activating would hold up the others.
  runChecks(write)
    .catch((error) => {
      write(`FAIL vscode api: no exception ${error.stack}`);
    })
    .finally(() => {
      write(process.env.RELMODEL_PROBE_END);
    });
};
