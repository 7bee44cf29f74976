/** The most that multiply-adds give here, of vectors of 128 bits and of pairs of them that V8 joins to 256. */

import { hasRelaxedSimd } from "../../lib/dist/engines/index.js";
import { encode, f32x4, load, ModuleBuilder, op } from "../../lib/dist/engines/wasm/code/index.js";
import { Absent, runPeer } from "./program.mjs";

const madd = (a, b, sum) =>
  hasRelaxedSimd()
    ? op("f32x4.relaxed_madd", a, b, sum)
    : op("f32x4.add", sum, op("f32x4.mul", a, b));

/** Independent sums, so that none waits for its last addition: a loop that touches no memory. */
const SUMS = 12;

/** @returns {(times: number) => void} */
function registers() {
  return compiled((f) => {
    const [a, b] = [f.keep(f32x4(0.999), "a"), f.keep(f32x4(1e-3), "b")];
    const sums = Array.from({ length: SUMS }, () => f.keep(f32x4(0), "sum"));
    f.for(0, f.params[0], 1, () => {
      for (const sum of sums) f.set(sum, madd(a, b, sum));
    });
    const total = sums.reduce((x, y) => op("f32x4.add", x, y));
    f.result = op("f32.convert_i32_s", op("v128.any_true", total));
  });
}

/** Rows by vectors of the tile that fills 16 registers of 256 bits: 12 of sums, 2 of a row of b, 1 of a. */
const ROWS = 6;
const VECTORS = 4;
/** Steps of a tile: what they read, 40 bytes a step, stays in the first cache. */
const STEPS = 256;

/**
 * A tile of a product, as V8 joins it: what is 16 bytes apart is read from one address and stored to one address, the
 * second half first.
 * @returns {(times: number) => void}
 */
function tile() {
  return compiled((f) => {
    f.for(0, f.params[0], 1, () => {
      const sums = Array.from({ length: ROWS * VECTORS }, () => f.keep(f32x4(0), "sum"));
      const left = f.keep(0, "left");
      const right = f.keep(4 * ROWS * STEPS, "right");
      f.for(0, STEPS, 1, () => {
        const row = Array.from({ length: VECTORS }, (_, v) =>
          f.keep(load("v128.load", right, 16 * v), "b"),
        );
        for (let m = 0; m < ROWS; m++) {
          const a = f.keep(load("v128.load32_splat", left, 4 * m), "a");
          row.forEach((b, v) => f.set(sums[m * VECTORS + v], madd(a, b, sums[m * VECTORS + v])));
        }
        f.set(left, op("i32.add", left, 4 * ROWS));
        f.set(right, op("i32.add", right, 16 * VECTORS));
      });
      const out = f.keep(60_000, "out");
      for (let v = 0; v < sums.length; v += 2) {
        f.store("v128.store", out, sums[v + 1], 16 * (v + 1));
        f.store("v128.store", out, sums[v], 16 * v);
      }
    });
    f.result = op("f32.convert_i32_s", 0);
  });
}

function compiled(body) {
  const module = new ModuleBuilder();
  const run = module.function("run", [{ name: "times", type: "i32" }], "f32", body);
  module.export("run", run);
  const env = { memory: new WebAssembly.Memory({ initial: 1 }) };
  return new WebAssembly.Instance(new WebAssembly.Module(encode(module)), { env }).exports.run;
}

/** Multiply-adds of single numbers a millisecond, the best of a few tries. */
function speedOf(run, each, times) {
  const tries = Array.from({ length: 6 }, () => {
    const start = performance.now();
    run(times);
    return (each * times) / (performance.now() - start);
  });
  return Math.max(...tries);
}

const KERNELS = {
  128: { make: registers, each: SUMS * 4, note: "" },
  256: { make: tile, each: ROWS * VECTORS * 4 * STEPS, note: " on pairs of vectors" },
};

const bits = process.argv.at(-2); // the task's folder is last
const versions = { node: process.versions.node, v8: process.versions.v8 };
await runPeer(bits === "256" ? "micro-kernel-256" : "micro-kernel", versions, async ({ n }) => {
  const { make, each, note } = KERNELS[bits];
  const run = make();
  if (bits === "256") {
    const single = speedOf(registers(), SUMS * 4, 400_000);
    if (speedOf(run, each, 1000) < 1.15 * single) {
      throw new Absent("this V8 joins no vectors here, or has not the flag");
    }
  }
  const turns = Math.ceil(n ** 3 / each); // as many multiply-adds as the product has
  const what = hasRelaxedSimd() ? "multiply-adds" : "multiplications and additions";
  return { notes: [what + note], run: (steps) => run(turns * steps) };
});
