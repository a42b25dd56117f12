/**
 * The webview's page lets nothing in but this extension's own two files.
 */
import { expect, test } from "vitest";
import { page } from "../../../client/src/panel/page.ts";

const html = page({
  script: "vscode-resource:panel.js",
  style: "vscode-resource:panel.css",
  origin: "vscode-resource:",
  nonce: "abc",
});

test("the policy is closed but for one script and the extension's styles", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy).toBe("default-src 'none'; style-src vscode-resource:; script-src 'nonce-abc'");
});

test("no inline script, style or handler", () => {
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script nonce="abc" src="vscode-resource:panel.js">']);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
});
