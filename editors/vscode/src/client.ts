// Owns how the client library is set up for relmodel: which files, which channels, and what a crash leads to.
import { extensions, window, type LogOutputChannel } from "vscode";
import {
  CloseAction,
  LanguageClient,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
  type StaticFeature,
} from "vscode-languageclient/node";

import type { Server } from "./server";
import { SECTION } from "./settings";

const RESTARTS = 4;

/** The command behind the code lenses. */
export const SHOW_LOCATIONS = "relmodel.showLocations";

/** Makes imports follow a file that is renamed. Two edits of one place would undo the whole rename. */
const PYLANCE = "ms-python.vscode-pylance";

/** Makes a client that starts `server`; it is not started yet. */
export function makeClient(server: Server, log: LogOutputChannel, trace: LogOutputChannel): LanguageClient {
  const client: LanguageClient = new LanguageClient(
    SECTION,
    "relmodel",
    { command: server.program, args: ["server"] },
    {
      documentSelector: [{ scheme: "file", language: "python" }],
      outputChannel: log,
      traceOutputChannel: trace,
      errorHandler: crashHandler(() => client, log),
    },
  );
  client.registerFeature(experimentalFeature());
  return client;
}

/** Tells the server which commands of its code lenses lead somewhere here, and what another server does already. */
function experimentalFeature(): StaticFeature {
  return {
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = {
        ...(capabilities.experimental as object | undefined),
        commands: [SHOW_LOCATIONS],
        importsFollow: extensions.getExtension(PYLANCE) !== undefined,
      };
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
  };
}

/**
 * Lets the library restart a server that crashes while it runs, up to its limit.
 *
 * One that ends while it starts is not restarted. The library would run that start beside the failed one, and nobody
 * could stop the server it leads to.
 */
function crashHandler(client: () => LanguageClient, log: LogOutputChannel): ErrorHandler {
  let standard: ErrorHandler | undefined;
  const inner = () => (standard ??= client().createDefaultErrorHandler(RESTARTS));
  return {
    error: (error, message, count) => inner().error(error, message, count),
    closed: () =>
      client().state === State.Starting ? { action: CloseAction.DoNotRestart, handled: true } : crashed(inner(), log),
  };
}

/** Says what happened; the library itself is silent when it restarts a server. */
async function crashed(handler: ErrorHandler, log: LogOutputChannel): Promise<CloseHandlerResult> {
  const result = await handler.closed();
  if (result.action === CloseAction.Restart) {
    void tellCrash("the server ended unexpectedly and is started again.", log);
  } else {
    void tellCrash('the server keeps ending and is not started again. "relmodel: Restart Server" starts it.', log);
  }
  return { ...result, handled: true };
}

async function tellCrash(text: string, log: LogOutputChannel): Promise<void> {
  log.warn(text);
  const show = "Show Log";
  if ((await window.showWarningMessage(`relmodel: ${text}`, show)) === show) {
    log.show();
  }
}
