import { expect, it } from "vitest";
import { DIGITS, offOf } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { BY_IMAGES } from "../network2/ranges.ts";
import { claims, full } from "./training-size.ts";

it("holds what the book says", async () => {
  expect(offOf(await claims({ steps: 1_000, judge: 1_000 }, DIGITS))).toEqual([]);
});

it("goes on with the sizes that are not done", async () => {
  const done = new Map(BY_IMAGES.slice(0, 8).map(([size, percent]) => [`${size} images`, percent]));
  const work = { store: memoryStore(done), report: () => {} };
  const { claims: found, curves } = await full.run({ steps: 10 }, DIGITS, work);
  expect(found.slice(0, 8).map(({ actual }) => actual)).toEqual(
    BY_IMAGES.slice(0, 8).map(([, y]) => y),
  );
  expect(found.slice(0, 8).every(({ holds }) => holds)).toBe(true);
  expect(curves![0]!.series[0]!.points).toHaveLength(9);
});
