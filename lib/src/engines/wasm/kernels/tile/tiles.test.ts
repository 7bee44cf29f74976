// The tiles that a runtime is measured to keep in registers, and that nothing but speed hangs on them.

import { expect, test, vi } from "vitest";
import { encode, type ModuleBuilder } from "../../code/index.ts";
import { INSTRUCTIONS } from "../../code/instructions.ts";
import { hasRelaxedSimd, targetOf } from "../../compiler/features.ts";
import { columnBlocks } from "./columns.ts";
import { type TileProbe, tileProbe } from "./probe.ts";
import { IN_ORDER, LOADS_FIRST, measureTiles, PAIRED } from "./tiles.ts";

test("without fused multiply-adds and pairs, tiles are what no compiler spills", () => {
  expect(measureTiles({ relaxed: false, wide: false })).toBe(LOADS_FIRST);
  expect(targetOf({ deterministic: true, wide: false })).toEqual({
    relaxed: false,
    tiles: LOADS_FIRST,
  });
});

/** A runtime that computes so many GFLOP/s with each tile. */
function runtimeOf(
  [square, tall, wide]: readonly [number, number, number],
  agrees = true,
): TileProbe {
  let clock = 0;
  const tile = (speed: number) => ({
    operations: 1e6,
    run: (turns: number) => {
      clock += turns / speed;
    },
  });
  const tiles = { square: tile(square), tall: tile(tall), wide: tile(wide) };
  return { ...tiles, now: () => clock, agrees: () => agrees };
}

test.each([
  ["Node 20", [61, 40, 20], LOADS_FIRST],
  ["Node 20 on a processor that spills quickly", [45, 46.5, 24], LOADS_FIRST],
  ["Node 24", [61, 66, 24], IN_ORDER],
  ["Node 24, joining", [55, 73, 100], PAIRED],
  ["Node 24, joining, on a busy processor", [40, 46, 51], PAIRED],
  ["Node 24, not joining, on a busy processor", [40, 46, 41], IN_ORDER],
  ["code that is not optimised", [2, 3, 3], LOADS_FIRST],
] as const)("%s has its tiles by how fast they are", (_name, speeds, tiles) => {
  expect(measureTiles({ relaxed: true, wide: true }, runtimeOf(speeds))).toBe(tiles);
});

test.each([
  ["clear", [55, 73, 100], 8],
  ["clear, but not optimised", [3, 4, 6], 25],
  ["near for pairs", [55, 73, 80], 25],
  ["clear for pairs and near for a taller tile", [61, 66, 24], 25],
] as const)("where it is %s, as many rounds are measured as it takes", (_name, speeds, rounds) => {
  const probe = runtimeOf(speeds);
  const run = vi.fn(probe.wide.run);
  measureTiles({ relaxed: true, wide: true }, { ...probe, wide: { ...probe.wide, run } });
  expect(run).toHaveBeenCalledTimes(rounds);
});

test("without fused multiply-adds there are pairs, but no taller tiles", () => {
  const options = { relaxed: false, wide: true };
  expect(measureTiles(options, runtimeOf([40, 50, 80]))).toBe(PAIRED);
  expect(measureTiles(options, runtimeOf([40, 50, 40]))).toBe(LOADS_FIRST);
});

test("pairs are not used where they are not wanted, nor where they come to other bits", () => {
  expect(measureTiles({ relaxed: true, wide: false }, runtimeOf([55, 73, 100]))).toBe(IN_ORDER);
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const miscompiling = runtimeOf([55, 73, 100], false);
  expect(measureTiles({ relaxed: true, wide: true }, miscompiling)).toBe(IN_ORDER);
  expect(warn.mock.calls).toEqual([
    ["neurite: wide vectors give other numbers than narrow ones; they are not used."],
  ]);
  warn.mockRestore();
});

test.each(hasRelaxedSimd() ? [true, false] : [false])(
  "this runtime's pairs agree, relaxed: %s",
  (relaxed) => {
    expect(tileProbe(relaxed).agrees()).toBe(true);
  },
);

test.each([
  ["f32x4.mul", "f32x4.min"],
  ["f32x4.div", "f32x4.mul"],
  ["f32x4.lt", "f32x4.gt"],
  ["i32x4.shr_s", "i32x4.shr_u"],
  ["v128.or", "v128.and"],
])("a runtime that takes %s for %s in pairs is found out", (name, other) => {
  expect(tileProbe(false, miscompiling(name, other)).agrees()).toBe(false);
});

/** Assembles the function of joined vectors with one instruction in place of another. */
function miscompiling(name: string, other: string) {
  const changed = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(changed);
    if (typeof part !== "object" || part === null) return part;
    const copy: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(part)) copy[key] = changed(value);
    return copy.op === name ? { ...copy, op: other, instruction: INSTRUCTIONS.get(other) } : copy;
  };
  return (module: ModuleBuilder) => {
    const { body } = module.functions.find(({ ref }) => ref.name === "joined")!.builder;
    body.splice(0, body.length, ...(changed([...body]) as typeof body));
    return encode(module);
  };
}

test.each([
  ["loads first", LOADS_FIRST, [3, 3]],
  ["in order", IN_ORDER, [6, 2]],
  ["paired", PAIRED, [6, 4]],
] as const)("large products, %s", (_name, tiles, [rows, vectors]) => {
  const [block] = columnBlocks({ dtype: "float32", m: 480, n: 480 }, { relaxed: true, tiles });
  expect(block).toMatchObject({ rows, vectors });
});

test.each([
  ["loads first", LOADS_FIRST],
  ["in order", IN_ORDER],
  ["paired", PAIRED],
])("blocks cover every column once, in order: %s", (_name, tiles) => {
  for (let n = 1; n < 70; n++) {
    for (const m of [1, 8, 10, 100]) {
      const blocks = columnBlocks({ dtype: "float32", m, n }, { relaxed: true, tiles });
      let column = 0;
      for (const block of blocks) {
        expect(block.column).toBe(column);
        column += block.count * block.vectors * 4;
        expect(block.lastColumns).toBe(block.vectors * 4 - Math.max(0, column - n));
        expect(block.rows).toBeLessThanOrEqual(m);
        expect(tiles.registers(block.rows, block.vectors)).toBeLessThanOrEqual(15);
      }
      expect(column).toBeGreaterThanOrEqual(n);
      expect(column - n).toBeLessThan(tiles.paired ? 8 : 4);
    }
  }
});
