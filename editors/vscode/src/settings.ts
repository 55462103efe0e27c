// Owns the names and the reading of the extension's settings. Nobody else spells a setting's name for the editor.
import { workspace, type ConfigurationChangeEvent } from "vscode";

/** The first part of every setting, and the id under which the client library reads `relmodel.trace.server`. */
export const SECTION = "relmodel";

/** The program that the user wants, or the empty string. */
export function serverPath(): string {
  return workspace.getConfiguration(SECTION).get<string>("path", "").trim();
}

/** Whether a change can lead to another server. */
export function changesServer(event: ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${SECTION}.path`);
}

/** Those of the named settings that somebody has set, for the debug information. */
export function changedSettings(names: readonly string[]): Record<string, unknown> {
  const configuration = workspace.getConfiguration();
  const changed: Record<string, unknown> = {};
  for (const name of names) {
    const it = configuration.inspect(name);
    const value: unknown = it?.workspaceFolderValue ?? it?.workspaceValue ?? it?.globalValue;
    if (value !== undefined) {
      changed[name] = value;
    }
  }
  return changed;
}

/** Whether the talk with the server is to be written down. */
export function traceWanted(): boolean {
  return workspace.getConfiguration(SECTION).get<string>("trace.server", "off") !== "off";
}

/** Whether a change can turn the trace on or off. */
export function changesTrace(event: ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${SECTION}.trace.server`);
}
