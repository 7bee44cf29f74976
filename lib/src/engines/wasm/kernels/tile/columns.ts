// How the columns of a product are cut into tiles that fit the registers.

import { type FunctionBuilder, type Local, op, plus } from "../../code/index.ts";
import type { CompileTarget, Tiles } from "../kernel.ts";
import { type Accumulated, lanesOf } from "./sums.ts";

/** Neighbouring columns that one unit computes, as vectors, by tiles of `rows` rows. */
export interface ColumnBlock {
  readonly column: number;
  readonly vectors: number;
  readonly rows: number;
  /** How many blocks of this width lie side by side. */
  readonly count: number;
  /** Valid lanes of the last vector. */
  readonly lastLanes: number;
}

/** The sums of a product: m rows, n columns. */
export interface SumsSize {
  readonly dtype: Accumulated;
  readonly m: number;
  readonly n: number;
}

/** Vectors of a tile, the better ones last. */
const WIDTHS = [1, 4, 2, 3] as const;

/** Vector registers of a tile, one of sixteen being the compiler's own. */
const REGISTERS = 15;

/**
 * Blocks of columns, of two widths at most. What a tile keeps in registers must fit them; there is one
 * less where a product needs a place before it is added.
 */
export function columnBlocks({ dtype, m, n }: SumsSize, target: CompileTarget): ColumnBlock[] {
  const lanes = lanesOf(dtype);
  const total = Math.ceil(n / lanes);
  if (total === 0) return [];
  const room = target.relaxed && dtype === "float32" ? REGISTERS : REGISTERS - 1;
  const { tiles: table } = target;
  const tiles = new Map<number, Height>(
    WIDTHS.map((vectors) => [vectors, bestRows(m, vectors, table, room)]),
  );
  const costOfAll = (runs: readonly BlockRun[]) =>
    runs.reduce((sum, { vectors, count }) => sum + count * tiles.get(vectors)!.cost, 0);
  const best = waysToCut(total).reduce((a, b) => (costOfAll(b) <= costOfAll(a) ? b : a));
  const last = n - (total - 1) * lanes;
  const blocks: ColumnBlock[] = [];
  let column = 0;
  const add = (vectors: number, count: number, lastLanes: number) => {
    if (count === 0) return;
    blocks.push({ column, vectors, rows: tiles.get(vectors)!.rows, count, lastLanes });
    column += count * vectors * lanes;
  };
  best.forEach(({ vectors, count }, i) => {
    // The very last vector may not be full; its block then stands alone.
    const cut = i === best.length - 1 && last < lanes ? 1 : 0;
    add(vectors, count - cut, lanes);
    add(vectors, cut, last);
  });
  return blocks;
}

interface BlockRun {
  readonly vectors: number;
  readonly count: number;
}

interface Height {
  readonly rows: number;
  readonly cost: number;
}

/** The cheapest height of tiles that are `vectors` wide. */
function bestRows(m: number, vectors: number, { registers, cost: costOf }: Tiles, room: number) {
  let best: Height = { rows: 1, cost: Infinity };
  for (let rows = 1; registers(rows, vectors) <= room; rows++) {
    const whole = Math.floor(m / rows) * costOf(rows, vectors);
    const cost = whole + (m % rows > 0 ? costOf(m % rows, vectors) : 0);
    // Of equals the taller: B is read less often.
    if (cost <= best.cost) best = { rows, cost };
  }
  return best;
}

/** Every way to make `total` vectors of many blocks of one width and few of another. */
function waysToCut(total: number): BlockRun[][] {
  const ways: BlockRun[][] = [];
  for (const vectors of WIDTHS) {
    const most = Math.floor(total / vectors);
    for (let count = most; count > 0 && count >= most - 3; count--) {
      const rest = total - count * vectors;
      if (rest === 0) ways.push([{ vectors, count }]);
      for (const other of WIDTHS) {
        if (rest === 0 || other === vectors || rest % other > 0) continue;
        ways.push([
          { vectors, count },
          { vectors: other, count: rest / other },
        ]);
      }
    }
  }
  return ways;
}

/**
 * Writes the code of each kind of blocks, of which the number of a unit chooses one.
 * @param unitsOf how many units a kind has
 * @param write is told the number of the unit within its kind
 */
export function chooseBlock(
  f: FunctionBuilder,
  blocks: readonly ColumnBlock[],
  number: Local,
  unitsOf: (block: ColumnBlock) => number,
  write: (block: ColumnBlock, own: Local) => void,
): void {
  let before = 0;
  const choose = ([block, ...rest]: readonly ColumnBlock[]): void => {
    if (!block) return;
    const from = before;
    before += unitsOf(block);
    const body = () => write(block, f.keep(plus(number, -from), "own"));
    if (rest.length === 0) body();
    else f.if(op("i32.lt_u", number, before), body, () => choose(rest));
  };
  choose(blocks);
}
