// Owns the HTML of the diagram's panel. It must not know the editor, so that it is tested without one.

const STYLE = `
html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; }
body { display: flex; flex-direction: column; color: var(--vscode-foreground); font: var(--vscode-font-size) var(--vscode-font-family); }
#bar { display: flex; gap: 4px; padding: 4px 8px; border-bottom: 1px solid var(--vscode-panel-border); align-items: center; }
#bar input, #bar select { color: var(--vscode-input-foreground); background: var(--vscode-input-background);
  border: 1px solid var(--vscode-input-border, transparent); padding: 2px 4px; }
#bar input { flex: 1; min-width: 4em; }
#bar input.none { color: var(--vscode-errorForeground); }
#bar button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
  border: none; padding: 3px 8px; cursor: pointer; }
#stage { flex: 1; overflow: hidden; cursor: grab; touch-action: none; }
#stage svg { transform-origin: 0 0; display: block;
  --back: var(--vscode-editor-background); --box: var(--vscode-editorWidget-background);
  --head: var(--vscode-list-hoverBackground); --line: var(--vscode-descriptionForeground);
  --text: var(--vscode-editor-foreground); --faint: var(--vscode-descriptionForeground);
  --key: var(--vscode-textLink-foreground); }
#stage .entity, #stage a { cursor: pointer; }
#stage .selected .box { stroke: var(--vscode-focusBorder); stroke-width: 3; }
`;

/**
 * The page, in which nothing runs but the script at `script`.
 *
 * Styles are allowed inline because the drawing brings its own; it cannot load anything.
 */
export function diagramPage(script: string, nonce: string): string {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Diagram of the models</title>
<style>${STYLE}</style>
</head>
<body>
<div id="bar">
<input id="search" type="search" placeholder="Find a class or table" aria-label="Find a class or table">
<select id="depth" title="All, or only what is near the class of the cursor" aria-label="How much is drawn">
<option value="">All</option>
<option value="1">1 link</option>
<option value="2">2 links</option>
<option value="3">3 links</option>
</select>
<button id="out" title="Zoom out" aria-label="Zoom out">−</button>
<button id="in" title="Zoom in" aria-label="Zoom in">+</button>
<button id="fit" title="Show all of it">Fit</button>
<button id="svg" title="Save as SVG">SVG</button>
<button id="png" title="Save as PNG">PNG</button>
</div>
<div id="stage"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** What is drawn, and where it stands: a line of a file, counted from 0. */
export interface Placed {
  readonly name: string;
  readonly uri: string | undefined;
  readonly line: number;
}

/** The index of the class or table that a line of a file belongs to: the last one that begins at or above it. */
export function entityAt(entities: readonly Placed[], uri: string, line: number): number | undefined {
  let best: number | undefined;
  entities.forEach((it, index) => {
    const begins = it.uri === uri && it.line <= line;
    if (begins && (best === undefined || it.line > (entities[best]?.line ?? -1))) {
      best = index;
    }
  });
  return best;
}
