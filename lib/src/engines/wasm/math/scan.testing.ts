// Runs a float32 function over arrays of numbers, and measures its errors in units in the last place.

import type { OpName } from "../../../ir/op-table.ts";
import { opOf } from "../../../ops/table.ts";
import { encode, f32x4, i32x4, load, ModuleBuilder, plus, times } from "../code/index.ts";
import { importsOf } from "../compiler/imports.ts";
import { MATH, type MathName } from "./index.ts";

/** How many numbers a mapper takes at once. */
export const COUNT = 1 << 14;

const BINARY: ReadonlySet<MathName> = new Set(["pow", "mod", "atan2"]);

/** The function over COUNT floats, or COUNT pairs; without second operands each is its own. */
export function mapper(name: MathName): (a: Float32Array, b?: Float32Array) => Float32Array {
  const module = new ModuleBuilder();
  const ref = module.function("map", [], null, (f) => {
    f.for(0, COUNT, 4, (i) => {
      const at = f.keep(times(i, 4));
      const a = f.keep(load("v128.load", at));
      const b = f.keep(load("v128.load", at, COUNT * 8));
      const imported = (field: string, arity: number) =>
        module.import(field, new Array<"f64">(arity).fill("f64"), "f64");
      const operands = BINARY.has(name) ? [a, b] : [a];
      const result = MATH[name]!({ f, splat: f32x4, word: i32x4, imported }, ...operands);
      f.store("v128.store", plus(at, 0), result, COUNT * 4);
    });
  });
  module.export("map", ref);
  const memory = new WebAssembly.Memory({ initial: 4 });
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(encode(module)),
    importsOf(module, memory),
  );
  const part = (index: number) => new Float32Array(memory.buffer, index * COUNT * 4, COUNT);
  return (a, b = a) => {
    part(0).set(a);
    part(2).set(b);
    (instance.exports.map as () => void)();
    return part(1).slice();
  };
}

/** What the op's block says of two numbers in double precision; functions of one take the first. */
export function definition(name: MathName): (a: number, b: number) => number {
  const { meaning } = opOf(name as OpName);
  if (meaning.kind !== "scalar") throw new Error("expected a scalar meaning");
  return meaning.eval;
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

/** The bits of a float32 number as a whole number, in order of size for numbers above 0. */
export function bitsOf(x: number): number {
  float[0] = x;
  return bits[0]!;
}

/** The distance of float32 numbers around `exact`. */
function ulpOf(exact: number): number {
  float[0] = Math.abs(exact);
  if (bits[0]! >= 0x7f800000) return 2 ** 104;
  return Math.max(2 ** -149, 2 ** ((bits[0]! >> 23) - 150));
}

/** In units in the last place of the exact result; subnormal results count in their own steps. */
export function errorOf(received: number, exact: number): number {
  const rounded = Math.fround(exact);
  if (Object.is(received, rounded)) return 0;
  if (Number.isNaN(exact) || Number.isNaN(received)) return Infinity;
  if (!Number.isFinite(received) || !Number.isFinite(rounded)) {
    // One of them overflowed: near the largest number that is a rounding.
    return Math.abs(exact) > 3.4028233e38 && Math.abs(exact) < 3.4028236e38 ? 1 : Infinity;
  }
  if (received === 0 && rounded === 0) return Infinity; // the sign of zero
  return Math.abs(received - exact) / ulpOf(exact);
}
