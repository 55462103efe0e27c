// Owns the pages of rules inside the editor: the server prints them, so that no network is needed.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { commands, languages, Uri, window, type Diagnostic, type TextDocumentContentProvider } from "vscode";

import type { Session } from "./session";

/** The scheme of the pages' addresses. */
export const SCHEME = "relmodel-rule";

const execute = promisify(execFile);

/** Gives the text of a page to the editor. */
export function rulePages(session: Session): TextDocumentContentProvider {
  return {
    provideTextDocumentContent: async (uri) => {
      const program = session.server?.program;
      if (program === undefined) {
        return "The server does not run.";
      }
      const { stdout } = await execute(program, ["explain", uri.path.replace(/\.md$/, "")]);
      return stdout;
    },
  };
}

/** Shows the page of the rule whose finding is at the cursor, or of the one that is chosen from those of the file. */
export async function explainFinding(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    return;
  }
  const own = languages.getDiagnostics(editor.document.uri).filter((it) => it.source === "relmodel");
  const here = own.filter((it) => it.range.contains(editor.selection.active));
  const code = here.map(codeOf).find(Boolean) ?? (await choose(own));
  if (code !== undefined) {
    await commands.executeCommand("markdown.showPreviewToSide", Uri.from({ scheme: SCHEME, path: `${code}.md` }));
  }
}

async function choose(findings: readonly Diagnostic[]): Promise<string | undefined> {
  if (findings.length === 0) {
    void window.showInformationMessage("relmodel: this file has no findings.");
    return undefined;
  }
  const items = findings.map((it) => ({ label: codeOf(it) ?? "", description: it.message }));
  return (await window.showQuickPick(items, { placeHolder: "The finding to explain" }))?.label;
}

function codeOf({ code }: Diagnostic): string | undefined {
  const value = typeof code === "object" ? code.value : code;
  return value === undefined ? undefined : String(value);
}
