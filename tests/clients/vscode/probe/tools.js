// Owns what the checks of the probe share: waiting, watching, and the processes of the server.
const { readdirSync, readFileSync } = require("node:fs");

const LIMIT_MS = 90_000;
const POLL_MS = 50;

const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

/** Polls until `probe` gives something truthy, and gives that. `describe` says what was there instead. */
async function waitFor(what, probe, describe = () => "") {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${LIMIT_MS / 1000} s for ${what}; ${describe()}`);
    }
    await pause();
  }
}

/** Watches for `duration` milliseconds that `holds` stays true. */
async function watch(duration, holds, describe) {
  const end = Date.now() + duration;
  while (Date.now() < end) {
    if (!holds()) {
      throw new Error(`it did not stay so: ${describe()}`);
    }
    await pause();
  }
}

/** The process ids of the programs whose command line holds `text`. */
function processes(text) {
  return readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").includes(text);
    } catch {
      // It ended between the listing and the reading.
      return false;
    }
  });
}

module.exports = { processes, waitFor, watch };
