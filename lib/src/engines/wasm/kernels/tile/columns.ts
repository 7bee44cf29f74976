// How the columns of a product are cut into tiles that fit the registers.

import { type FunctionBuilder, type Local, op, plus } from "../../code/index.ts";
import type { Target, Tiles } from "../kernel.ts";
import { type Accumulated, lanesOf } from "./sums.ts";

/** Neighbouring columns that one unit computes, as vectors, by tiles of so many rows. */
export interface ColumnGroup {
  readonly column: number;
  readonly vectors: number;
  readonly rows: number;
  /** How many such groups stand side by side. */
  readonly count: number;
  /** Valid lanes of the last vector. */
  readonly lastLanes: number;
}

/** The sums of a product: m rows, n columns. */
export interface Extent {
  readonly dtype: Accumulated;
  readonly m: number;
  readonly n: number;
}

/** Vectors of a tile, the better ones last. */
const WIDTHS = [1, 4, 2, 3] as const;

/** Vector registers of a tile, one of sixteen being the compiler's own. */
const REGISTERS = 15;

/**
 * Groups of columns, of two widths at most. What a tile keeps in registers must fit them; there is one
 * less where a product needs a place before it is added.
 */
export function columnGroups({ dtype, m, n }: Extent, target: Target): ColumnGroup[] {
  const lanes = lanesOf(dtype);
  const total = Math.ceil(n / lanes);
  if (total === 0) return [];
  const room = target.relaxed && dtype === "float32" ? REGISTERS : REGISTERS - 1;
  const { tiles: table } = target;
  const tiles = new Map<number, Height>(
    WIDTHS.map((vectors) => [vectors, bestRows(m, vectors, table, room)]),
  );
  const costOfAll = (runs: readonly Run[]) =>
    runs.reduce((sum, { vectors, count }) => sum + count * tiles.get(vectors)!.cost, 0);
  const best = waysToCut(total).reduce((a, b) => (costOfAll(b) <= costOfAll(a) ? b : a));
  const last = n - (total - 1) * lanes;
  const groups: ColumnGroup[] = [];
  let column = 0;
  const add = (vectors: number, count: number, lastLanes: number) => {
    if (count === 0) return;
    groups.push({ column, vectors, rows: tiles.get(vectors)!.rows, count, lastLanes });
    column += count * vectors * lanes;
  };
  best.forEach(({ vectors, count }, i) => {
    // The very last vector may not be full; its group then stands alone.
    const cut = i === best.length - 1 && last < lanes ? 1 : 0;
    add(vectors, count - cut, lanes);
    add(vectors, cut, last);
  });
  return groups;
}

interface Run {
  readonly vectors: number;
  readonly count: number;
}

interface Height {
  readonly rows: number;
  readonly cost: number;
}

/** The cheapest height of tiles of so many vectors. */
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

/** Every way to make `total` vectors of many groups of one width and few of another. */
function waysToCut(total: number): Run[][] {
  const ways: Run[][] = [];
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
 * Writes the code of each kind of groups, of which the number of a unit chooses one.
 * @param unitsOf how many units a kind has
 * @param write is told the number of the unit within its kind
 */
export function chooseGroup(
  f: FunctionBuilder,
  groups: readonly ColumnGroup[],
  number: Local,
  unitsOf: (group: ColumnGroup) => number,
  write: (group: ColumnGroup, own: Local) => void,
): void {
  let before = 0;
  const choose = ([group, ...rest]: readonly ColumnGroup[]): void => {
    if (!group) return;
    const from = before;
    before += unitsOf(group);
    const body = () => write(group, f.keep(plus(number, -from), "own"));
    if (rest.length === 0) body();
    else f.if(op("i32.lt_u", number, before), body, () => choose(rest));
  };
  choose(groups);
}
