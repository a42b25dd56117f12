/**
 * *Set Input Shape…*: which texts are accepted, and where the comment goes.
 */
import { describe, expect, test } from "vitest";
import { givenEdit, problemOf } from "../../../client/src/input/given.ts";

test.each([
  "x: (N, 3, 224, 224)",
  "x:(3,32,32)",
  "x: (N, T) int64, mask: (N, T) bool",
  "x: (10,)",
  "x: ()",
  "x: (N, 2*T, H//2, cfg.dim)",
])("%s can be written", (text) => {
  expect(problemOf(text)).toBeNull();
});

test.each([
  ["", "Name the inputs, such as x: (N, 3, 224, 224)"],
  ["(N, 3)", "Name each input: x: (N, 3)"],
  ["x: N, 3", "Put the sizes of x in parentheses: x: (N, 3, 224, 224)"],
  ["x: (N, 3", "Put the sizes of x in parentheses: x: (N, 3, 224, 224)"],
  ["x: (N,, 3)", "A size of x is missing between two commas"],
  ["x: (N, -3)", "-3 is neither a number nor a name"],
  ["x: (N, 0)", "A size of x is 0; sizes are at least 1"],
  ["x: (N, 3) flaot32", "flaot32 is not a type of tensors; use float32, int64, bool, …"],
])("%s cannot", (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

describe("where the comment goes", () => {
  const lines = (text: string) => text.split("\n");
  const source = ["import torch", "class Net(nn.Module):", "    def __init__(self):", "        self.a = 1", ""].join(
    "\n",
  );

  test("on a line of its own above forward", () => {
    const text = lines(`${source}\n    def forward(self, x):\n        return x`);
    expect(givenEdit(text, "Net", " x: (N, 3) ")).toEqual({ line: 5, remove: 0, text: "    # given x: (N, 3)" });
  });

  test("over one that is there", () => {
    const text = lines(`${source}\n    # given x: (1, 2)\n    def forward(self, x):\n        return x`);
    expect(givenEdit(text, "Net", "x: (N, 3)")).toEqual({ line: 5, remove: 1, text: "    # given x: (N, 3)" });
  });

  test("over one at the end of the line", () => {
    const text = lines(`${source}\n    def forward(self, x):  # given x: (1, 2)\n        return x`);
    expect(givenEdit(text, "Net", "x: (N, 3)")).toEqual({
      line: 5,
      remove: 1,
      text: "    def forward(self, x):  # given x: (N, 3)",
    });
  });

  test("between a decorator and its function", () => {
    const text = lines(`${source}\n    @torch.no_grad()\n    def forward(self, x):\n        return x`);
    expect(givenEdit(text, "Net", "x: (N, 3)")).toMatchObject({ line: 6, remove: 0 });
  });

  test("never into another class", () => {
    const text = lines(`${source}\nclass Other(nn.Module):\n    def forward(self, x):\n        return x`);
    expect(givenEdit(text, "Net", "x: (N, 3)")).toBeNull();
    expect(givenEdit(text, "Other", "x: (N, 3)")).toMatchObject({ line: 6 });
    expect(givenEdit(text, "Oth", "x: (N, 3)")).toBeNull();
  });

  test("a class whose bases take several lines", () => {
    const text = lines("class Net(\n    nn.Module,\n):\n    def forward(self, x):\n        return x");
    expect(givenEdit(text, "Net", "x: (N, 3)")).toMatchObject({ line: 3, remove: 0 });
  });
});
