/** Hints written as comments: where they may stand, what gives way, what stays. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineIndex } from "../../server/src/base/lines.ts";
import { annotations, annotator, applied } from "../../server/src/report/annotate.ts";
import { lineEnds } from "../../server/src/report/lineEnds.ts";
import type { Diagnostic, Hint } from "../../server/src/report/types.ts";

describe("a hint becomes a comment", () => {
  test.each([
    ["behind code", "x = f()\n", "x = f()  # params: 8\n"],
    ["behind blanks at the end of the line", "x = f()   \n", "x = f()  # params: 8\n"],
    ["on the last line without a break", "x = f()", "x = f()  # params: 8"],
    ["before a Windows line break", "x = f()\r\ny = 1\r\n", "x = f()  # params: 8\r\ny = 1\r\n"],
    ["in front of another comment", "x = f()  # head\n", "x = f()  # params: 8  # head\n"],
    ["in place of its like", "x = f()  # params: 7\n", "x = f()  # params: 8\n"],
    [
      "in place of its like beside another",
      "x = f()  # params: 7 → (N, 2)  # head\n",
      "x = f()  # params: 8  # head\n",
    ],
    ["behind a string with a hash", 'x = f("# no comment")\n', 'x = f("# no comment")  # params: 8\n'],
    ["not behind a backslash", "x = f() \\\n + 1\n", "x = f() \\\n + 1\n"],
    ["not within a long string", 'x = f("""\n""")\n', 'x = f("""\n""")\n'],
  ])("%s", (_, text, expected) => {
    const report = { hints: [hintOnFirstLine(text, "# params: 8")], diagnostics: [] };
    const once = applied(text, annotations(text, report));
    expect(once).toBe(expected);
    const again = { hints: [hintOnFirstLine(once, "# params: 8")], diagnostics: [] };
    expect(annotations(once, again)).toEqual([]);
  });

  test("where its line says something stale, by the fix of the finding", () => {
    const text = "x = f()  # params: 7  # head\n";
    const range = { start: 9, end: 28 };
    const fixes = [{ title: "", edits: [{ range, newText: "# params: 8" }] }];
    const stale: Diagnostic = { range, severity: "warning", code: "stale-params", message: "", related: [], fixes };
    const changes = annotations(text, { hints: [], diagnostics: [stale] });
    expect(applied(text, changes)).toBe("x = f()  # params: 8  # head\n");
  });

  test("alone, when one hint is asked for", () => {
    const text = "x = f()\n";
    const change = annotator(text)(hintOnFirstLine(text, "# shape: (2,)"));
    expect(change).toEqual({ range: { start: 7, end: 7 }, newText: "  # shape: (2,)" });
  });
});

test("the ends of lines are as many as the lines, and lie on them", () => {
  const pieces = fc.constantFrom("x", " ", "#", "'", '"', '"""', "'''", "\\", "\n", "\r\n", "(", "params: 3");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join("");
      const index = new LineIndex(text);
      const ends = lineEnds(text);
      expect(ends).toHaveLength(index.lineCount);
      for (const [line, { code, comment, end }] of ends.entries()) {
        expect(end).toBe(index.endOfLine(line));
        expect(index.positionAt(code).line).toBe(line);
        expect(code).toBeLessThanOrEqual(comment ?? end);
        if (comment !== null) expect(text[comment]).toBe("#");
      }
    }),
  );
});

function hintOnFirstLine(text: string, label: string): Hint {
  const offset = new LineIndex(text).endOfLine(0);
  return { offset, kind: "params", label, params: 8, range: { start: 4, end: 7 }, about: "layer" };
}
