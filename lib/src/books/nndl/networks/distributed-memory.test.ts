import { expect, it } from "vitest";
import { DIGITS, offOf } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full } from "./distributed-memory.ts";

it("holds what the lecture says", async () => {
  const run = await claims({ judge: 300 }, DIGITS);
  expect(offOf(run)).toEqual([]);
  expect(run.curves!.map(({ title }) => title)).toEqual([
    "Hidden units deleted",
    "Weights put to 0",
  ]);
});

it("judges what an earlier run has kept", async () => {
  const amounts = [1, 10, 30, 50, 70, 90, 100].map((amount) => {
    return { amount, accuracies: [], mean: 0.96, worst: 0.95 };
  });
  const damage = { layer: "hidden", whole: 0.974, amounts };
  const store = memoryStore(
    new Map([
      [
        "damage",
        {
          units: { ...damage, of: "units", parts: 100 },
          weights: { ...damage, of: "weights", parts: 78_400 },
        },
      ],
    ]),
  );
  const run = await full.run({}, DIGITS, { store, report: () => {} });
  expect(offOf(run)).toEqual([]);
});
