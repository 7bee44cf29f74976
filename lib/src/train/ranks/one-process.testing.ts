// Ranks within one process, for tests: a sum is done when all of them have asked for it.

import type { Exchange, Summands } from "./exchange.ts";

interface Waiting {
  readonly arrays: readonly Summands[];
  readonly done: () => void;
}

/** @param onSum told of the lengths of each sum, once */
export function ranksInOneProcess(
  size: number,
  onSum: (lengths: readonly number[]) => void = () => {},
): Exchange[] {
  let waiting: (Waiting | undefined)[] = [];
  const finish = () => {
    const all = waiting as Waiting[];
    waiting = [];
    const lengths = all[0]!.arrays.map(({ length }) => length);
    onSum(lengths);
    lengths.forEach((length, at) => {
      for (const { arrays } of all) {
        if (arrays[at]?.length !== length) throw new Error(`lengths differ: ${length}`);
      }
      for (let i = 0; i < length; i++) {
        const sum = all.reduce((total, { arrays }) => total + arrays[at]![i]!, 0);
        for (const { arrays } of all) arrays[at]![i] = sum;
      }
    });
    for (const { done } of all) done();
  };
  return Array.from({ length: size }, (_, rank) => ({
    rank,
    size,
    sum: (arrays) =>
      new Promise<void>((resolve, reject) => {
        if (waiting[rank]) return reject(new Error(`rank ${rank} asked twice`));
        waiting[rank] = { arrays, done: resolve };
        if (Array.from({ length: size }, (_, r) => waiting[r]).every(Boolean)) finish();
      }),
  }));
}
