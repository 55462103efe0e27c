// Owns the commands of the extension: the one table from a command's id to what it does.
import { commands, type Disposable, type LogOutputChannel } from "vscode";

import type { Session } from "./session";

/** Registers every command that `package.json` contributes. */
export function registerCommands(session: Session, log: LogOutputChannel): Disposable[] {
  const table: Record<string, () => unknown> = {
    "relmodel.restart": () => session.restart(),
    "relmodel.showLog": () => {
      log.show();
    },
  };
  return Object.entries(table).map(([id, run]) => commands.registerCommand(id, run));
}
