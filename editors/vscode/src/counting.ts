// Owns when the status learns how much the server knows: after each start and after each file that is saved.
import { Disposable, workspace } from "vscode";

import type { Session } from "./session";
import type { Counts, Status } from "./status";

const SETTLE_MS = 1000;

/** Keeps the count of the status up to date. */
export function keepCount(session: Session, status: Status): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const count = async (): Promise<void> => {
    // A server that is older than the request has nothing to count.
    const counts = await session.request<Counts>("relmodel/status", {}).catch(() => undefined);
    if (counts) {
      status.count(counts);
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
