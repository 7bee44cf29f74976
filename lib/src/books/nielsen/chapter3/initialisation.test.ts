import { expect, it } from "vitest";
import { square } from "../../../tensor/elementwise.ts";
import { mean } from "../../../tensor/reduce.ts";
import { DIGITS, offOf } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, curves, drawNetInputs, full } from "./initialisation.ts";

it.each([1, 2, 3])("holds what the book says, seed %i", async (seed) => {
  expect(offOf(await claims({ seed, train: 1_000 }, DIGITS))).toEqual([]);
});

it("has half of the inputs on, and a bias", () => {
  const z = drawNetInputs(4, 20_000, 3, 1);
  expect(mean(square(z)).item() / (2 * 9 + 1)).toBeCloseTo(1, 1);
});

it("draws densities", () => {
  for (const { points } of curves()[0]!.series) {
    expect(points.reduce((sum, [, y]) => sum + y / 2, 0)).toBeCloseTo(1, 1);
  }
});

it("sets the first and the last epoch beside the book's", async () => {
  const store = memoryStore(
    new Map([
      ["large", [86.43, 96.37]],
      ["default", [92.7, 90]],
    ]),
  );
  const run = await full.run({ epochs: 2 }, DIGITS, { store, report: () => {} });
  expect(run.claims.map(({ holds }) => holds)).toEqual([true, true, true, false]);
});
