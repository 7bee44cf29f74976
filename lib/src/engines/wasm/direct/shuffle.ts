// The orders of examples of some epochs: the very numbers of Rng.shuffle(), four at a time.

import {
  type Expr,
  encode,
  type FunctionBuilder,
  f64x2,
  i32x4,
  type Local,
  lane,
  load,
  ModuleBuilder,
  op,
  plus,
  times,
  toExpr,
} from "../code/index.ts";
import { HIGH_HALF_TWICE } from "../code/shuffles.ts";
import { keysOf, threefry } from "../kernels/special/random.ts";
import { ALIGNMENT, SLACK } from "../memory/blocks.ts";
import type { EngineMemory } from "../memory/memory.ts";

/** Where the orders go, how long one is and how many there are; the key; stream of the first, and from one to the next. */
type Shuffle = (
  to: number,
  count: number,
  orders: number,
  high: number,
  low: number,
  stream: number,
  step: number,
) => void;

const PARAMS = ["to", "count", "orders", "high", "low", "stream", "step"].map(
  (name) => ({ name, type: "i32" }) as const,
);
const LANES = 4;

export class Shuffles {
  readonly #memory: EngineMemory;
  readonly #shuffle: Shuffle;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    const module = moduleOf(memory.isShared);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(encode(module)), {
      env: { memory: memory.memory },
    });
    this.#shuffle = instance.exports["shuffle"] as Shuffle;
  }

  /** Fills `orders` with orders of `count` rows, one after the other; see Engine.shuffle. */
  run(orders: Int32Array, count: number, seed: number, stream: number, step: number): void {
    if (orders.length === 0) return;
    const bytes = Math.ceil((orders.byteLength + SLACK) / ALIGNMENT) * ALIGNMENT;
    const to = this.#memory.arena(bytes);
    const high = Math.floor(seed / 2 ** 32) | 0;
    this.#shuffle(to, count, orders.length / count, high, seed | 0, stream, step);
    orders.set(this.#memory.view("int32", to, orders.length));
  }
}

function moduleOf(sharedMemory: boolean): ModuleBuilder {
  const module = new ModuleBuilder({ sharedMemory });
  const ref = module.function("shuffle", PARAMS, null, (f) => {
    const [to, count, orders, high, low, first, step] = f.params as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const keys = keysOf(f, op("i32x4.splat", high), op("i32x4.splat", low));
    const rows = f.keep(to, "rows");
    const stream = f.keep(first, "stream");
    f.for(0, orders, 1, () => {
      const numbers = f.keep(i32x4(0, 1, 2, 3), "numbers");
      // What is written behind the last row is written over by the next order, or nobody's.
      f.for(0, count, LANES, (i) => {
        f.store("v128.store", plus(rows, times(i, 4)), numbers);
        f.set(numbers, op("i32x4.add", numbers, i32x4(LANES)));
      });
      exchange(f, rows, count, keys, stream);
      f.set(rows, plus(rows, times(count, 4)));
      f.set(stream, plus(stream, step));
    });
  });
  module.export("shuffle", ref);
  return module;
}

/** Fisher and Yates, from the last row down: the row at i changes places with one of those up to it. */
function exchange(
  f: FunctionBuilder,
  rows: Local,
  count: Local,
  keys: readonly Local[],
  stream: Local,
): void {
  const i = f.keep(plus(count, -1), "i");
  const counter = f.keep(i32x4(0, 1, 2, 3), "counter");
  const four = () => {
    const words = threefry(f, keys, toExpr(counter), op("i32x4.splat", stream));
    f.set(counter, op("i32x4.add", counter, i32x4(LANES)));
    const limits = op("i32x4.sub", op("i32x4.splat", i), i32x4(-1, 0, 1, 2));
    const parts = [op("i32x4.shr_u", words[0], 5), op("i32x4.shr_u", words[1], 6), limits];
    const low = parts.map((part) => f.keep(part));
    const high = low.map((part) => lane("i8x16.shuffle", HIGH_HALF_TWICE, part, part));
    return [below(f, low.map(toExpr)), below(f, high)];
  };
  const swap = (chosen: Local, at: 0 | 1) => {
    const last = f.keep(plus(rows, times(i, 4)), "last");
    const other = f.keep(plus(rows, times(lane("i32x4.extract_lane", at, chosen), 4)), "other");
    const held = f.keep(load("i32.load", last), "held");
    f.store("i32.store", last, load("i32.load", other));
    f.store("i32.store", other, held);
    f.set(i, plus(i, -1));
  };
  f.while(
    () => op("i32.ge_s", i, LANES),
    () => {
      for (const two of four()) for (const at of [0, 1] as const) swap(two, at);
    },
  );
  const rest = ([two, ...more]: readonly Local[], at: 0 | 1): void => {
    if (!two) return;
    f.if(op("i32.gt_s", i, 0), () => {
      swap(two, at);
      if (at === 0) rest([two, ...more], 1);
      else rest(more, 0);
    });
  };
  f.if(op("i32.gt_s", i, 0), () => rest(four(), 0));
}

/** Two whole numbers from 0 to below a limit each, out of the upper 27 and the lower 26 bits of a share of it. */
function below(f: FunctionBuilder, words: readonly Expr[]): Local {
  const [upper, lower, limit] = words.map((word) => op("f64x2.convert_low_i32x4_s", word));
  const bits = op("f64x2.add", op("f64x2.mul", upper!, f64x2(2 ** 26)), lower!);
  const share = op("f64x2.mul", bits, f64x2(2 ** -53));
  return f.keep(op("i32x4.trunc_sat_f64x2_s_zero", op("f64x2.mul", share, limit!)), "chosen");
}
