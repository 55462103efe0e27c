// Owns the commands that lead from the cursor to other places of the source.
import { commands, Location as Place, Position, Range, Uri, ViewColumn, window } from "vscode";
import type { Location, Position as LspPosition } from "vscode-languageserver-protocol";

import type { Session } from "./session";

/** Opens a place in the first column, where the diagram is not. */
export async function openPlace(session: Session, location: Location | null | undefined): Promise<void> {
  if (location) {
    const { start, end } = location.range;
    const selection = new Range(position(start), position(end));
    await window.showTextDocument(Uri.parse(session.uri(location.uri)), { selection, viewColumn: ViewColumn.One });
  }
}

/** Goes from a relationship to its other side, in whichever file that is. */
export async function goToOtherSide(session: Session): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    return;
  }
  const at = editor.selection.active;
  const textDocument = { uri: editor.document.uri.toString() };
  const answer = await session
    .request<AnyLocation | AnyLocation[] | null>("textDocument/implementation", { textDocument, position: at })
    .catch(() => undefined);
  const places = [answer ?? []].flat().map((it) => asLocation(it));
  if (places.length === 0) {
    void window.showInformationMessage("relmodel: no relationship with another side stands at the cursor.");
    return;
  }
  await show(session, editor.document.uri, at, places);
}

/** Shows the places that a code lens of the server leads to. */
export async function showLocations(session: Session, uri: string, at: LspPosition, places: Location[]): Promise<void> {
  await show(session, Uri.parse(session.uri(uri)), position(at), places);
}

type AnyLocation = Location | { targetUri: string; targetSelectionRange: Location["range"] };

function asLocation(it: AnyLocation): Location {
  return "targetUri" in it ? { uri: it.targetUri, range: it.targetSelectionRange } : it;
}

async function show(session: Session, from: Uri, at: Position, places: readonly Location[]): Promise<void> {
  const locations = places.map(({ uri, range }) => {
    const [start, end] = [position(range.start), position(range.end)];
    return new Place(Uri.parse(session.uri(uri)), new Range(start, end));
  });
  await commands.executeCommand("editor.action.goToLocations", from, at, locations, "peek", "There is nothing there.");
}

function position(it: LspPosition): Position {
  return new Position(it.line, it.character);
}
