/**
 * What a person does with VS Code, as Playwright steps: finding a line, typing, hovering, running a command.
 */
import type { FrameLocator, Locator, Page } from "playwright-core";

/** The line of the active editor that shows a text. VS Code writes blanks as no-break spaces. */
export function lineWith(page: Page, text: string): Locator {
  const blank = "[\\s\\u00a0]";
  const pattern = text.split(" ").map(escaped).join(blank);
  return page.locator(".monaco-editor .view-line", { hasText: new RegExp(pattern) }).first();
}

/** A text as one reads it. */
export async function textOf(element: Locator): Promise<string> {
  return ((await element.textContent()) ?? "").replaceAll("\u00a0", " ").replaceAll(/[\u200b\u200c]/g, "");
}

/** Puts the cursor behind a text in the file, by the editor's own find. */
export async function selectText(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
}

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+p");
  const input = page.locator(".quick-input-widget input");
  await input.waitFor();
  await input.fill(name);
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: name }).first().click();
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input");
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: title }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** The inside of the summary panel: VS Code puts a webview into a frame in a frame. */
export function panelOf(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

/** Until a check gives something other than undefined or false. */
export async function until<T>(
  check: () => Promise<T | undefined | false>,
  what: string,
  patience = 20_000,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const result = await check();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
