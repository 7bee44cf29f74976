// The arena: who may share memory with whom, and how little of it there is.

import { describe, expect, test } from "vitest";
import { lifetimes, planArena } from "./arena.ts";
import { Fusion } from "./fusion.ts";
import type { FusionSchedule } from "./schedule.ts";
import { type Buffer, wholeView } from "./view.ts";

/** A chain of maps: kernel i reads array i and stores array i + 1; array 0 is the argument. */
function chain(floats: readonly number[], ends: FusionSchedule["ends"] = "outside") {
  const buffers: Buffer[] = floats.map((count, id) => {
    return { id, dtype: "float32", shape: [count], bytes: 4 * count };
  });
  const fusions = buffers.slice(1).map((buffer, at) => {
    const fusion = new Fusion(at, buffer.shape);
    fusion.begin({ kind: "map" });
    const from = buffers[at]!;
    const view = wholeView(from, from.shape);
    fusion.stores.push({ element: { kind: "load", dtype: "float32", view }, buffer });
    return fusion;
  });
  const schedule: FusionSchedule = {
    fusions,
    buffers,
    homes: new Map([[buffers[0]!, { kind: "argument", index: 0 }]]),
    ends,
    arguments: [buffers[0]!],
    results: [buffers.at(-1)!],
    storages: [],
    constants: [],
  };
  return { schedule, buffers };
}

describe("lifetimes", () => {
  test("from the kernel that stores an array to the last that reads it; results to the end", () => {
    const { schedule, buffers } = chain([8, 8, 8, 8]);
    const lives = lifetimes(schedule);
    expect(buffers.map((buffer) => lives.get(buffer))).toEqual([
      undefined, // an argument that lives outside
      { first: 0, last: 1 },
      { first: 1, last: 2 },
      { first: 2, last: 3 },
    ]);
  });

  test("arguments within the arena stay for the next run", () => {
    const { schedule, buffers } = chain([8, 8], "arena");
    expect(lifetimes(schedule).get(buffers[0]!)).toEqual({ first: -1, last: 1 });
  });
});

describe("planArena", () => {
  // 16 floats are 64 bytes and 64 behind them: a block of 128.
  test("what is never alive at once shares memory: a long chain needs two places", () => {
    const { schedule, buffers } = chain(Array(9).fill(16));
    const { bytes, offsets } = planArena(schedule, Array(8).fill(0));
    expect(bytes).toBe(2 * 128);
    for (const [i, buffer] of buffers.slice(2).entries()) {
      expect(offsets.get(buffer)).not.toBe(offsets.get(buffers[i + 1]!));
    }
  });

  test("the largest lies lowest, and a smaller one fits into the gap that it leaves", () => {
    const { schedule, buffers } = chain([16, 16, 1024, 16, 16]);
    const { bytes, offsets } = planArena(schedule, [0, 0, 0, 0]);
    const [, a, large, b, c] = buffers.map((buffer) => offsets.get(buffer));
    expect([a, large, b, c]).toEqual([4160, 0, 4160, 0]);
    expect(bytes).toBe(4160 + 128);
  });

  test("a kernel's own memory is nobody else's while it runs", () => {
    const { schedule, buffers } = chain([16, 16, 16]);
    const { bytes, offsets, scratch } = planArena(schedule, [0, 64]);
    expect(scratch).toHaveLength(2);
    expect(scratch[0]).toBe(-1);
    const both = [offsets.get(buffers[1]!), offsets.get(buffers[2]!), scratch[1]];
    expect(new Set(both).size).toBe(3);
    expect(bytes).toBe(3 * 128);
  });

  test("of more than a thousand arrays, those of one size take each other's places", () => {
    const { schedule } = chain(Array.from({ length: 1500 }, (_, i) => (i % 2 === 0 ? 16 : 32)));
    const { bytes } = planArena(schedule, Array(1499).fill(0));
    expect(bytes).toBeLessThanOrEqual(2 * (128 + 192));
  });
});
