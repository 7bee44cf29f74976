// Examples parted by seed, each class alike: which to learn from, and which to be judged by.

import { Rng } from "neurite/data";

/** How much is kept for testing unless told otherwise. */
export const TEST_SHARE = 0.2;

export interface RowParts {
  /** In an order of their own, since files are sorted by class. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Of each class the share for testing, rounded, and both parts at least one; a class of one example is trained on.
 * @param labels of the examples; all 0 where there are no classes
 */
export function stratified(
  labels: ArrayLike<number>,
  {
    testFraction = TEST_SHARE,
    seed = 0,
  }: { testFraction?: number | undefined; seed?: number | undefined },
): RowParts {
  const rng = new Rng(seed);
  const order = Int32Array.from({ length: labels.length }, (_, row) => row);
  rng.shuffle(order);
  const counts = new Map<number, number>();
  for (const row of order) counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1);
  const left = new Map(
    [...counts].map(([label, count]) => [label, testShare(count, testFraction)] as const),
  );
  const isTest = order.map((row) => {
    const more = left.get(labels[row]!)!;
    if (more > 0) left.set(labels[row]!, more - 1);
    return more > 0 ? 1 : 0;
  });
  return {
    train: order.filter((_, i) => isTest[i] === 0),
    test: order.filter((_, i) => isTest[i] === 1).sort(),
  };
}

function testShare(count: number, fraction: number): number {
  if (fraction === 0 || count < 2) return 0;
  return Math.min(count - 1, Math.max(1, Math.round(count * fraction)));
}

/** All of these, in an order by seed. */
export function shuffledRows(rows: Int32Array, seed = 0): Int32Array {
  const order = rows.slice();
  new Rng(seed).shuffle(order);
  return order;
}
