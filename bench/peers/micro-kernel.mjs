/** The most that 128-bit multiply-adds give here: a loop of them that touches no memory. */

import { hasRelaxedSimd } from "../../lib/dist/engines/index.js";
import { encode, f32x4, ModuleBuilder, op } from "../../lib/dist/engines/wasm/code/index.js";
import { runPeer } from "./program.mjs";

/** Independent sums, so that none waits for its last addition. */
const SUMS = 12;

function kernel() {
  const module = new ModuleBuilder();
  const madd = (a, b, sum) =>
    hasRelaxedSimd()
      ? op("f32x4.relaxed_madd", a, b, sum)
      : op("f32x4.add", sum, op("f32x4.mul", a, b));
  const run = module.function("run", [{ name: "times", type: "i32" }], "f32", (f) => {
    const [a, b] = [f.keep(f32x4(0.999), "a"), f.keep(f32x4(1e-3), "b")];
    const sums = Array.from({ length: SUMS }, () => f.keep(f32x4(0), "sum"));
    f.for(0, f.params[0], 1, () => {
      for (const sum of sums) f.set(sum, madd(sum, a, b));
    });
    const total = sums.reduce((x, y) => op("f32x4.add", x, y));
    f.result = op("f32.convert_i32_s", op("v128.any_true", total));
  });
  module.export("run", run);
  const env = { memory: new WebAssembly.Memory({ initial: 1 }) };
  return new WebAssembly.Instance(new WebAssembly.Module(encode(module)), { env }).exports.run;
}

const versions = { node: process.versions.node, v8: process.versions.v8 };
await runPeer("micro-kernel", versions, async ({ n }) => {
  const run = kernel();
  const turns = Math.ceil(n ** 3 / (SUMS * 4)); // as many multiply-adds as the product has
  const notes = [hasRelaxedSimd() ? "multiply-adds" : "multiplications and additions"];
  return { notes, run: (steps) => run(turns * steps) };
});
