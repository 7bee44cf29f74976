// Orders of examples by vector code: those that one random number after the other gives.

import { expect, test } from "vitest";
import { Rng } from "../../../data/random.ts";
import { createWasmEngine } from "../index.ts";

const engine = createWasmEngine({ threads: 1 });

test("comes when it was fetched", async () => {
  const rows = Int32Array.of(5, 5, 5);
  expect(engine.shuffle!(rows, 3, 0, 0, 1)).toBe(false);
  expect([...rows]).toEqual([5, 5, 5]);
  await expect.poll(() => engine.shuffle!(rows, 3, 0, 0, 1), { timeout: 30_000 }).toBe(true);
}, 60_000);

test.each([
  [1, 3, 0, 0, 1],
  [2, 2, 5, 7, 1],
  [3, 4, 2, 0, 1],
  [4, 100, 2, 40, 1],
  [4, 6, 2 ** 33 + 5, -3, 7],
  [5, 3, -1, 2 ** 31 - 2, 1],
  [9, 2, 2 ** 40 + 3, 11, 3],
  [12, 2, 3, 1, 2],
  [13, 5, 3, 1, 1],
  [14, 2, -8, 0, 5],
  [24, 3, 8, 9, 1],
  [25, 3, 8, 9, 1],
  [400, 5, 2, 0, 40],
  [60000, 1, 9, 12, 1],
])("%i rows, %i orders, seed %i, from step %i on by %i", (count, orders, seed, stream, step) => {
  const made = new Int32Array(count * orders);
  expect(engine.shuffle!(made, count, seed, stream, step)).toBe(true);
  for (let order = 0; order < orders; order++) {
    const rows = Int32Array.from({ length: count }, (_, i) => i);
    new Rng(seed, (stream + order * step) | 0).shuffle(rows);
    expect(made.slice(order * count, (order + 1) * count), `order ${order}`).toEqual(rows);
  }
});
