// Owns the window of VS Code as a user sees it: what can be pressed and what can be read. It knows nothing of relmodel.
import { join } from "node:path";

import { LIMIT_MS, waitFor } from "./report.mjs";

// How long a window may take until it shows its folders; after that it is loaded once more.
const FOLDERS_MS = 20_000;
// How long what a key opens may take before the key is pressed again.
const OPENED_MS = 10_000;
const QUICK_INPUT = ".quick-input-widget:not([style*='display: none'])";

/** One window in the browser. */
export class Window {
  constructor(page, artifacts) {
    this.page = page;
    this.artifacts = artifacts;
    page.setDefaultTimeout(LIMIT_MS);
  }

  /** Shows an address and waits for the workbench. */
  async show(address) {
    await this.page.goto(address);
    await this.page.waitForSelector(".monaco-workbench");
  }

  /**
   * Shows the workspace of several folders. code-server may read the file of a workspace before it can read files; the
   * window then shows no folder and would learn of them from a watcher, which it does not have here.
   */
  async showFolders(address, names) {
    const row = (name) => this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label="${name}"]`);
    await waitFor(`the folders ${names.join(", ")}`, async () => {
      await this.show(address);
      const shown = names.map((name) => row(name).waitFor({ timeout: FOLDERS_MS }));
      return Promise.all(shown).then(() => true, () => false);
    });
  }

  /** Keeps a picture of the window. */
  async picture(name) {
    await this.page.screenshot({ path: join(this.artifacts, `${name}.png`), animations: "disabled" });
  }

  /** Waits until the file of this name is the one in front. */
  async inFront(name) {
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
  }

  /** Puts the cursor to a place, counted from 1, as Ctrl+G does. */
  async goTo(line, column) {
    await this.opened("Control+g", this.page.locator(`${QUICK_INPUT} input`));
    await this.page.keyboard.type(`${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.waitForSelector(QUICK_INPUT, { state: "hidden" });
    await this.cursorAt(line, column);
  }

  /** Waits until the status bar shows this place. */
  async cursorAt(line, column) {
    const text = `Ln ${line}, Col ${column}`;
    await this.page.waitForFunction((it) => document.querySelector(".statusbar")?.textContent.includes(it), text);
  }

  /** Presses keys one after the other. */
  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /**
   * Presses a key until what it opens is there. A press may find the window without a focus, as just after a webview was closed, or
   * busy with what was asked before; a person presses again.
   */
  async opened(key, element) {
    let pressed = 0;
    await waitFor(`what ${key} opens`, async () => {
      if (pressed++ > 0) {
        await this.page.bringToFront();
        await this.page.keyboard.press("Escape");
      }
      await this.page.keyboard.press(key);
      return element.first().waitFor({ timeout: OPENED_MS }).then(() => true, () => false);
    });
  }

  /** Puts text in at the cursor, at once. */
  async paste(text) {
    await this.page.keyboard.insertText(text);
  }

  /** Presses the button of this name. */
  async button(name) {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Opens the page about trust by the status bar; the command palette knows its command only some time after the start. */
  async openTrust() {
    await this.page.locator('[id="status.workspaceTrust"]').click();
    await this.page.getByRole("button", { name: "Trust", exact: true }).waitFor();
  }

  /** Closes the editor that lies over the others. */
  async closeModal() {
    const modal = this.page.locator(".monaco-modal-editor-block");
    await modal.locator(".codicon-close").last().click();
    await modal.waitFor({ state: "hidden" });
  }

  /** Where the file in front lies: its path in the workspace, or its whole path if it is in none. */
  async path() {
    const parts = this.page.locator(".breadcrumbs-control .monaco-breadcrumb-item");
    return (await parts.allInnerTexts()).join("/");
  }

  /** Types text as a person does. */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  /** The text of a line of the editor in front, counted from 1, as far as it is on the screen. */
  async lineText(line) {
    return this.page.evaluate((number) => {
      const editor = document.querySelector(".editor-instance");
      const top = (element) => Math.round(element.getBoundingClientRect().top);
      const numbers = [...editor.querySelectorAll(".margin-view-overlays .line-numbers")];
      const margin = numbers.find((element) => element.textContent.trim() === String(number));
      const lines = [...editor.querySelectorAll(".view-line")];
      const found = margin && lines.find((element) => top(element) === top(margin.parentElement));
      // The editor draws spaces as no-break spaces.
      return found?.textContent.replaceAll("\u00a0", " ");
    }, line);
  }

  /** The words above the lines of the editor in front. */
  lenses() {
    return this.page.locator(".editor-instance .codelens-decoration").allInnerTexts();
  }

  /** The lines of the editor in front that are on the screen. */
  lines() {
    const rows = this.page.locator(".editor-instance .view-line");
    return rows.evaluateAll((all) => all.map((row) => row.textContent.replaceAll("\u00a0", " ")));
  }

  /** Opens a file by its name, as Ctrl+P does. */
  async open(name) {
    await this.pick("Control+p", name);
    await this.inFront(name);
  }

  /** Takes the entry of this name from the list that a key opens. */
  async pick(key, name) {
    await this.opened(key, this.page.locator(`${QUICK_INPUT} input`));
    await this.page.keyboard.type(name);
    await this.page.waitForSelector(`.quick-input-list .monaco-list-row.focused >> text=${name}`);
    await this.page.keyboard.press("Enter");
    await this.page.waitForSelector(QUICK_INPUT, { state: "hidden" });
  }

  /** Writes the new name into the box that F2 opens. */
  async rename(name) {
    await this.page.locator(".rename-box .rename-input:focus").waitFor();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.type(name);
    await this.page.keyboard.press("Enter");
  }

  /** Chooses an entry of the menu of code actions at the cursor by the beginning of its title, and gives the title. */
  async choose(title) {
    const row = this.page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
    await this.opened("Control+.", row);
    await this.picture("vscode-actions");
    const text = await row.innerText();
    await row.click();
    return text.trim();
  }

  /** Runs a command by its name in the command palette. */
  async command(name) {
    await this.pick("F1", name);
  }

  /** The texts of the notifications that are shown. */
  messages() {
    return this.page.locator(".notification-toast").allInnerTexts();
  }

  /** What the braces in the status bar tell, as they show it to a pointer. */
  async languageStatus() {
    await this.page.mouse.move(0, 0);
    await this.page.locator('[id="status.languageStatus"]').hover();
    const shown = this.page.locator(".hover-language-status");
    await shown.first().waitFor();
    return (await shown.allInnerTexts()).join(" ");
  }

  /** The page inside the webview that has an element. */
  async webview(selector) {
    return waitFor(`a webview with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        if ((await frame.locator(selector).count().catch(() => 0)) > 0) {
          return frame;
        }
      }
      return undefined;
    });
  }

  /** How many errors are underlined in the editor in front. */
  squiggles() {
    return this.page.locator(".editor-instance .squiggly-error").count();
  }

  /** The rows of the Problems panel that hold an error's text. */
  async problems() {
    const rows = this.page.locator(".markers-panel .monaco-list-row:has(.codicon-error)");
    return rows.allInnerTexts();
  }

  /** The text of the hover that is shown. */
  async hover() {
    const shown = this.page.locator(".monaco-hover:visible").first();
    await shown.waitFor();
    return shown.innerText();
  }

  /** The labels of the suggestions that are shown, or an empty list. */
  suggestions() {
    const rows = this.page.locator(".suggest-widget.visible .monaco-list-row");
    return rows.evaluateAll((all) => all.map((row) => row.querySelector(".label-name")?.textContent));
  }
}
