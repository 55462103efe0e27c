// The entry point: puts the parts together when a Python file is opened, and takes them apart at the end.
import { window, workspace, type ExtensionContext } from "vscode";

import { registerCommands } from "./commands";
import { Session } from "./session";
import { changesServer } from "./settings";
import { serverSources } from "./sources";
import { traceChannel } from "./trace";

let session: Session | undefined;

/** Called by the editor once, for the first Python file. */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("relmodel", { log: true });
  const owned = context.subscriptions;
  owned.push(log);
  const started = new Session(serverSources(context), log, traceChannel(log, owned));
  session = started;
  const restart = () => void started.restart();
  owned.push(
    ...registerCommands(started, log),
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
