// Owns what the diagram's panel and the extension say to each other. It is shared with the page inside the panel.

/** From the extension to the page. */
export type ToPage =
  | { readonly type: "show"; readonly svg: string; readonly names: readonly string[] }
  | { readonly type: "nothing"; readonly text: string }
  | { readonly type: "select"; readonly index: number };

/** From the page to the extension. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "open"; readonly index: number }
  | { readonly type: "depth"; readonly depth: number | null }
  | { readonly type: "save"; readonly kind: "svg" | "png"; readonly content: string };
