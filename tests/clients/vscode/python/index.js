// The part of the extension for Python that relmodel asks: which interpreter is selected.
exports.activate = () => ({
  environments: { getActiveEnvironmentPath: () => ({ path: process.env.RELMODEL_PROBE_PYTHON ?? "python" }) },
});
