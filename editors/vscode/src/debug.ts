// Owns the debug information: what a report of a fault should tell, as text that the user reads before sending it.
import { env, Uri, version, window, workspace, type Disposable, type ExtensionContext } from "vscode";

import type { Session } from "./session";
import { changedSettings } from "./settings";
import type { Status } from "./status";

const SCHEME = "relmodel-debug";

/** What this file reads of `package.json`. */
interface Manifest {
  readonly version: string;
  readonly contributes: { readonly configuration: { readonly properties: Record<string, unknown> } };
}

/** Gives the information to the editor as a document that cannot be changed, and so need not be saved. */
export function debugPages(context: ExtensionContext, session: Session, status: Status): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: () => information(context, session, status),
  });
}

/** Opens the information. */
export async function showDebugInformation(): Promise<void> {
  // The editor keeps the text of an address while it is open; each call is to tell what is now.
  const uri = Uri.from({ scheme: SCHEME, path: "relmodel.md", query: String(Date.now()) });
  await window.showTextDocument(await workspace.openTextDocument(uri));
}

function information(context: ExtensionContext, session: Session, status: Status): string {
  const { server } = session;
  const extension = context.extension.packageJSON as Manifest;
  return [
    "# relmodel: debug information",
    "",
    `- editor: ${env.appName} ${version}${env.remoteName === undefined ? "" : ` (${env.remoteName})`}`,
    `- platform: ${process.platform}-${process.arch}`,
    `- extension: ${extension.version}`,
    `- server: ${server ? `${server.version} (${server.origin}) ${server.program}` : "none"}`,
    `- state: ${status.text}`,
    `- folders: ${String(workspace.workspaceFolders?.length ?? 0)}, ${workspace.isTrusted ? "trusted" : "not trusted"}`,
    "",
    "Settings that are set:",
    "",
    "```json",
    JSON.stringify(changedSettings(Object.keys(extension.contributes.configuration.properties)), null, 2),
    "```",
    "",
  ].join("\n");
}
