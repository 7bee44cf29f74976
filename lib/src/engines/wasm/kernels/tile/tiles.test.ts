// The tiles that a runtime is measured to keep in registers, and that nothing but speed hangs on them.

import { expect, test } from "vitest";
import { targetOf } from "../../compiler/features.ts";
import { columnBlocks } from "./columns.ts";
import { IN_ORDER, LOADS_FIRST, measureTiles } from "./tiles.ts";

test("without fused multiply-adds, tiles are what no compiler spills", () => {
  expect(measureTiles({ relaxed: false, wide: true })).toBe(LOADS_FIRST);
  expect(targetOf({ deterministic: true, wide: true })).toEqual({
    relaxed: false,
    tiles: LOADS_FIRST,
  });
});

test.each([
  ["loads first", LOADS_FIRST, [3, 3]],
  ["in order", IN_ORDER, [6, 2]],
] as const)("large products, %s", (_name, tiles, [rows, vectors]) => {
  const [block] = columnBlocks({ dtype: "float32", m: 480, n: 480 }, { relaxed: true, tiles });
  expect(block).toMatchObject({ rows, vectors });
});

test.each([LOADS_FIRST, IN_ORDER])("blocks cover every column once, in order", (tiles) => {
  for (let n = 1; n < 70; n++) {
    for (const m of [1, 8, 10, 100]) {
      const blocks = columnBlocks({ dtype: "float32", m, n }, { relaxed: true, tiles });
      let column = 0;
      for (const block of blocks) {
        expect(block.column).toBe(column);
        column += (block.count * block.vectors - 1) * 4 + block.lastLanes;
        expect(tiles.registers(block.rows, block.vectors)).toBeLessThanOrEqual(15);
      }
      expect(column).toBe(n);
    }
  }
});
