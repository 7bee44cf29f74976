import { expect, it } from "vitest";
import { DIGITS } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full, orderedEpochs, PARAMETERS, speeds } from "./learning-speeds.ts";

it("every claim holds", async () => {
  const run = await claims(DIGITS.mnist);
  expect(run.claims.filter(({ holds }) => !holds)).toEqual([]);
  expect(run.claims).toHaveLength(6);
  expect(run.curves?.map(({ series }) => series.length)).toEqual([3, 4, 5]);
});

it("counts the epochs in which each layer is faster than the one before", () => {
  expect(
    orderedEpochs([
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
      [0, 1, 2],
    ]),
  ).toBe(2);
});

it("gives other speeds with another value of each parameter", async () => {
  const mnist = await DIGITS.mnist();
  const point = { epochs: 3, images: 20, rate: 0.1, lambda: 5, seed: 1 };
  const others = { epochs: 4, images: 10, rate: 1, lambda: 1, seed: 2 };
  expect(Object.keys(others).sort()).toEqual(Object.keys(PARAMETERS).sort());
  const before = speeds(mnist, 2, point);
  for (const [name, value] of Object.entries(others)) {
    expect(speeds(mnist, 2, { ...point, [name]: value }), name).not.toEqual(before);
  }
});

it("computes in full no net twice", async () => {
  const given = { epochs: 2, images: 10 };
  const store = memoryStore();
  const first = await full.run(given, DIGITS, { store, report: () => {} });
  const noDigits = { ...DIGITS, mnist: async () => ({}) as never };
  const again = memoryStore(store.kept);
  expect(await full.run(given, noDigits, { store: again, report: () => {} })).toEqual(first);
});
