/** Practice for the engine must never be in anybody's way. */
import { expect, test } from "vitest";
import { type Clock, WarmUp } from "../../../server/src/lsp/warmUp.ts";

/** A clock that a test moves; a breath lasts until the test lets it end. */
function handClock() {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  let breaths: (() => void)[] = [];
  const clock: Clock = {
    now: () => now,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    breath: () => new Promise((resolve) => breaths.push(resolve)),
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    clock,
    work: (milliseconds: number) => {
      now += milliseconds;
    },
    async pass(milliseconds: number): Promise<void> {
      now += milliseconds;
      for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.run();
      await settle();
    },
    async breathe(): Promise<boolean> {
      const waiting = breaths;
      breaths = [];
      for (const end of waiting) end();
      await settle();
      return waiting.length > 0;
    },
  };
}

/** Runs of three steps, each of which takes some milliseconds; counts the steps begun. */
function practice(time: ReturnType<typeof handClock>, step: number) {
  const seen = { steps: 0, runs: 0 };
  const rehearse = function* () {
    seen.runs += 1;
    for (let i = 0; i < 3; i++) {
      seen.steps += 1;
      time.work(step);
      yield;
    }
  };
  return { seen, rehearse };
}

test("It begins after a rest, lets others in between steps, and ends", async () => {
  const time = handClock();
  const { seen, rehearse } = practice(time, 10);
  const warmUp = new WarmUp(time.clock);
  warmUp.idle(rehearse);
  await time.pass(100);
  expect(seen.steps).toBe(0);
  await time.pass(200);
  expect(seen.steps).toBe(1);
  let breaths = 0;
  while (await time.breathe()) breaths += 1;
  // 1.5 seconds in steps of 10 milliseconds, with a breath after each.
  expect(seen.steps).toBeGreaterThanOrEqual(140);
  expect(seen.steps).toBeLessThanOrEqual(150);
  expect(breaths).toBeGreaterThanOrEqual(seen.steps);
  warmUp.idle(rehearse);
  const { runs } = seen;
  await time.pass(1000);
  expect(seen.runs).toBe(runs);
});

test("A change stops it within a step, and it goes on after the next rest", async () => {
  const time = handClock();
  const { seen, rehearse } = practice(time, 10);
  const warmUp = new WarmUp(time.clock);
  warmUp.idle(rehearse);
  await time.pass(250);
  expect(seen.steps).toBe(1);
  warmUp.stop();
  while (await time.breathe());
  await time.pass(5000);
  expect(seen.steps).toBe(1);
  warmUp.idle(rehearse);
  await time.pass(250);
  expect(seen.steps).toBe(2);
});

test("Typing again before the rest is over puts it off", async () => {
  const time = handClock();
  const { seen, rehearse } = practice(time, 10);
  const warmUp = new WarmUp(time.clock);
  for (let i = 0; i < 5; i++) {
    warmUp.idle(rehearse);
    await time.pass(150);
  }
  expect(seen.steps).toBe(0);
});

test("A failing run ends it for good", async () => {
  const time = handClock();
  let runs = 0;
  const failing = () => {
    runs += 1;
    throw new Error("no");
  };
  const warmUp = new WarmUp(time.clock);
  warmUp.idle(failing);
  await time.pass(250);
  warmUp.idle(failing);
  await time.pass(250);
  expect(runs).toBe(1);
});
