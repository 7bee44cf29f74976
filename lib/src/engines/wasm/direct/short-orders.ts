// Orders of few rows: four of them side by side, one in each lane, whose rows change places in registers.

import {
  type Expr,
  type FunctionBuilder,
  f64x2,
  i32x4,
  type Local,
  lane,
  op,
  plus,
  times,
  toExpr,
} from "../code/index.ts";
import { HIGH_HALVES, HIGH_WORDS_PAIRED, LOW_HALVES, LOW_WORDS_PAIRED } from "../code/shuffles.ts";
import { type ThreefryKey, threefry } from "../kernels/special/random.ts";
import { choices } from "./choices.ts";

export const FEW_ROWS = 4;
const LANES = 4;

export interface ShortOrders {
  /** Where the orders go, one after the other; there is room for three more. */
  readonly rows: Local;
  /** Of an order: 1 to FEW_ROWS. */
  readonly count: Local;
  readonly orders: Local;
  readonly key: ThreefryKey;
  /** The stream of the first order, and how far it is to the next. */
  readonly first: Local;
  readonly step: Local;
}

export function shortOrders(f: FunctionBuilder, options: ShortOrders): void {
  const { rows, count, orders, key, first, step } = options;
  const steps = op("i32x4.mul", op("i32x4.splat", step), i32x4(0, 1, 2, 3));
  const streams = f.keep(op("i32x4.add", op("i32x4.splat", first), steps), "streams");
  const further = f.keep(op("i32x4.splat", times(step, LANES)), "further");
  f.for(0, orders, LANES, () => {
    const row = Array.from({ length: FEW_ROWS }, (_, i) => f.keep(i32x4(i), "row"));
    const downwards = Array.from({ length: FEW_ROWS - 1 }, (_, k) => FEW_ROWS - 1 - k);
    // The first number is the last row's: what is drawn for rows that are not there is nobody's.
    const drawn = downwards.map((i): [Expr, Expr] => [
      op("i32x4.splat", plus(count, -1 - i)),
      toExpr(streams),
    ]);
    const words = threefry(f, key, drawn);
    downwards.forEach((i, k) => {
      const [x, y] = words[k]!;
      f.if(op("i32.gt_s", count, i), () => {
        const places = f.keep(f64x2((i + 1) * 2 ** -53), "places");
        const [low, high] = choices(f, x, y, () => places);
        change(f, row, i, f.keep(lane("i8x16.shuffle", LOW_HALVES, low, high), "chosen"));
      });
    });
    // What is written behind the last row is written over by the next order, or nobody's.
    for (const order of ordersIn(f, row)) {
      f.store("v128.store", rows, order);
      f.set(rows, plus(rows, times(count, 4)));
    }
    f.set(streams, op("i32x4.add", streams, further));
  });
}

/** In each lane, the row at i changes places with the one that is chosen there. */
function change(f: FunctionBuilder, row: readonly Local[], i: number, chosen: Local): void {
  const before = f.keep(toExpr(row[i]!), "before");
  for (let other = 0; other < i; other++) {
    const is = f.keep(op("i32x4.eq", chosen, i32x4(other)), "is");
    f.set(row[i]!, op("v128.bitselect", row[other]!, row[i]!, is));
    f.set(row[other]!, op("v128.bitselect", before, row[other]!, is));
  }
}

/** The four orders whose rows stand in the lanes of four vectors. */
function ordersIn(f: FunctionBuilder, [a, b, c, d]: readonly Local[]): Expr[] {
  const pair = (lanes: readonly number[], one: Local, other: Local) =>
    f.keep(lane("i8x16.shuffle", lanes, one, other), "pair");
  const pairs = [LOW_WORDS_PAIRED, HIGH_WORDS_PAIRED].map(
    (lanes) => [pair(lanes, a!, b!), pair(lanes, c!, d!)] as const,
  );
  return pairs.flatMap(([one, other]) =>
    [LOW_HALVES, HIGH_HALVES].map((halves) => lane("i8x16.shuffle", halves, one, other)),
  );
}
