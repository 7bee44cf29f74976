// Which tiles of sums a runtime's compiler keeps in registers. There are two kinds of compilers, and a
// tile that one of them spills runs at half the speed, so the runtime is asked by a short measurement.

import { encode, type Local, ModuleBuilder } from "../../code/index.ts";
import type { Tiles } from "../kernel.ts";
import { accumulate, storeSums, zeroSums } from "./sums.ts";

/**
 * The least time of a step, in multiply-adds: up to eight sums wait for their own last addition,
 * nine keep two multiply-add units busy; and a vector takes a little longer to load than to use.
 */
function leastCost(rows: number, vectors: number): number {
  return Math.max(8.8, 1.15 * (rows + vectors));
}

/** All loads of a step are moved before its products, so that every operand takes a register. */
export const LOADS_FIRST: Tiles = {
  paired: false,
  registers: (rows, vectors) => rows * vectors + rows + vectors,
  cost: (rows, vectors) => Math.max(leastCost(rows, vectors), 1.035 * rows * vectors),
};

/** Instructions keep their order: of the rows' numbers, one at a time is in a register. */
export const IN_ORDER: Tiles = {
  paired: false,
  registers: (rows, vectors) => rows * vectors + vectors + 1,
  cost: (rows, vectors) => {
    const sums = rows * vectors;
    return Math.max(leastCost(rows, vectors), (sums < 12 ? 1.07 : 1.01) * sums);
  },
};

/** Of these two the taller is faster, unless it is spilled: then it has two thirds of the speed. */
const SQUARE = { rows: 3, vectors: 3 };
const TALL = { rows: 6, vectors: 2 };
/** GFLOP/s that no code reaches before it is optimised: on fast processors that is less than 20. */
const OPTIMISED = 30;
const STEPS = 256;
const TURNS = 100;
const ROUNDS = 4;

/** The tiles for this runtime; where its code is not optimised yet, what no compiler spills. */
export function measureTiles({
  relaxed,
}: {
  readonly relaxed: boolean;
  readonly wide: boolean;
}): Tiles {
  if (!relaxed) return LOADS_FIRST;
  const run = compileBoth();
  const [square, tall] = [new Stopwatch(), new Stopwatch()];
  for (let round = 0; round < ROUNDS; round++) {
    square.time(() => run(0, TURNS));
    tall.time(() => run(1, TURNS));
  }
  // If V8 optimised between the two timings, time the first again.
  square.time(() => run(0, TURNS));
  const speedOf = ({ rows, vectors }: typeof SQUARE, { least }: Stopwatch) =>
    (rows * vectors * 8 * STEPS * TURNS) / (least * 1e6);
  const speed = speedOf(SQUARE, square);
  return speed > OPTIMISED && speedOf(TALL, tall) > speed ? IN_ORDER : LOADS_FIRST;
}

class Stopwatch {
  /** Milliseconds of the shortest run. */
  least = Infinity;

  time(run: () => void): void {
    const start = performance.now();
    run();
    this.least = Math.min(this.least, performance.now() - start);
  }
}

/** Both tiles in one function, since functions are optimised one by one: run(which, turns). */
function compileBoth(): (which: number, turns: number) => void {
  const module = new ModuleBuilder();
  const params = [
    { name: "which", type: "i32" },
    { name: "turns", type: "i32" },
  ] as const;
  const run = module.function("run", params, null, (f) => {
    const [which, turns] = f.params as [Local, Local];
    const tile = ({ rows, vectors }: typeof SQUARE) =>
      f.for(0, turns, 1, () => {
        const sums = zeroSums(f, rows, vectors);
        const left = { from: f.keep(0), stepK: 4, stepM: 4 * STEPS };
        const right = { from: f.keep(8 * 4 * STEPS), stepK: vectors * 16, stepM: 0 };
        accumulate({ f, target: { relaxed: true } }, "float32", sums, { left, right }, STEPS);
        storeSums(f, sums, f.keep(60_000));
      });
    f.if(
      which,
      () => tile(TALL),
      () => tile(SQUARE),
    );
  });
  module.export("run", run);
  const env = { memory: new WebAssembly.Memory({ initial: 1 }) };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(encode(module)), { env });
  return instance.exports.run as ReturnType<typeof compileBoth>;
}
