// The orders of examples of some epochs: the very numbers of Rng.shuffle(), four at a time.

import { encode, type Local, ModuleBuilder, op, plus, times } from "../code/index.ts";
import { threefryKey } from "../kernels/special/random.ts";
import { ALIGNMENT, SLACK } from "../memory/blocks.ts";
import type { EngineMemory } from "../memory/memory.ts";
import { longOrder } from "./long-orders.ts";
import { FEW_ROWS, shortOrders } from "./short-orders.ts";

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
    // Short orders are made by fours: there may be three more.
    const written = orders.byteLength + 3 * FEW_ROWS * 4;
    const bytes = Math.ceil((written + SLACK) / ALIGNMENT) * ALIGNMENT;
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
    const key = threefryKey(f, op("i32x4.splat", high), op("i32x4.splat", low));
    const rows = f.keep(to, "rows");
    f.if(
      op("i32.le_s", count, FEW_ROWS),
      () => shortOrders(f, { rows, count, orders, key, first, step }),
      () => {
        const stream = f.keep(first, "stream");
        f.for(0, orders, 1, () => {
          longOrder(f, { rows, count, key, stream });
          f.set(rows, plus(rows, times(count, 4)));
          f.set(stream, plus(stream, step));
        });
      },
    );
  });
  module.export("shuffle", ref);
  return module;
}
