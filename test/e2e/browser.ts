/**
 * A headless Chromium: the machine's own, since no other is shipped or downloaded.
 */
import { type Browser, chromium } from "playwright-core";
import { installChromium } from "../../scripts/lib/setup.mjs";

export async function launchBrowser(): Promise<Browser> {
  const browser = installChromium();
  if ("missing" in browser) throw new Error(browser.missing);
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({
    executablePath: browser.path,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet],
  });
}
