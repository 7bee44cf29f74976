// Batches of requests, with a clock that the test turns and work that it ends.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Batcher } from "./batcher.ts";
import { Refusal } from "./refusal.ts";

interface Item {
  readonly count: number;
  readonly name: string;
}

const item = (name: string, count = 1): Item => ({ name, count });
const LIMITS = { maxBatch: 4, maxWait: 10, maxQueue: 8, timeout: 1000 };

/** What computes notes its batches, and ends when it is told to. */
function makeWork() {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const run = (items: readonly Item[]): Promise<string[]> => {
    batches.push(items.map(({ name }) => name));
    return new Promise((resolve) => {
      ends.push(() => resolve(items.map(({ name }) => name.toUpperCase())));
    });
  };
  return { batches, ends, run };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a batcher", () => {
  it("joins what comes while the first waits, and gives each its own", async () => {
    const { batches, ends, run } = makeWork();
    const batcher = new Batcher(run, LIMITS);
    const answers = ["a", "b"].map((name) => batcher.submit(item(name)));
    await vi.advanceTimersByTimeAsync(9);
    expect([batches, batcher.queued]).toEqual([[], 2]);
    await vi.advanceTimersByTimeAsync(1);
    expect([batches, batcher.queued]).toEqual([[["a", "b"]], 0]);
    ends[0]!();
    expect(await Promise.all(answers)).toEqual(["A", "B"]);
  });

  it("does not wait where a batch is full, and takes no more than fits, in order", async () => {
    const { batches, ends, run } = makeWork();
    const batcher = new Batcher(run, LIMITS);
    const answers = [item("a", 3), item("b", 2), item("c", 1)].map((x) => batcher.submit(x));
    await vi.advanceTimersByTimeAsync(0);
    expect(batches).toEqual([["a"]]);
    ends[0]!();
    await vi.advanceTimersByTimeAsync(10);
    expect(batches).toEqual([["a"], ["b", "c"]]);
    ends[1]!();
    expect(await Promise.all(answers)).toEqual(["A", "B", "C"]);
  });

  it("computes one batch at a time, and a request larger than a batch alone", async () => {
    const { batches, ends, run } = makeWork();
    const batcher = new Batcher(run, LIMITS);
    void batcher.submit(item("large", 7));
    await vi.advanceTimersByTimeAsync(0);
    void batcher.submit(item("next", 4));
    await vi.advanceTimersByTimeAsync(100);
    expect(batches).toEqual([["large"]]);
    ends[0]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(batches).toEqual([["large"], ["next"]]);
  });

  it("refuses what would wait beyond its bound, and what never fits", async () => {
    const { run } = makeWork();
    const batcher = new Batcher(run, LIMITS);
    void batcher.submit(item("a", 8));
    const late = await batcher.submit(item("b")).catch((error: unknown) => error);
    expect(late).toMatchObject({ status: 503, headers: { "Retry-After": "1" } });
    const large = await batcher.submit(item("c", 9)).catch((error: unknown) => error);
    expect(large).toMatchObject({ status: 413, message: expect.stringContaining("received 9") });
  });

  it("gives up what takes too long, waiting or computed, and goes on", async () => {
    const { batches, ends, run } = makeWork();
    const batcher = new Batcher(run, LIMITS);
    const given = [batcher.submit(item("slow", 4))];
    await vi.advanceTimersByTimeAsync(0);
    given.push(batcher.submit(item("waiting", 4)));
    const failed = Promise.allSettled(given);
    await vi.advanceTimersByTimeAsync(1000);
    expect(batcher.queued).toBe(0);
    for (const result of await failed) expect(result).toMatchObject({ reason: { status: 504 } });
    ends[0]!();
    const answer = batcher.submit(item("b"));
    await vi.advanceTimersByTimeAsync(10);
    expect(batches).toEqual([["slow"], ["b"]]);
    ends[1]!();
    expect(await answer).toBe("B");
  });

  it("lets one that fails spoil no other", async () => {
    const run = async (items: readonly Item[]) => {
      if (items.some(({ name }) => name === "bad")) throw new Refusal(422, "bad");
      return items.map(({ name }) => name);
    };
    const batcher = new Batcher(run, LIMITS);
    const results = Promise.allSettled(["a", "bad", "b"].map((name) => batcher.submit(item(name))));
    await vi.advanceTimersByTimeAsync(10);
    expect(await results).toMatchObject([
      { value: "a" },
      { reason: { status: 422 } },
      { value: "b" },
    ]);
  });
});
