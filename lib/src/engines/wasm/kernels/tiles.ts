// Which tiles of sums a runtime's compiler keeps in registers. There are two kinds of compilers, and a
// tile that one of them spills runs at half the speed, so the runtime is asked by a short measurement.

import { encode, ModuleBuilder } from "../code/index.ts";
import type { Target, Tiles } from "../kernel.ts";
import { accumulate, storeSums, zeroSums } from "./sums.ts";

/**
 * A step takes at least so long, in multiply-adds: up to eight sums wait for their own last addition,
 * nine keep two multiply-add units busy; and a vector takes a little longer to load than to use.
 */
function leastCost(rows: number, vectors: number): number {
  return Math.max(8.8, 1.15 * (rows + vectors));
}

/** All loads of a step are moved before its products, so that every operand takes a register. */
export const LOADS_FIRST: Tiles = {
  registers: (rows, vectors) => rows * vectors + rows + vectors,
  cost: (rows, vectors) => Math.max(leastCost(rows, vectors), 1.035 * rows * vectors),
};

/** Instructions keep their order: of the rows' numbers, one at a time is in a register. */
export const IN_ORDER: Tiles = {
  registers: (rows, vectors) => rows * vectors + vectors + 1,
  cost: (rows, vectors) => {
    const sums = rows * vectors;
    return Math.max(leastCost(rows, vectors), (sums < 12 ? 1.07 : 1.01) * sums);
  },
};

/** Large enough for operands and sums of the measurement. */
const PAGES = 1;
const STEPS = 256;
const TURNS = 16;
const ROUNDS = 5;
/** A tile of six by two, faster by this much than one of three by three, is not spilled. */
const CLEARLY = 1.03;

/**
 * The tiles for this runtime. Code that is not optimised yet spills everything alike, and gets what no
 * compiler spills.
 */
export function measureTiles(target: Pick<Target, "relaxed">): Tiles {
  if (!target.relaxed) return LOADS_FIRST;
  const module = new ModuleBuilder();
  const shapes = [
    [3, 3],
    [6, 2],
  ] as const;
  for (const [rows, vectors] of shapes) {
    const params = [{ name: "turns", type: "i32" }] as const;
    const tile = module.function(`tile${rows}x${vectors}`, params, null, (f) => {
      f.for(0, f.params[0]!, 1, () => {
        const sums = zeroSums(f, rows, vectors);
        const left = { from: f.keep(0), stepK: 4, stepM: 4 * STEPS };
        const right = { from: f.keep(8 * 4 * STEPS), stepK: vectors * 16, stepM: 0 };
        accumulate({ f, target }, "float32", sums, { left, right }, STEPS);
        storeSums(f, sums, f.keep(60_000));
      });
    });
    module.export(tile.name, tile);
  }
  const env = { memory: new WebAssembly.Memory({ initial: PAGES }) };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encode(module)), { env });
  const [square, tall] = shapes.map(([rows, vectors]) => {
    const run = exports[`tile${rows}x${vectors}`] as (turns: number) => void;
    return leastTime(() => run(TURNS)) / (rows * vectors);
  }) as [number, number];
  return tall * CLEARLY < square ? IN_ORDER : LOADS_FIRST;
}

/** The shortest of a few runs, in milliseconds. */
function leastTime(run: () => void): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
