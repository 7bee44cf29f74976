// Products of small float32 matrices of any shape: one Wasm function, to the bits of kernels/matmul.

import type { NdArray } from "../../../ops/define.ts";
import {
  encode,
  type FunctionBuilder,
  f32x4,
  type Local,
  load,
  ModuleBuilder,
  type Operand,
  op,
  plus,
  times,
} from "../code/index.ts";
import { ALIGNMENT, SLACK } from "../memory/blocks.ts";
import type { EngineMemory } from "../memory/memory.ts";

/** Addresses of a [m, k], b [k, n] and of their product, then m, k, n. */
type Multiply = (a: number, b: number, to: number, m: number, k: number, n: number) => void;

const PARAMS = ["a", "b", "to", "m", "k", "n"].map((name) => ({ name, type: "i32" }) as const);
/** Vectors of columns that one round computes, and what is left by one. */
const WIDTHS = [4, 1];

export class Products {
  readonly #memory: EngineMemory;
  readonly #multiply: Multiply;

  /** @param relaxed multiplies and adds with one rounding where the processor can, as kernels do */
  constructor(memory: EngineMemory, relaxed: boolean) {
    this.#memory = memory;
    const module = moduleOf(relaxed, memory.isShared);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(encode(module)), {
      env: { memory: memory.memory },
    });
    this.#multiply = instance.exports["multiply"] as Multiply;
  }

  /** [..., m, k] times [..., k, n]. */
  run(a: NdArray, b: NdArray): Float32Array {
    const [m, k] = a.shape.slice(-2) as [number, number];
    const n = b.shape.at(-1)!;
    const count = k === 0 ? 0 : a.data.length / k / Math.max(m, 1);
    const [left, right] = [room(a.data.length), room(b.data.length)];
    const size = a.shape.slice(0, -2).reduce((product, dim) => product * dim, m * n);
    const start = this.#memory.arena(left + right + room(size));
    this.#memory.view("float32", start, a.data.length).set(a.data);
    this.#memory.view("float32", start + left, b.data.length).set(b.data);
    const out = start + left + right;
    for (let i = 0; i < count; i++) {
      const [from, by] = [start + i * m * k * 4, start + left + i * k * n * 4];
      this.#multiply(from, by, out + i * m * n * 4, m, k, n);
    }
    if (count === 0) return new Float32Array(size);
    return this.#memory.view("float32", out, size).slice() as Float32Array;
  }
}

/** Bytes for so many elements, with what vectors read and write behind them. */
function room(elements: number): number {
  return Math.ceil((elements * 4 + SLACK) / ALIGNMENT) * ALIGNMENT;
}

function moduleOf(relaxed: boolean, sharedMemory: boolean): ModuleBuilder {
  const module = new ModuleBuilder({ sharedMemory });
  const ref = module.function("multiply", PARAMS, null, (f) => {
    const [a, b, to, m, k, n] = f.params as [Local, Local, Local, Local, Local, Local];
    const step = f.keep(times(n, 4), "step");
    f.for(0, m, 1, (i) => {
      const row = f.keep(plus(a, times(op("i32.mul", i, k), 4)), "row");
      const line = f.keep(plus(to, op("i32.mul", i, step)), "line");
      const j = f.keep(0, "j");
      // The last vector of a line may reach into the next, which is written later.
      for (const width of WIDTHS) {
        const end = width === 1 ? n : f.keep(op("i32.sub", n, width * 4 - 1));
        f.while(
          () => op("i32.lt_s", j, end),
          () => {
            const at = f.keep(times(j, 4), "at");
            columns(f, { row, k, from: f.keep(plus(b, at)), step, to: plus(line, at) }, width);
            f.set(j, plus(j, width * 4));
          },
        );
      }
    });
  });
  module.export("multiply", ref);
  return module;

  interface Columns {
    readonly row: Local;
    readonly k: Local;
    readonly from: Local;
    readonly step: Local;
    readonly to: Operand;
  }

  /** For each element one chain of products and sums, from 0 on, in the order of k. */
  function columns(f: FunctionBuilder, { row, k, from, step, to }: Columns, width: number): void {
    const sums = Array.from({ length: width }, () => f.keep(f32x4(0), "sum"));
    const left = f.keep(row, "left");
    const right = f.keep(from, "right");
    f.for(0, k, 1, () => {
      const factor = f.keep(load("v128.load32_splat", left), "factor");
      sums.forEach((sum, v) => {
        const other = load("v128.load", right, v * 16);
        f.set(
          sum,
          relaxed
            ? op("f32x4.relaxed_madd", factor, other, sum)
            : op("f32x4.add", sum, op("f32x4.mul", factor, other)),
        );
      });
      f.set(left, plus(left, 4));
      f.set(right, op("i32.add", right, step));
    });
    const target = f.keep(to, "target");
    sums.forEach((sum, v) => {
      f.store("v128.store", target, sum, v * 16);
    });
  }
}
