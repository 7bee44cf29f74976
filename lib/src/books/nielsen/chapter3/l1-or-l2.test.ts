import { expect, it } from "vitest";
import { DIGITS, offOf } from "../../shared/digits.testing.ts";
import { claims, decayed } from "./l1-or-l2.ts";

it("holds what the book says", async () => {
  const run = await claims({ epochs: 6 }, DIGITS);
  expect(offOf(run)).toEqual([]);
  const shares = run.curves![0]!.series.map(({ points }) => points.reduce((s, [, y]) => s + y, 0));
  for (const share of shares) expect(share).toBeGreaterThan(0.9);
});

it("takes a constant off, or a part", () => {
  expect(decayed("l1", -1, 0.25, 2)).toEqual([-1, -0.75, -0.5]);
  expect(decayed("l2", -1, 0.25, 2)).toEqual([-1, -0.75, -0.5625]);
});
