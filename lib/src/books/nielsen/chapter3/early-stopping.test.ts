import { describe, expect, it } from "vitest";
import { DIGITS, FEW_TESTS, offOf } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full, stopsAfter } from "./early-stopping.ts";

it("holds what the book says", async () => {
  expect(offOf(await claims({ judge: 1_000 }, DIGITS))).toEqual([]);
});

describe("stopsAfter", () => {
  it("waits for an improvement, which equals are not", () => {
    expect(stopsAfter([1, 2, 2, 2, 3], 2)).toBe(4);
    expect(stopsAfter([1, 2, 2, 3, 3, 3, 3], 3)).toBe(7);
    expect(stopsAfter([1, 2, 3], 1)).toBeNull();
  });
});

it("keeps each of its two runs", async () => {
  const lines: string[] = [];
  const work = { store: memoryStore(), report: (line: string) => lines.push(line) };
  const done = await full.run({ epochs: 12 }, FEW_TESTS, work);
  expect(lines).toHaveLength(2);
  const again = await full.run({ epochs: 12 }, FEW_TESTS, {
    ...work,
    store: memoryStore(work.store.kept),
  });
  expect(lines).toHaveLength(2);
  expect(again).toEqual(done);
});
