// The entry point: puts the parts together when a Python file is opened, and takes them apart at the end.
import { window, workspace, type ExtensionContext } from "vscode";

import { registerCommands } from "./commands";
import { keepCount } from "./counting";
import { debugPages } from "./debug";
import { DiagramPanel } from "./diagram";
import { rulePages, SCHEME } from "./explain";
import { Session } from "./session";
import { changesServer } from "./settings";
import { serverSources } from "./sources";
import { Status } from "./status";
import { traceChannel } from "./trace";

let session: Session | undefined;

/** Called by the editor once, for the first Python file. */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("relmodel", { log: true });
  const owned = context.subscriptions;
  const status = new Status();
  const started = new Session(serverSources(context), log, traceChannel(log, owned), status);
  const diagram = new DiagramPanel(started, context.extensionUri);
  session = started;
  const restart = () => void started.restart();
  owned.push(
    log,
    status,
    diagram,
    keepCount(started, status),
    ...registerCommands({ session: started, diagram, log }),
    debugPages(context, started, status),
    workspace.registerTextDocumentContentProvider(SCHEME, rulePages(started)),
    workspace.onDidChangeConfiguration((event) => {
      if (changesServer(event)) {
        restart();
      }
    }),
    // Trust makes the workspace's own value of relmodel.path count.
    workspace.onDidGrantWorkspaceTrust(restart),
  );
  await started.start();
}

/** Called by the editor when it closes; it waits for the promise. */
export async function deactivate(): Promise<void> {
  await session?.stop();
  session = undefined;
}
