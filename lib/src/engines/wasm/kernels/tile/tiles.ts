// Which tiles of sums a runtime's compiler keeps in registers. There are several kinds of compilers, and a
// tile that one of them spills runs at half the speed, so the runtime is asked by a short measurement.

import type { Tiles } from "../kernel.ts";
import { type TileProbe, tileProbe } from "./probe.ts";

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
  widths: [1, 4, 2, 3],
  registers: (rows, vectors) => rows * vectors + rows + vectors,
  cost: (rows, vectors) => Math.max(leastCost(rows, vectors), 1.035 * rows * vectors),
  remakesNumbers: false,
};

/** Instructions keep their order: of the rows' numbers, one at a time is in a register. */
export const IN_ORDER: Tiles = {
  paired: false,
  widths: [1, 4, 2, 3],
  registers: (rows, vectors) => rows * vectors + vectors + 1,
  cost: (rows, vectors) => {
    const sums = rows * vectors;
    return Math.max(leastCost(rows, vectors), (sums < 12 ? 1.07 : 1.01) * sums);
  },
  remakesNumbers: true,
};

/** As IN_ORDER, and two neighbouring vectors are one register of 256 bits. */
export const PAIRED: Tiles = {
  paired: true,
  widths: [8, 2, 6, 4],
  registers: (rows, vectors) => (rows + 1) * (vectors / 2) + 1,
  cost: (rows, vectors) => IN_ORDER.cost(rows, vectors / 2),
  remakesNumbers: true,
};

/** GFLOP/s that no code reaches before it is optimised: on fast processors that is less than 20. */
const OPTIMISED = 30;
/**
 * Pairs that are not joined are spilled, and reach at most 0.9 of the speed of other tiles; those that are make
 * a tile up to twice as fast, and 1.1 times at the least on a busy processor.
 */
const JOINED = 1;
/**
 * What a taller tile must gain. Where loads come first it is up to 1.04 times as fast in the measurement on
 * some processors, and a fifth slower in kernels, which need more registers.
 */
const TALLER = 1.06;
const TURNS = 32;
const ROUNDS = 24;
/** After so many rounds nothing more is measured if every answer is as far as this from the other one. */
const FEWEST_ROUNDS = 8;
const CLEARLY = 1.15;

export interface TileOptions {
  readonly relaxed: boolean;
  /** Vectors may be paired. */
  readonly wide: boolean;
}

/**
 * The tiles for this runtime; where its code is not optimised yet, what no compiler spills. Pairs that
 * come to other bits than single vectors do are not used, after a notice on the console.
 */
export function measureTiles(
  { relaxed, wide }: TileOptions,
  probe: TileProbe = tileProbe(relaxed),
): Tiles {
  if (!relaxed && !wide) return LOADS_FIRST;
  const { square, tall, wide: paired } = measureSpeeds(probe);
  if (wide && paired > JOINED * Math.max(square, tall)) {
    if (probe.agrees()) return PAIRED;
    console.warn("neurite: wide vectors give other numbers than narrow ones; they are not used.");
  }
  return relaxed && square > OPTIMISED && tall > TALLER * square ? IN_ORDER : LOADS_FIRST;
}

interface Speeds {
  readonly square: number;
  readonly tall: number;
  readonly wide: number;
}

/** GFLOP/s of each tile in its shortest run. */
function measureSpeeds({ square, tall, wide, now }: TileProbe): Speeds {
  const tiles = [square, tall, wide];
  const least = tiles.map(() => Infinity);
  const speedOf = (i: number) => (tiles[i]!.operations * TURNS) / (least[i]! * 1e6);
  const speeds = () => ({ square: speedOf(0), tall: speedOf(1), wide: speedOf(2) });
  // If V8 optimised the function before the last round only, one more times all of it.
  for (let round = 0; round <= ROUNDS; round++) {
    if (round >= FEWEST_ROUNDS && isClear(speeds())) break;
    tiles.forEach(({ run }, i) => {
      const start = now();
      run(TURNS);
      least[i] = Math.min(least[i]!, now() - start);
    });
  }
  return speeds();
}

/** True where the code is optimised, all of it being one function, and no choice of tiles is a near one. */
function isClear({ square, tall, wide }: Speeds): boolean {
  const isFar = (ratio: number) => ratio > CLEARLY || ratio < 1 / CLEARLY;
  const joined = wide / (JOINED * Math.max(square, tall));
  return square > OPTIMISED && isFar(joined) && (joined > 1 || isFar(tall / (TALLER * square)));
}
