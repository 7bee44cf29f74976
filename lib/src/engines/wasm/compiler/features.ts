// What this runtime's WebAssembly can do, found out by asking it, never by its name.

import { NeuriteError } from "../../../checks/errors.ts";
import { encode, f32x4, ModuleBuilder, op } from "../code/index.ts";
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
