/** Source that is not UTF-8. The encoded bytes are Python's: `"é".encode("shift_jis")` and so on. */
import { describe, expect, test } from "vitest";
import { decodeSource } from "../../server/src/base/sourceText.ts";

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return new Uint8Array(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "utf8")] : [...part])),
  );
}

describe("a declared encoding", () => {
  test.each([
    ["latin-1", [0xe9], "é"],
    ["iso-8859-15", [0xa4], "€"],
    ["cp1252", [0x80], "€"],
    ["koi8-r", [0xc4], "д"],
    ["shift_jis", [0x93, 0xfa], "日"],
    ["cp932", [0x93, 0xfa], "日"],
    ["euc_jp", [0xc6, 0xfc], "日"],
    ["gbk", [0xc8, 0xd5], "日"],
    ["utf-8", [0xc3, 0xa9], "é"],
    ["UTF_8", [0xc3, 0xa9], "é"],
  ])("%s", (name, encoded, text) => {
    expect(decodeSource(bytes(`# -*- coding: ${name} -*-\nx = "`, encoded, '"\n'))).toContain(`x = "${text}"`);
    expect(
      decodeSource(bytes(`#!/usr/bin/python\n# vim: set fileencoding=${name} :\nx = "`, encoded, '"\n')),
    ).toContain(`x = "${text}"`);
  });

  test("counts on the first two lines only, and on the second only below a comment", () => {
    expect(decodeSource(bytes("\n\n# coding: latin-1\nx = '", [0xc3, 0xa9], "'"))).toContain("é");
    expect(decodeSource(bytes("x = 1\n# coding: latin-1\ny = '", [0xc3, 0xa9], "'"))).toContain("é");
  });

  test("that nobody knows is a file that cannot be read", () => {
    expect(decodeSource(bytes("# coding: klingon\nx = 1\n"))).toBeNull();
  });
});

test("a byte order mark is no part of the text", () => {
  expect(decodeSource(bytes([0xef, 0xbb, 0xbf], "x = 1\n"))).toBe("x = 1\n");
});

test("old source without a declaration is read as Latin-1", () => {
  expect(decodeSource(bytes("x = '", [0xe9], "'"))).toBe("x = 'é'");
});

test("what is no text is none", () => {
  expect(decodeSource(bytes([0xff, 0xfe, 0x78, 0x00]))).toBeNull();
  expect(decodeSource(bytes("x\0"))).toBeNull();
});
