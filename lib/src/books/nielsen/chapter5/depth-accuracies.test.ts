import { expect, it } from "vitest";
import { loadMnist } from "../../../data/node/mnist.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full, PARAMETERS, percentsByEpoch } from "./depth-accuracies.ts";

const SOURCES = { mnist: loadMnist, iris: () => Promise.reject() as never };

it("every claim holds", async () => {
  const run = await claims(loadMnist);
  expect(run.claims.map(({ holds }) => holds)).toEqual([true]);
  expect(run.curves![0]!.series).toHaveLength(4);
});

it("gives other numbers with another value of each parameter", async () => {
  const mnist = await loadMnist();
  const point = { train: 200, epochs: 2, judge: 100, seed: 1 };
  const others = { train: 100, epochs: 1, judge: 97, seed: 2 };
  expect(Object.keys(others).sort()).toEqual(Object.keys(PARAMETERS).sort());
  const before = percentsByEpoch(mnist, 1, point);
  for (const [name, value] of Object.entries(others)) {
    expect(percentsByEpoch(mnist, 1, { ...point, [name]: value }), name).not.toEqual(before);
  }
});

it("judges four depths in full, none computed twice", async () => {
  const given = { train: 20, epochs: 1, judge: 20 };
  const store = memoryStore();
  const first = await full.run(given, SOURCES, { store, report: () => {} });
  expect(first.claims.map(({ expected }) => expected)).toEqual([
    "96.48 (95.48 to 97.48)",
    "96.9 (95.9 to 97.9)",
    "96.57 (95.57 to 97.57)",
    "96.53 (95.53 to 97.53)",
  ]);
  const noDigits = { ...SOURCES, mnist: async () => ({}) as never };
  const again = memoryStore(store.kept);
  expect(await full.run(given, noDigits, { store: again, report: () => {} })).toEqual(first);
});
