// The order of many rows, in memory, by random numbers of which many are drawn by turns.

import {
  type Expr,
  type FunctionBuilder,
  f64x2,
  i32x4,
  type Local,
  lane,
  load,
  op,
  plus,
  times,
  toExpr,
} from "../code/index.ts";
import { type ThreefryKey, threefry } from "../kernels/special/random.ts";
import { choices, SHARE } from "./choices.ts";

const LANES = 4;
/** So many times four numbers are drawn by turns. */
const GROUPS = 3;
/** The doubles 0 and 1. */
const ZERO_ONE = i32x4(0, 0, 0, 0x3ff00000);

export interface LongOrder {
  /** Where the order goes; there is room for three rows more. */
  readonly rows: Local;
  readonly count: Local;
  readonly key: ThreefryKey;
  readonly stream: Local;
}

/** Fisher and Yates, from the last row down: each changes places with one of those up to it. */
export function longOrder(f: FunctionBuilder, { rows, count, key, stream }: LongOrder): void {
  const numbers = f.keep(i32x4(0, 1, 2, 3), "numbers");
  // What is written behind the last row is written over by the next order, or nobody's.
  f.for(0, count, LANES, (i) => {
    f.store("v128.store", plus(rows, times(i, 4)), numbers);
    f.set(numbers, op("i32x4.add", numbers, i32x4(LANES)));
  });
  const all = GROUPS * LANES;
  /** The next rows to change places are the last of so many that begin here. */
  const from = f.keep(plus(rows, times(plus(count, -all), 4)), "from");
  const counter = f.keep(i32x4(0, 1, 2, 3), "counter");
  const streams = f.keep(op("i32x4.splat", stream), "streams");
  const start = f.keep(op("i32x4.splat", rows), "start");
  // So many places the next two have to choose from.
  const splat = op("f64x2.splat", op("f64.convert_i32_s", count));
  const places = f.keep(op("f64x2.mul", op("f64x2.sub", splat, ZERO_ONE), SHARE), "places");
  const nextPlaces = () => {
    const these = f.keep(toExpr(places), "these");
    f.set(places, op("f64x2.sub", places, f64x2(2 * 2 ** -53)));
    return these;
  };
  /** Where the rows are that the next ones change places with, two by two. */
  const draw = (): Local[] => {
    const counters = Array.from({ length: GROUPS }, (_, i): [Expr, Expr] => [
      op("i32x4.add", counter, i32x4(i * LANES)),
      toExpr(streams),
    ]);
    const words = threefry(f, key, counters);
    f.set(counter, op("i32x4.add", counter, i32x4(GROUPS * LANES)));
    return words
      .flatMap(([x, y]) => choices(f, x, y, nextPlaces))
      .map((chosen) => f.keep(op("i32x4.add", start, op("i32x4.shl", chosen, 2)), "address"));
  };
  const swap = (drawn: readonly Local[], i: number) => {
    const other = f.keep(lane("i32x4.extract_lane", i % 2, drawn[i >> 1]!), "other");
    const own = 4 * (all - 1 - i);
    const held = f.keep(load("i32.load", from, own), "held");
    f.store("i32.store", from, load("i32.load", other), own);
    f.store("i32.store", other, held);
  };
  const areMoreThan = (left: number) => op("i32.gt_s", from, plus(rows, 4 * (left - all)));
  f.while(
    () => areMoreThan(all),
    () => {
      const drawn = draw();
      for (let i = 0; i < all; i++) swap(drawn, i);
      f.set(from, plus(from, -4 * all));
    },
  );
  const rest = (drawn: readonly Local[], i: number): void => {
    if (i + 1 === all) return;
    f.if(areMoreThan(i + 1), () => {
      swap(drawn, i);
      rest(drawn, i + 1);
    });
  };
  f.if(areMoreThan(1), () => rest(draw(), 0));
}
