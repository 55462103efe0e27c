// Owns what the language status of Python files says: whether the server runs, which one, and how much it knows.
import { languages, LanguageStatusSeverity, type Disposable, type LanguageStatusItem } from "vscode";

/** What the server is doing. */
export type State =
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly version: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly reason: string };

/** What the server tells of the models: the answer to `relmodel/status`, as far as it is shown. */
export interface Counts {
  readonly classes: number;
  readonly relationships: number;
}

/** The item in the status of the language, which leads to the log. */
export class Status implements Disposable {
  private readonly item: LanguageStatusItem;

  constructor() {
    this.item = languages.createLanguageStatusItem("relmodel.status", { language: "python" });
    this.item.name = "relmodel";
    this.item.command = { command: "relmodel.showLog", title: "Show Log" };
    this.show({ kind: "stopped" });
  }

  /** Shows a state. What was known of the models belongs to the state before and is forgotten. */
  show(state: State): void {
    this.item.busy = state.kind === "starting";
    this.item.severity = state.kind === "failed" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.item.text = label(state);
    this.item.detail = state.kind === "failed" ? state.reason : "";
  }

  /** Tells how much the server knows. */
  count({ classes, relationships }: Counts): void {
    const models = classes === 1 ? "1 mapped class" : `${String(classes)} mapped classes`;
    this.item.detail = `${models}, ${relationships === 1 ? "1 relationship" : `${String(relationships)} relationships`}`;
  }

  /** What is shown, for the debug information. */
  get text(): string {
    return [this.item.text, this.item.detail].filter(Boolean).join(", ");
  }

  /** Takes the item away. */
  dispose(): void {
    this.item.dispose();
  }
}

function label(state: State): string {
  switch (state.kind) {
    case "starting":
      return "relmodel starts";
    case "running":
      return `relmodel ${state.version}`;
    case "stopped":
      return "relmodel does not run";
    case "failed":
      return "relmodel cannot start";
  }
}
