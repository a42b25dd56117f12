/** The waiting times of `npm run bench`, with room for a machine that does much else: what is far off is seen. */
import { expect, test } from "vitest";
import { measureAll } from "./measure.ts";

const patience = 10;

test("nothing takes ten times as long as promised", { timeout: 120_000 }, async () => {
  const slow = (await measureAll(40)).filter(({ value, target }) => value > patience * target);
  expect(slow).toEqual([]);
});
