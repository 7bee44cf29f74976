// The float32 functions against the ops' own definitions, over the whole range.

import { describe, expect, test } from "vitest";
import type { OpName } from "../../../ir/op-table.ts";
import { opOf } from "../../../ops/table.ts";
import { encode, f32x4, load, ModuleBuilder, plus, times } from "../code/index.ts";
import { importsOf } from "../imports.ts";
import { MATH, MAX_ULP, type MathName } from "./index.ts";

const COUNT = 1 << 14;

/** The function over COUNT floats from address 0, results behind them. */
function mapper(name: MathName): (input: Float32Array) => Float32Array {
  const module = new ModuleBuilder();
  const ref = module.function("map", [], null, (f) => {
    f.for(0, COUNT, 4, (i) => {
      const at = f.keep(times(i, 4));
      const x = f.keep(load("v128.load", at));
      const imported = (field: string, arity: number) =>
        module.import(field, new Array<"f64">(arity).fill("f64"), "f64");
      const result = MATH[name]({ f, splat: f32x4, imported }, ...(name === "pow" ? [x, x] : [x]));
      f.store("v128.store", plus(at, 0), result, COUNT * 4);
    });
  });
  module.export("map", ref);
  const memory = new WebAssembly.Memory({ initial: 4 });
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(encode(module)),
    importsOf(module, memory),
  );
  return (input) => {
    new Float32Array(memory.buffer, 0, COUNT).set(input);
    (instance.exports.map as () => void)();
    return new Float32Array(memory.buffer, COUNT * 4, COUNT).slice();
  };
}

function definition(name: MathName): (x: number) => number {
  const { meaning } = opOf(name as OpName);
  if (meaning.kind !== "scalar") throw new Error("expected a scalar meaning");
  return name === "pow" ? (x) => meaning.eval(x, x) : meaning.eval;
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

/** The distance of float32 numbers around `exact`. */
function ulpOf(exact: number): number {
  float[0] = Math.abs(exact);
  if (bits[0]! >= 0x7f800000) return 2 ** 104;
  return Math.max(2 ** -149, 2 ** ((bits[0]! >> 23) - 150));
}

function errorOf(received: number, exact: number): number {
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

/** Every pattern `step` apart of all 2^32, and every one of the numbers near some places. */
function* inputs(): Generator<Float32Array> {
  const words = new Int32Array(COUNT);
  let at = 0;
  for (let pattern = 0; pattern < 2 ** 32; pattern += 8191) {
    words[at++] = pattern | 0;
    if (at === COUNT) {
      yield new Float32Array(words.buffer.slice(0));
      at = 0;
    }
  }
  for (const place of [0, 0.35, 0.5, 0.625, 1, Math.PI / 2, Math.PI, 4, 10, 88.72, 103.9, 1e6]) {
    float[0] = place;
    const middle = bits[0]!;
    for (const sign of [0, -2147483648]) {
      for (let i = 0; i < COUNT; i++) words[i] = Math.max(0, middle - COUNT / 2 + i) | sign;
      yield new Float32Array(words.buffer.slice(0));
    }
  }
}

describe.each(Object.keys(MATH) as MathName[])("%s", (name) => {
  test("is within its bound everywhere", () => {
    const [map, exact] = [mapper(name), definition(name)];
    let worst = { error: 0, x: 0 };
    for (const input of inputs()) {
      const received = map(input);
      for (let i = 0; i < COUNT; i++) {
        const error = errorOf(received[i]!, exact(input[i]!));
        if (error > worst.error) worst = { error, x: input[i]! };
      }
    }
    if (process.env.SHOW_ULP) console.log(name, worst);
    expect(worst.error, `at ${worst.x}`).toBeLessThanOrEqual(MAX_ULP[name]);
  });

  test("on special numbers", () => {
    const special = [0, -0, Infinity, -Infinity, NaN, 1, -1, 1e-45, -1e-45, 1e-39, 3.4e38, -3.4e38];
    const input = new Float32Array(COUNT);
    input.set(special);
    const received = mapper(name)(input);
    special.forEach((x, i) => {
      const right = Math.fround(definition(name)(Math.fround(x)));
      const error = errorOf(received[i]!, definition(name)(Math.fround(x)));
      expect(error, `${name}(${x}) = ${right}, received ${received[i]}`).toBeLessThanOrEqual(
        MAX_ULP[name],
      );
    });
  });
});
