// Owns the commands of the extension: the one table from a command's id to what it does.
import { commands, type Disposable, type LogOutputChannel } from "vscode";
import type { Location, Position } from "vscode-languageserver-protocol";

import { SHOW_LOCATIONS } from "./client";
import { showDebugInformation } from "./debug";
import type { DiagramPanel } from "./diagram";
import { explainFinding } from "./explain";
import { goToOtherSide, showLocations } from "./navigation";
import type { Session } from "./session";

/** What the commands work with. */
export interface Parts {
  readonly session: Session;
  readonly diagram: DiagramPanel;
  readonly log: LogOutputChannel;
}

/** Registers every command that `package.json` contributes, and the one behind code lenses. */
export function registerCommands({ session, diagram, log }: Parts): Disposable[] {
  const table: Record<string, (...given: never[]) => unknown> = {
    "relmodel.restart": () => session.restart(),
    "relmodel.showLog": () => {
      log.show();
    },
    "relmodel.showDebugInformation": () => showDebugInformation(),
    "relmodel.showDiagram": () => {
      diagram.show();
    },
    "relmodel.goToOtherSide": () => goToOtherSide(session),
    "relmodel.explainFinding": () => explainFinding(),
    [SHOW_LOCATIONS]: (uri: string, at: Position, places: Location[]) => showLocations(session, uri, at, places),
  };
  return Object.entries(table).map(([id, run]) => commands.registerCommand(id, run));
}
