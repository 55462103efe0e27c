// Owns what is checked through the window of what a user writes with the extension's help.
import { waitFor } from "./report.mjs";

/** The typed fix takes the squiggle away. `mistake` is where it stands, counted from 1. */
export async function checkFix(window, mistake) {
  await window.goTo(mistake.line, mistake.column + "childr".length);
  await window.type("e");
  const started = Date.now();
  await window.press("Escape");
  await waitFor("the squiggle to go", async () => (await window.squiggles()) === 0);
  const took = Date.now() - started;
  await window.picture("vscode-fixed");
  return `gone after ${took} ms`;
}

/** The hint behind a relationship tells direction, join and other side. */
export async function checkInlayHint(window, target) {
  const text = () => window.lineText(target.line);
  await waitFor("the hint", async () => (await text())?.includes("M:1 by child.parent_id"));
  return (await text()).trim();
}

/** The attribute under the cursor is renamed in the string and where the other file declares it. */
export async function checkRename(window, mistake) {
  await window.goTo(mistake.line, mistake.column + 1);
  await window.press("F2");
  await window.rename("kids");
  const here = "    parent = relationship(\"Parent\", back_populates=\"kids\")";
  await waitFor("the name in this file", async () => (await window.lineText(mistake.line))?.startsWith(here));
  await window.picture("vscode-rename");
  await window.open("parent.py");
  const there = "    kids = relationship(\"Child\", back_populates=\"parent\")";
  await waitFor("the name in the other file", async () => (await window.lines()).some((it) => it.startsWith(there)));
  await window.picture("vscode-renamed");
  await window.open("child.py");
  await waitFor("no squiggle", async () => (await window.squiggles()) === 0);
  await waitFor("the lens with the new name", async () => (await window.lenses()).includes("other side: Parent.kids"));
}

/** What is chosen in the list stands in the quotes that the editor has closed, once. */
export async function checkCompletion(window, target) {
  const line = target.line + 1;
  await window.goTo(line, 1);
  await window.type('    other = relationship("');
  let labels = [];
  await waitFor("suggestions with Parent", async () => (labels = await window.suggestions()).includes("Parent"));
  await window.picture("vscode-completion");
  await window.type("Pare");
  await waitFor("Parent to be the first suggestion", async () => (await window.suggestions())[0] === "Parent");
  await window.press("Enter");
  // An inlay hint may follow.
  const written = /^    other = relationship\("Parent"\)(?!["')])/;
  await waitFor("the line", async () => written.test(await window.lineText(line)));
  return labels.slice(0, 8).join(" ");
}

/** The menu of the relationship just written offers its other side, and writes it into the file of its target. */
export async function checkOtherSide(window, target) {
  await window.press("Escape");
  await window.goTo(target.line + 1, "    other = relationship(".length + 3);
  const title = await window.choose("Create the other side");
  await waitFor("back_populates here", async () => /back_populates="\w+"/.test(await window.lineText(target.line + 1)));
  await window.open("parent.py");
  const written = / = relationship\("Child", .*back_populates="other"/;
  const found = await waitFor("the other side", async () => (await window.lines()).find((it) => written.test(it)));
  await window.picture("vscode-other-side");
  await window.open("child.py");
  return `${title}: ${found.trim()}`;
}
