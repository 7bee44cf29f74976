import { expect, it } from "vitest";
import { loadMnist } from "../../../data/node/mnist.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full, orderedEpochs, PARAMETERS, speeds } from "./learning-speeds.ts";

const SOURCES = { mnist: loadMnist, iris: () => Promise.reject() as never };

it("every claim holds", async () => {
  const run = await claims(loadMnist);
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
  const mnist = await loadMnist();
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
  const first = await full.run(given, SOURCES, { store, report: () => {} });
  const noDigits = { ...SOURCES, mnist: async () => ({}) as never };
  const again = memoryStore(store.kept);
  expect(await full.run(given, noDigits, { store: again, report: () => {} })).toEqual(first);
});
