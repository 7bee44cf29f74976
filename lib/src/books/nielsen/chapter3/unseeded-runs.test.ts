import { expect, it } from "vitest";
import { DIGITS, offOf } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full } from "./unseeded-runs.ts";

it("holds what the book says of rates", async () => {
  expect(offOf(await claims({ judge: 500 }, DIGITS))).toEqual([]);
});

it("takes the median of the seeds, the best of more where starts differ by digits, and keeps each run", async () => {
  const asked: string[] = [];
  const store = {
    ...memoryStore(),
    // Of each seed another figure, as if all runs were done.
    get: async <T>(key: string) => {
      asked.push(key);
      return [0, 90 + Number(key.slice(-1)) / 2] as T;
    },
  };
  const run = await full.run({ seeds: [3, 1, 2] }, DIGITS, { store, report: () => {} });
  expect(asked).toHaveLength(3 * run.claims.length + 6);
  expect(new Set(asked).size).toBe(asked.length);
  const varied = run.claims.filter(({ note }) => note!.includes("the best of them"));
  expect(varied.map(({ actual }) => actual)).toEqual([94.5]);
  for (const claim of run.claims) if (!varied.includes(claim)) expect(claim.actual).toBe(91);
  for (const figure of ["95.42", "96.59", "95.49", "96.82", "96.49", "97.92", "98.04", "96.37"]) {
    expect(run.claims.some(({ note }) => note!.includes(`prints ${figure};`))).toBe(true);
  }
});
