// Owns the diagram's panel: one at a time, drawn anew when a file is saved, following the cursor.
import { randomBytes } from "node:crypto";
import { Uri, ViewColumn, window, workspace, type Disposable, type TextEditor, type WebviewPanel } from "vscode";
import type { Location } from "vscode-languageserver-protocol";

import type { FromPage, ToPage } from "./messages";
import { openPlace } from "./navigation";
import { diagramPage, entityAt, type Placed } from "./page";
import type { Session } from "./session";

const FOLLOW_MS = 200;

/** What the server answers to `relmodel/diagram`. */
interface Answer {
  readonly text: string;
  readonly entities: readonly { readonly name: string; readonly location: Location | null }[];
}

/** Asks for a diagram: all of it, or what is near one class or table. */
function askDiagram(
  session: Session,
  around?: { readonly name: string; readonly depth: number },
): Promise<Answer | null | undefined> {
  return session.request<Answer | null>("relmodel/diagram", { format: "svg", around: around?.name, depth: around?.depth });
}

/** The panel, or nothing while it is closed. */
export class DiagramPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private owned: Disposable[] = [];
  private answer: Answer | undefined;
  private depth: number | null = null;
  /** The class that the cursor is or was in. */
  private name: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastEditor: TextEditor | undefined;

  constructor(
    private readonly session: Session,
    private readonly extension: Uri,
  ) {}

  /** Shows the panel beside the editor. */
  show(): void {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    this.lastEditor = window.activeTextEditor;
    const folder = Uri.joinPath(this.extension, "dist");
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const options = { enableScripts: true, localResourceRoots: [folder], retainContextWhenHidden: true };
    this.panel = window.createWebviewPanel("relmodel.diagram", "Diagram of the models", column, options);
    const script = this.panel.webview.asWebviewUri(Uri.joinPath(folder, "diagram.js")).toString();
    this.owned = [
      this.panel.onDidDispose(() => {
        this.close();
      }),
      this.panel.webview.onDidReceiveMessage((message: FromPage) => this.hear(message)),
      workspace.onDidSaveTextDocument((document) => {
        if (document.languageId === "python") {
          void this.draw();
        }
      }),
      window.onDidChangeTextEditorSelection((event) => {
        this.follow(event.textEditor);
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor);
      }),
    ];
    this.panel.webview.html = diagramPage(script, randomBytes(16).toString("base64url"));
  }

  /** Closes the panel when it is open. */
  dispose(): void {
    this.panel?.dispose();
  }

  private close(): void {
    clearTimeout(this.timer);
    for (const it of this.owned) {
      it.dispose();
    }
    this.owned = [];
    this.panel = undefined;
    this.answer = undefined;
  }

  private say(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }

  private async hear(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        await this.draw();
        break;
      case "open":
        await openPlace(this.session, this.answer?.entities[message.index]?.location);
        break;
      case "depth":
        this.depth = message.depth;
        await this.draw();
        break;
      case "save":
        await save(message.kind, message.content);
        break;
    }
  }

  private async draw(): Promise<void> {
    const around = this.depth !== null && this.name !== undefined ? { name: this.name, depth: this.depth } : undefined;
    const answer = await askDiagram(this.session, around).catch(() => undefined);
    if (!answer || answer.entities.length === 0) {
      this.answer = undefined;
      this.say({ type: "nothing", text: answer ? "There are no mapped classes here." : "The server gave no diagram." });
      return;
    }
    this.answer = answer;
    this.say({ type: "show", svg: answer.text, names: answer.entities.map((it) => it.name) });
    this.mark();
  }

  private follow(editor: TextEditor | undefined): void {
    if (editor?.document.languageId !== "python") {
      return;
    }
    this.lastEditor = editor;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.mark();
    }, FOLLOW_MS);
  }

  /** Marks the class of the cursor; where only its surroundings are drawn, another class means another drawing. */
  private mark(): void {
    const editor = this.lastEditor;
    if (!editor || !this.answer) {
      return;
    }
    const placed: Placed[] = this.answer.entities.map(({ name, location }) => ({
      name,
      uri: location ? this.session.uri(location.uri) : undefined,
      line: location?.range.start.line ?? 0,
    }));
    const index = entityAt(placed, editor.document.uri.toString(), editor.selection.active.line);
    if (index === undefined) {
      return;
    }
    const changed = this.name !== placed[index]?.name;
    this.name = placed[index]?.name;
    if (changed && this.depth !== null) {
      void this.draw();
    } else {
      this.say({ type: "select", index });
    }
  }
}

async function save(kind: "svg" | "png", content: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `models.${kind}`;
  const chosen = await window.showSaveDialog({
    filters: { [kind.toUpperCase()]: [kind] },
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
  });
  if (chosen) {
    await workspace.fs.writeFile(chosen, Buffer.from(content, kind === "svg" ? "utf8" : "base64"));
  }
}
