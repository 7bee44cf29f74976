// The baselines on the digits; the support vector machine against scikit-learn's.

import { beforeAll, expect, it } from "vitest";
import { loadMnist } from "../../../data/node/mnist.ts";
import type { Mnist } from "../../shared/mnist.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full } from "./baselines.ts";
import { DIGIT_PAIRS, rightByVote, trainPair } from "./support-vectors.ts";

let mnist: Mnist;
beforeAll(async () => {
  mnist = await loadMnist();
});

const sources = {
  mnist: () => Promise.resolve(mnist),
  iris: () => {
    throw new Error("no flowers");
  },
};

it("holds what the book says", async () => {
  const found = await claims({ learn: 500, judge: 500 }, sources);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});

it("has the machines of scikit-learn's SVC(C=1, gamma='auto')", () => {
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
  const small = {
    ...sources,
    mnist: () => Promise.resolve({ ...mnist, test: first(mnist.test, 50) }),
  };
  const work = { store, report: (line: string) => lines.push(line) };
  const { claims: once } = await full.run({ learn: 100 }, small, work);
  expect(lines).toHaveLength(45);
  const again = await full.run({ learn: 100 }, small, { ...work, store: memoryStore(store.kept) });
  expect(again.claims).toEqual(once);
});

function first({ x, y }: Mnist["test"], count: number): Mnist["test"] {
  return {
    x: { ...x, shape: [count, 784], data: x.data.slice(0, count * 784) },
    y: { ...y, shape: [count], data: y.data.slice(0, count) },
  };
}
