// What this runtime's WebAssembly can do, found out by asking it, never by its name.

import { NeuriteError } from "../../../checks/errors.ts";
import { type Expr, encode, f32x4, lane, ModuleBuilder, op } from "../code/index.ts";
import type { CompileTarget } from "../kernels/kernel.ts";
import { measureTiles } from "../kernels/tile/tiles.ts";

function validates(instruction: string, operands: number): boolean {
  if (typeof WebAssembly !== "object") return false;
  const module = new ModuleBuilder();
  module.function("probe", [], "v128", (f) => {
    f.result = op(instruction, ...Array.from({ length: operands }, () => f32x4(1)));
  });
  return WebAssembly.validate(encode(module));
}

/** 128-bit vectors: without them there is no Wasm engine. */
export const hasSimd = (): boolean => validates("f32x4.add", 2);
/** A multiplication and an addition that may round once. */
export const hasRelaxedSimd = (): boolean => validates("f32x4.relaxed_madd", 3);

/** Whether that instruction rounds once here: on some processors it rounds twice. */
export function fusesMultiplyAdds(): boolean {
  if (!hasRelaxedSimd()) return false;
  const module = new ModuleBuilder();
  const params = [
    { name: "x", type: "f32" },
    { name: "sum", type: "f32" },
  ] as const;
  const run = module.function("run", params, "f32", (f) => {
    const [x, sum] = f.params.map((param) => op("f32x4.splat", param)) as [Expr, Expr];
    f.result = lane("f32x4.extract_lane", 0, op("f32x4.relaxed_madd", x, x, sum));
  });
  module.export("run", run);
  const env = { memory: new WebAssembly.Memory({ initial: 0 }) };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(encode(module)), { env });
  const madd = instance.exports["run"] as (x: number, sum: number) => number;
  // (1 + e)^2 - (1 + 2e) is e^2, which is gone where the square is rounded first.
  const e = 2 ** -20;
  return madd(1 + e, -(1 + 2 * e)) !== 0;
}

/** @throws NeuriteError where modules may not be compiled, though they would be valid */
export function expectCompiler(): void {
  try {
    new WebAssembly.Module(encode(new ModuleBuilder()));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NeuriteError(
      `wasm: WebAssembly may not be compiled here, perhaps by the page's policy: ${reason}`,
      { cause },
    );
  }
}

/** What kernels are written for, as asked and as measured. */
export function targetOf({ deterministic, wide }: TargetOptions): CompileTarget {
  const relaxed = !deterministic && hasRelaxedSimd();
  return { relaxed, tiles: measureTiles({ relaxed, wide }) };
}

interface TargetOptions {
  readonly deterministic: boolean;
  /** Vectors of 256 bits may be had by joining two of 128. */
  readonly wide: boolean;
}
