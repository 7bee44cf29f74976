import { expect, it } from "vitest";
import { DIGITS } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full, PARAMETERS, percentsByEpoch } from "./depth-accuracies.ts";

it("every claim holds", async () => {
  const run = await claims(DIGITS.mnist);
  expect(run.claims.map(({ holds }) => holds)).toEqual([true]);
  expect(run.curves![0]!.series).toHaveLength(4);
});

it("gives other numbers with another value of each parameter", async () => {
  const mnist = await DIGITS.mnist();
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
  const first = await full.run(given, DIGITS, { store, report: () => {} });
  expect(first.claims.map(({ expected }) => expected)).toEqual([
    "96.48 (95.48 to 97.48)",
    "96.9 (95.9 to 97.9)",
    "96.57 (95.57 to 97.57)",
    "96.53 (95.53 to 97.53)",
  ]);
  const noDigits = { ...DIGITS, mnist: async () => ({}) as never };
  const again = memoryStore(store.kept);
  expect(await full.run(given, noDigits, { store: again, report: () => {} })).toEqual(first);
});
