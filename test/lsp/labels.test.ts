/** What settings leave of a hint, and how settings are read. */
import { describe, expect, test } from "vitest";
import { pathOf, relativePath, uriOf } from "../../server/src/lsp/addresses.ts";
import { shownLabel } from "../../server/src/lsp/handlers/inlayHints.ts";
import { readSettings } from "../../server/src/lsp/settings.ts";
import type { Hint } from "../../server/src/report/types.ts";

const layer = hint("# params: 36,928 ×4 → (N, 64, 16, 16)", "layer", 147712);
const pool = hint("# shape: (N, 64, 8, 8)", "layer-shape", 0);
const tensor = hint("# shape: (N, 10)", "tensor", null);

describe("a label", () => {
  test.each([
    ["is whole by default", {}, layer, "# params: 36,928 ×4 → (N, 64, 16, 16)"],
    ["loses its shape", { layerShapes: false }, layer, "# params: 36,928 ×4"],
    ["loses its count", { params: false }, layer, "# shape: (N, 64, 16, 16)"],
    ["is gone with both", { params: false, layerShapes: false }, layer, null],
    ["is rounded", { format: "compact" }, layer, "# params: 36.9 k ×4 → (N, 64, 16, 16)"],
    ["loses a count that is too small", { minParams: 200_000 }, layer, "# shape: (N, 64, 16, 16)"],
    ["of a layer without parameters is a layer's shape", { layerShapes: false }, pool, null],
    ["of a layer without parameters stays without counts", { params: false }, pool, "# shape: (N, 64, 8, 8)"],
    ["of a tensor has its own setting", { layerShapes: false, params: false }, tensor, "# shape: (N, 10)"],
    ["of a tensor goes by its own setting", { tensorShapes: false }, tensor, null],
    [
      "keeps symbols when it is rounded",
      { format: "compact" },
      hint("# params: 9·c_in·c_out + 1,024", "layer", null),
      "# params: 9·c_in·c_out + 1.02 k",
    ],
  ])("%s", (_, inlayHints, hint, label) => {
    expect(shownLabel(hint, readSettings({ inlayHints }).inlayHints)).toBe(label);
  });
});

test("settings that are missing or of another type keep their defaults", () => {
  const defaults = readSettings(null);
  expect(defaults).toMatchObject({ enable: true, batchSymbol: "N", exclude: [], diagnostics: { severity: {} } });
  const nonsense = {
    batchSymbol: "2N",
    exclude: "all",
    inlayHints: 7,
    inputShapes: { Net: 3 },
    diagnostics: { severity: { "bad-argument": "loud" } },
  };
  expect(readSettings(nonsense)).toEqual(defaults);
});

test("addresses of files and paths are each other's inverse", () => {
  for (const path of ["/home/me/net.py", "/home/me/a b/ü#?.py"]) expect(pathOf(uriOf(path))).toBe(path);
  expect(pathOf("untitled:Untitled-1")).toBe("untitled:Untitled-1");
  expect(uriOf("untitled:Untitled-1")).toBe("untitled:Untitled-1");
  expect(relativePath("/home/me", "/home/me/net.py")).toBe("net.py");
  expect(relativePath("/home/me", "/home/metoo/net.py")).toBeNull();
});

function hint(label: string, about: Hint["about"], params: number | null): Hint {
  return {
    offset: 0,
    kind: label.startsWith("# shape") ? "shape" : "params",
    label,
    params,
    range: { start: 0, end: 0 },
    about,
  };
}
