/**
 * The summary panel's page alone in a browser, under its real content security policy: what needs a layout and a keyboard.
 * The model is torchvision's resnet18 in outline, and one of five thousand layers.
 */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FromPanel, ToPanel } from "../../client/src/panel/messages.ts";
import { page as pageHtml } from "../../client/src/panel/page.ts";
import { at } from "../../scripts/lib/paths.mjs";
import type { ModelSummary } from "../../server/src/report/types.ts";
import { layer, model } from "../unit/panel/layers.ts";
import { launchBrowser } from "./browser.ts";

const origin = "http://panel.test";
const box = { hasChildren: true, type: "torch.nn.Sequential" };
const resnet = model({
  id: "resnet",
  name: "resnet",
  params: 11_689_512,
  layers: [
    layer("conv1", { params: 9_408, line: 10 }),
    layer("layer1", { ...box, params: 147_968, line: 11 }),
    layer("layer1.0", { ...box, params: 73_984, type: "net.BasicBlock", line: 12 }),
    layer("layer1.0.conv1", { params: 36_864, line: 3 }),
    layer("layer1.1", { ...box, params: 73_984, type: "net.BasicBlock", line: 12 }),
    layer("layer1.1.conv1", { params: 36_864, line: 3 }),
    layer("fc", { type: "torch.nn.Linear", params: 513_000, line: 14 }),
  ],
});
const deep = model({
  id: "deep",
  name: "deep",
  params: 5_000,
  layers: Array.from({ length: 5_000 }, (_, at) => layer(`block${at}`, { params: 1, line: 100 + at })),
});

let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  await page?.close();
  complaints = [];
  page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const html = pageHtml({ script: `${origin}/panel.js`, style: `${origin}/panel.css`, origin, nonce: "n0nce" });
  const files: Record<string, [string, string]> = {
    "/": ["text/html", html],
    "/panel.js": ["text/javascript", readFileSync(at("dist", "panel", "panel.js"), "utf8")],
    "/panel.css": ["text/css", readFileSync(at("dist", "panel", "panel.css"), "utf8")],
  };
  await page.route(`${origin}/**`, (route) => {
    const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ["text/plain", ""];
    return route.fulfill({ contentType, body });
  });
  await page.addInitScript(() => {
    const sent: unknown[] = [];
    const api = { postMessage: (message: unknown) => sent.push(message), getState() {}, setState() {} };
    Object.assign(globalThis, { sent, acquireVsCodeApi: () => api });
  });
  await page.goto(`${origin}/`);
});

test("lets in nothing but its own files, and nothing of its own is refused", async () => {
  await show(resnet);
  await page.locator(".share-track span").first().waitFor();
  expect(complaints).toEqual([]);
});

test("renders the rows in view alone, and any of them after scrolling", async () => {
  await show(deep);
  await rowOf("block0").waitFor();
  expect(await page.locator("[data-layer]").count()).toBeLessThan(80);
  await page.locator(".tree").focus();
  await page.keyboard.press("End");
  await rowOf("block4999").waitFor();
  expect(await page.locator("[data-layer]").count()).toBeLessThan(80);
  expect(await page.locator(".tree").getAttribute("aria-rowcount")).toBe("5001");
});

test("is worked with the keyboard as a treegrid", async () => {
  await show(resnet);
  await page.locator(".tree").focus();
  for (const key of ["Home", "ArrowDown", "ArrowLeft"]) await page.keyboard.press(key);
  expect(await rowOf("layer1").getAttribute("aria-expanded")).toBe("false");
  expect(await rowOf("layer1.0").count()).toBe(0);
  for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  expect(await page.locator(".tree").getAttribute("aria-activedescendant")).toBe("layer-layer1.0");
  expect(await rowOf("layer1.0").getAttribute("aria-level")).toBe("2");
  expect(await sent()).toContainEqual({ type: "reveal", path: "/project/net.py", line: 12, focus: true });
});

test("a click on a row goes to its line, one on a twisty opens and closes", async () => {
  await show(resnet);
  await rowOf("fc").locator(".name").click();
  expect(await sent()).toContainEqual({ type: "reveal", path: "/project/net.py", line: 14, focus: false });
  await rowOf("layer1").locator(".twisty").click();
  expect(await rowOf("layer1.0").count()).toBe(0);
  expect(await sent()).toHaveLength(2);
});

test("the cursor's row is opened, scrolled to and marked; a line that builds several marks them all", async () => {
  await show(deep);
  await post({ type: "cursor", path: "/project/net.py", line: 3_100 });
  await page.locator(".row.current[data-layer='block3000']").waitFor();
  await show(resnet);
  await rowOf("layer1").locator(".twisty").click();
  await post({ type: "cursor", path: "/project/net.py", line: 3 });
  await page.locator(".row.current[data-layer='layer1.0.conv1']").waitFor();
  await page.locator(".row.current[data-layer='layer1.1.conv1']").waitFor();
});

test("finds layers by name and type, and marks what was sought", async () => {
  await show(resnet);
  await rowOf("fc").waitFor();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("conv1");
  await expect.poll(() => page.locator("[data-layer]").count()).toBe(6);
  expect(await page.locator(".matches").textContent()).toBe("3");
  expect(await page.locator("mark").first().textContent()).toBe("conv1");
  await page.keyboard.press("Escape");
  await rowOf("fc").waitFor();
});

test("another model of the file can be chosen", async () => {
  await show(resnet, deep);
  await page.locator("select[aria-label=Model]").selectOption("deep");
  await rowOf("block0").waitFor();
});

test("what it shows stays as it is while the model changes under it", async () => {
  await show(resnet);
  await rowOf("layer1.0").locator(".twisty").click();
  await show({ ...resnet, params: 12 });
  await page.locator(".card-value", { hasText: "12" }).first().waitFor();
  expect(await rowOf("layer1.0.conv1").count()).toBe(0);
  await rowOf("layer1.1.conv1").waitFor();
});

test("a file without a model says so", async () => {
  await show();
  await page.getByText("No model in net.py").waitFor();
});

function rowOf(name: string) {
  return page.locator(`[data-layer='${name}']`);
}

async function show(...models: ModelSummary[]): Promise<void> {
  await post({ type: "summary", file: "net.py", models, select: models[0]?.id ?? null, baselines: {} });
}

async function post(message: ToPanel): Promise<void> {
  await page.evaluate((data) => window.postMessage(data, "*"), message);
}

async function sent(): Promise<FromPanel[]> {
  return page.evaluate(() => (globalThis as unknown as { sent: FromPanel[] }).sent);
}
