// The assembler: what it writes runs, and what does not fit is refused.

import { expect, test } from "vitest";
import {
  encode,
  FunctionBuilder,
  f32,
  f32x4,
  i64,
  instruction,
  lane,
  load,
  ModuleBuilder,
  moduleText,
  op,
  plus,
  select,
  times,
} from "./index.ts";

function instance(module: ModuleBuilder, imports: Record<string, unknown> = {}) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const made = new WebAssembly.Module(encode(module));
  const { exports } = new WebAssembly.Instance(made, {
    env: { memory, ...imports },
  } as WebAssembly.Imports);
  return { memory, exports: exports as Record<string, (...args: number[]) => number> };
}

/** sum of n floats from address 0, in vectors of 4, by a helper that is called. */
function summing(): ModuleBuilder {
  const module = new ModuleBuilder();
  const add = module.function(
    "add",
    [
      { name: "a", type: "v128" },
      { name: "b", type: "v128" },
    ],
    "v128",
    (f) => {
      f.result = op("f32x4.add", f.params[0]!, f.params[1]!);
    },
  );
  const sum = module.function("sum", [{ name: "n", type: "i32" }], "f32", (f) => {
    const total = f.keep(f32x4(0), "total");
    f.for(0, f.params[0]!, 4, (i) => {
      f.set(total, {
        kind: "call",
        type: "v128",
        target: add,
        args: [op("v128.or", total, f32x4(0)), load("v128.load", times(i, 4))],
      });
    });
    const lanes = [0, 1, 2, 3].map((l) => lane("f32x4.extract_lane", l, total));
    f.result = lanes.reduce((a, b) => op("f32.add", a, b));
  });
  module.export("sum", sum);
  return module;
}

test("a loop over vectors with a call", () => {
  const { memory, exports } = instance(summing());
  new Float32Array(memory.buffer).set([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(exports.sum!(8)).toBe(36);
  expect(exports.sum!(4)).toBe(10);
  expect(exports.sum!(0)).toBe(0);
});

test("numbers of every size", () => {
  for (const value of [
    0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, -8193, 2147483647, -2147483648,
  ]) {
    const module = new ModuleBuilder();
    module.export(
      "f",
      module.function("f", [], "i32", (f) => {
        f.result = op("i32.wrap_i64", op("i64.add", i64(value), i64(0)));
      }),
    );
    module.export(
      "g",
      module.function("g", [], "i32", (f) => {
        f.result = plus(value, 0);
      }),
    );
    const { exports } = instance(module);
    expect([exports.f!(), exports.g!()]).toEqual([value, value]);
  }
});

test("conditions, globals, imports, lanes", () => {
  const module = new ModuleBuilder();
  const count = module.global("count", "i32", 40);
  const twice = module.import("twice", ["f64"], "f64");
  module.export(
    "f",
    module.function("f", [{ name: "x", type: "f64" }], "f64", (f) => {
      const [x] = f.params as [(typeof f.params)[0] & object];
      f.if(
        op("f64.lt", x, { kind: "const", type: "f64", value: 0 }),
        () => f.set(count, plus(count, 1)),
        () => f.set(count, plus(count, 2)),
      );
      f.store("v128.store64_lane", 0, f32x4(3), 8, 1);
      const t = select(op("i32.eq", count, 41), op("f64.neg", x), x);
      f.result = op(
        "f64.add",
        { kind: "call", type: "f64", target: twice, args: [t] },
        op("f64.promote_f32", load("f32.load", 0, 12)),
      );
    }),
  );
  const { exports } = instance(module, { twice: (x: number) => 2 * x });
  expect(exports.f!(-5)).toBe(13);
  expect(exports.f!(5)).toBe(13);
});

test("loops that may not run", () => {
  const module = new ModuleBuilder();
  module.export(
    "f",
    module.function("f", [{ name: "n", type: "i32" }], "i32", (f) => {
      const n = f.params[0]!;
      const total = f.local("i32", "total");
      f.for(3, 3, 1, () => f.do(op("unreachable")));
      f.while(
        () => op("i32.gt_s", n, 0),
        () => {
          f.set(total, plus(total, n));
          f.set(n, op("i32.sub", n, 1));
        },
      );
      f.result = plus(total, 0);
    }),
  );
  const { exports } = instance(module);
  expect([0, 1, 4].map((n) => exports.f!(n))).toEqual([0, 1, 10]);
});

test("text", () => {
  expect(moduleText(summing())).toMatchInlineSnapshot(`
    "(module
      (import "env" "memory" (memory 0))
      (func $add (param $a0 v128) (param $b1 v128) (result v128)
        (f32x4.add (local.get $a0) (local.get $b1)))
      (func $sum (param $n0 i32) (result f32)
        (local $total1 v128)
        (local $i2 i32)
        (local.set $total1 (v128.const i32x4 0 0 0 0))
        (local.set $i2 (i32.const 0))
        (if
          (i32.lt_s (local.get $i2) (local.get $n0))
          (then
            (loop $again
              (local.set $total1
                (call $add
                  (v128.or (local.get $total1) (v128.const i32x4 0 0 0 0))
                  (v128.load (i32.shl (local.get $i2) (i32.const 2)))))
              (local.set $i2 (i32.add (local.get $i2) (i32.const 4)))
              (br_if $again (i32.lt_s (local.get $i2) (local.get $n0))))))
        (f32.add
          (f32.add
            (f32.add
              (f32x4.extract_lane 0 (local.get $total1))
              (f32x4.extract_lane 1 (local.get $total1)))
            (f32x4.extract_lane 2 (local.get $total1)))
          (f32x4.extract_lane 3 (local.get $total1))))
      (export "sum" (func $sum)))
    "
  `);
});

test("what does not fit is refused", () => {
  expect(() => op("f32.add", f32(1), 2)).toThrow("wasm: f32.add expects f32 f32, received f32 i32");
  expect(() => op("f32.plus", f32(1))).toThrow("wasm: unknown instruction f32.plus");
  const f = new FunctionBuilder("f", []);
  expect(() => f.set(f.local("i32"), f32(1))).toThrow("wasm: t is i32, received f32");
  expect(() => f.do(f32(1))).toThrow("wasm: a statement leaves no value");
  const module = new ModuleBuilder();
  module.function("f", [], null, (g) => g.store("v128.store8_lane", 0, f32x4(0)));
  expect(() => encode(module)).toThrow("wasm: v128.store8_lane expects 1 lane numbers, received 0");
  expect(instruction("memory.fill", [0, 0, 0], 0, []).type).toBe(null);
});
