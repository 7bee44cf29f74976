// How the columns of a product are cut into tiles that fit the registers.

import { type FunctionBuilder, type Local, type Operand, op, plus } from "../../code/index.ts";
import type { CompileTarget, Tiles } from "../kernel.ts";
import { type Accumulated, lanesOf } from "./sums.ts";

/** Neighbouring columns that one unit computes, as vectors, by tiles of `rows` rows. */
export interface ColumnBlock {
  readonly column: number;
  readonly vectors: number;
  /** At most as many as there are. */
  readonly rows: number;
  /** How many blocks of this width lie side by side. */
  readonly count: number;
  /** How many columns of the last of them are valid. */
  readonly lastColumns: number;
}

/** The sums of a product: m rows, n columns. */
export interface SumsSize {
  readonly dtype: Accumulated;
  readonly m: number;
  readonly n: number;
  /** Panels of these columns stay, for products of any number of rows: all have blocks of the same widths. */
  readonly kept?: unknown;
}

/** Blocks that suit so many rows suit more as well. */
const MANY_ROWS = 48;

/** Vector registers of a tile, one of sixteen being the compiler's own. */
const REGISTERS = 15;

/** The vectors that hold n columns: an even number where they are paired. */
export function vectorsOf({ dtype, n }: Omit<SumsSize, "m">, { tiles }: CompileTarget): number {
  const lanes = lanesOf(dtype);
  return tiles.paired ? 2 * Math.ceil(n / (2 * lanes)) : Math.ceil(n / lanes);
}

/**
 * Blocks of columns, of two widths at most. What a tile keeps in registers must fit them; there is one
 * less where a product needs a place before it is added.
 */
export function columnBlocks(
  { dtype, m, n, kept }: SumsSize,
  target: CompileTarget,
): ColumnBlock[] {
  const lanes = lanesOf(dtype);
  const total = vectorsOf({ dtype, n }, target);
  if (total === 0 || m === 0) return [];
  const room = target.relaxed && dtype === "float32" ? REGISTERS : REGISTERS - 1;
  const { tiles: table } = target;
  const heightsFor = (rows: number) =>
    new Map<number, Height>(
      table.widths.map((vectors) => [vectors, bestRows(rows, vectors, table, room)]),
    );
  const tiles = heightsFor(m);
  const typical = kept ? heightsFor(MANY_ROWS) : tiles;
  const costOfAll = (runs: readonly BlockRun[]) =>
    runs.reduce((sum, { vectors, count }) => sum + count * typical.get(vectors)!.cost, 0);
  const best = waysToCut(total, table.widths).reduce((a, b) =>
    costOfAll(b) <= costOfAll(a) ? b : a,
  );
  let column = 0;
  return best.map(({ vectors, count }) => {
    const [start, width] = [column, vectors * lanes];
    column += count * width;
    const lastColumns = width - Math.max(0, column - n);
    return { column: start, vectors, rows: tiles.get(vectors)!.rows, count, lastColumns };
  });
}

/** How many columns from the first column of a block on are valid: all of it, unless it is the last. */
export function validColumns(
  f: FunctionBuilder,
  { vectors, count, lastColumns }: ColumnBlock,
  { dtype, n }: Omit<SumsSize, "m">,
  column: Operand,
): Operand {
  const width = vectors * lanesOf(dtype);
  const isKnown = count === 1 || lastColumns === width;
  return isKnown ? lastColumns : f.min(op("i32.sub", n, column), width, "columns");
}

/** A number of blocks of one width. */
interface BlockRun {
  readonly vectors: number;
  readonly count: number;
}

interface Height {
  readonly rows: number;
  readonly cost: number;
}

/** The cheapest height of tiles that are `vectors` wide; the last one may overlap the one before it. */
function bestRows(m: number, vectors: number, { registers, cost: costOf }: Tiles, room: number) {
  let best: Height = { rows: 1, cost: Infinity };
  for (let rows = 1; rows <= m && registers(rows, vectors) <= room; rows++) {
    const cost = Math.ceil(m / rows) * costOf(rows, vectors);
    // Of equals the taller: B is read less often.
    if (cost <= best.cost) best = { rows, cost };
  }
  return best;
}

/** Every way to make `total` vectors of many blocks of one width and few of another. */
function waysToCut(total: number, widths: readonly number[]): BlockRun[][] {
  const ways: BlockRun[][] = [];
  for (const vectors of widths) {
    const most = Math.floor(total / vectors);
    for (let count = most; count > 0 && count >= most - 3; count--) {
      const rest = total - count * vectors;
      if (rest === 0) ways.push([{ vectors, count }]);
      for (const other of widths) {
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
