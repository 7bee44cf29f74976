// The baselines on the digits; the support vector machine against scikit-learn's.

import { expect, it } from "vitest";
import { DIGITS, FEW_TESTS, offOf } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full } from "./baselines.ts";
import { DIGIT_PAIRS, rightByVote, trainPair } from "./support-vectors.ts";

it("holds what the book says", async () => {
  expect(offOf(await claims({ learn: 500, judge: 500 }, DIGITS))).toEqual([]);
});

it("has the machines of scikit-learn's SVC(C=1, gamma='auto')", async () => {
  const mnist = await DIGITS.mnist();
  // SVC().fit(X[:300] / 256, y[:300]) has 291 support vectors, and 563 of the first 1,000 test images right.
  const machines = DIGIT_PAIRS.map((pair) => trainPair(mnist.train, 300, pair));
  expect(new Set(machines.flatMap(({ vectors }) => vectors)).size).toBe(291);
  expect(rightByVote(mnist, machines, 1_000)).toBe(563);
  for (const { coefficients } of machines) {
    expect(Math.abs(coefficients.reduce((sum, c) => sum + c, 0))).toBeLessThan(1e-9);
    expect(Math.max(...coefficients.map(Math.abs))).toBeLessThanOrEqual(1);
  }
});

it("goes on with the pairs that are not done", async () => {
  const lines: string[] = [];
  const store = memoryStore();
  const work = { store, report: (line: string) => lines.push(line) };
  const { claims: once } = await full.run({ learn: 100 }, FEW_TESTS, work);
  expect(lines).toHaveLength(45);
  const again = await full.run({ learn: 100 }, FEW_TESTS, {
    ...work,
    store: memoryStore(store.kept),
  });
  expect(again.claims).toEqual(once);
});
