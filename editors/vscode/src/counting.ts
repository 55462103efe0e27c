// Owns when the status learns how much the server knows: after each start and after each file that is saved.
import { Disposable, workspace } from "vscode";

import { askDiagram } from "./diagram";
import type { Session } from "./session";
import type { Status } from "./status";

const SETTLE_MS = 1000;

/** Keeps the count of the status up to date. */
export function keepCount(session: Session, status: Status): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const count = async (): Promise<void> => {
    // As text for Graphviz nothing is laid out, which is what takes time.
    const answer = await askDiagram(session, "dot").catch(() => undefined);
    if (answer) {
      status.count(answer.entities.length);
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void count(), SETTLE_MS);
  };
  session.onRunning = soon;
  const saved = workspace.onDidSaveTextDocument((document) => {
    if (document.languageId === "python") {
      soon();
    }
  });
  return new Disposable(() => {
    clearTimeout(timer);
    saved.dispose();
  });
}
