/**
 * ParamLens as a person sees it: the packaged extension in VS Code, in a real browser. With `PARAMLENS_SCREENSHOTS=1`
 * the pictures go to `docs/images`, where the README shows them; else to `test-results`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addressOf, createProfile, type Editor, quietSettings, startEditor } from "../../scripts/lib/editor.mjs";
import { at, vsixFile } from "../../scripts/lib/paths.mjs";
import { copyExamples } from "../suite/bundle.ts";
import { launchBrowser } from "./browser.ts";
import { lineWith, openFile, panelOf, runCommand, selectText, textOf, until } from "./workbench.ts";

const firstLayer = "nn.Conv2d(3, 32";
const pictures = process.env.PARAMLENS_SCREENSHOTS === "1" ? at("docs", "images") : at("test-results");
const settings = {
  ...quietSettings,
  "workbench.colorTheme": "Default Dark Modern",
  "editor.minimap.enabled": false,
  "window.commandCenter": false,
  "editor.inlayHints.maximumLength": 60,
};

const smallModel = `from torch import nn


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, x):
        return self.conv(x)
`;

const folder = mkdtempSync(path.join(tmpdir(), "paramlens-e2e-"));
const consoleErrors: string[] = [];
let editor: Editor;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const workspace = copyExamples(path.join(folder, "examples"));
  writeFileSync(path.join(workspace, "small.py"), smallModel);
  writeFileSync(path.join(workspace, "user.py"), "from small import Small\n\nmodel = Small()\n");
  const sizes = Array.from({ length: 30_000 }, (_, i) => `SIZES_${i} = [${i}, (1, 2), {"a": 3}]\n`).join("");
  writeFileSync(path.join(workspace, "long.py"), `${smallModel}\n\n${sizes}`);
  writeFileSync(
    path.join(workspace, "waits.py"),
    "from long import Small\nfrom torch import nn\n\nhead = nn.Linear(4, 4)\nmodel = Small()\n",
  );
  editor = await startEditor(createProfile(folder, [vsixFile], settings));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 860 } });
  page.on("console", (message) => {
    if (message.type() === "error") consoleErrors.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => consoleErrors.push(String(error)));
  await page.goto(addressOf(editor.port, workspace, path.join(workspace, "cifar_cnn.py")));
  await lineWith(page, firstLayer).waitFor({ timeout: 90_000 });
  await page.keyboard.press("Control+b");
});

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  await page.screenshot({ path: at("test-results", `failed-${task.name.replaceAll(/\W+/g, "-")}.png`) });
});

afterAll(async () => {
  await browser?.close();
  await editor?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("the hint stands on the layer's line", async () => {
  const hint = "# params: 896 → (N, 32, 32, 32)";
  await until(async () => (await textOf(lineWith(page, firstLayer))).includes(hint), hint);
  const linear = await textOf(lineWith(page, "nn.Linear(512, 10)"));
  expect(linear).toContain("# params: 5,130");
  await page.screenshot({ path: path.join(pictures, "editor.png") });
});

test("the status bar tells the total", async () => {
  const item = page.locator(".statusbar-item", { hasText: "5,852,234" });
  await item.waitFor();
});

test("the hover card shows the formula with the numbers put in", async () => {
  await lineWith(page, firstLayer).hover({ position: { x: 90, y: 8 } });
  const card = page.locator(".monaco-hover:not(.hidden)", { hasText: "896" }).first();
  await card.waitFor();
  expect(await textOf(card)).toContain("((3 × 3 × 3) + 1) × 32 = 896");
  // The card fades in.
  await card.evaluate((element) =>
    Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished)),
  );
  await page.screenshot({ path: path.join(pictures, "hover.png") });
  await page.mouse.move(5, 5);
});

test("the panel shows the model", async () => {
  await lineWith(page, firstLayer).click();
  await runCommand(page, "ParamLens: Show Model Summary");
  const panel = panelOf(page);
  await panel.locator(".card-value", { hasText: "5,852,234" }).waitFor();
  expect(await textOf(panel.locator(".totals"))).toMatch(/Trainable\s+5,852,234/);
  await panel.locator("[data-layer='0']", { hasText: "(N, 32, 32, 32)" }).waitFor();
  await page.screenshot({ path: path.join(pictures, "panel.png") });
});

test("the cursor's row follows the editor, and the editor a click on a row", async () => {
  const panel = panelOf(page);
  await lineWith(page, "nn.Conv2d(32, 64").click();
  await panel.locator(".row.current[data-layer='2']").waitFor();
  await panel.locator("[data-layer='23'] .name").click();
  await panel.locator(".row.current[data-layer='23']").waitFor();
  await panel.locator("[data-layer='21'] .name").dblclick();
  await page.locator(".statusbar-item", { hasText: /Ln 30,/ }).waitFor();
});

test("an edit changes the hint and the panel", async () => {
  await lineWith(page, "from torch import nn").click();
  await selectText(page, "32, kernel_size=3, padding");
  await page.keyboard.press("ArrowLeft");
  for (const key of ["Delete", "Delete", "4", "8"]) await page.keyboard.press(key);
  const hint = "# params: 1,344 → (N, 48,";
  await until(async () => (await textOf(lineWith(page, "nn.Conv2d(3, 48"))).includes(hint), hint);
  await panelOf(page).locator("[data-layer='0']", { hasText: "1,344" }).waitFor();
  await panelOf(page).locator(".change", { hasText: "+448" }).waitFor();
});

test("a row of the panel and a hint lead to the file that a layer is written in", async () => {
  await openFile(page, "user.py");
  const line = lineWith(page, "model = Small()");
  await until(async () => (await textOf(line)).includes("# params: 112"), "the hint of an imported model");
  const row = panelOf(page).locator("[data-layer='conv'] .name");
  await row.dblclick();
  await page.locator(".tab.active", { hasText: "small.py" }).waitFor();
  await page.locator(".statusbar-item", { hasText: /Ln 7,/ }).waitFor();
  await panelOf(page).locator(".row.current[data-layer='conv']").waitFor();
  await openFile(page, "user.py");
  const hint = line.locator("span", { hasText: "params" }).last();
  await hint.hover();
  await page.keyboard.down("Control");
  const opened = page.locator(".tab.active", { hasText: "small.py" });
  // The way is asked for when the pointer moves over the hint.
  await until(async () => {
    await hint.hover({ position: { x: 20, y: 6 } });
    await hint.click({ position: { x: 24, y: 6 } });
    return (await opened.count()) > 0;
  }, "the source of the layer");
  await page.keyboard.up("Control");
  await page.locator(".statusbar-item", { hasText: /Ln 4,/ }).waitFor();
});

test("reading what a file imports shows in the status bar", async () => {
  await openFile(page, "waits.py");
  const item = page.locator(".statusbar-item", { hasText: "Reading imported files: long.py" });
  await item.waitFor();
  expect(await textOf(lineWith(page, "head = nn.Linear"))).toContain("# params: 20");
  const hint = "# params: 112";
  await until(async () => (await textOf(lineWith(page, "model = Small()"))).includes(hint), hint, 60_000);
  await item.waitFor({ state: "detached" });
});

test("an input shape that is typed in becomes a comment, and the shapes follow", async () => {
  await openFile(page, "small.py");
  const layer = lineWith(page, "self.conv");
  await until(async () => (await textOf(layer)).includes("# params: 112"), "a hint without the size of the image");
  await layer.click();
  await runCommand(page, "ParamLens: Set Input Shape…");
  const input = page.locator(".quick-input-widget input");
  await input.fill("x: N, 3, 8, 8");
  await page.locator(".quick-input-widget", { hasText: "Put the sizes of x in parentheses" }).waitFor();
  await input.fill("x: (N, 3, 8, 8)");
  await page.locator(".quick-input-widget", { hasText: "→ (N, 4, 6, 6)" }).waitFor();
  await page.keyboard.press("Enter");
  await lineWith(page, "# given x: (N, 3, 8, 8)").waitFor();
  const hint = "# params: 112 → (N, 4, 6, 6)";
  await until(async () => (await textOf(layer)).includes(hint), hint);
});

test("nothing of ours complains in the console", () => {
  expect(consoleErrors.filter((text) => /paramlens/i.test(text))).toEqual([]);
});
