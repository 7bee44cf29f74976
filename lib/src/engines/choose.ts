// The engines by name, and the one that is used unless another is asked for.

import { expectOptions, type Kinds } from "../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../checks/errors.ts";
import { unknownName } from "../checks/nearest.ts";
import { ENGINE_NAMES, type EngineName } from "../spec/parts.ts";
import type { Engine } from "./engine.ts";
import { referenceEngine } from "./reference/reference.ts";
import { hasSimd } from "./wasm/compiler/features.ts";
import { createWasmEngine, WASM_OPTIONS, type WasmOptions } from "./wasm/index.ts";

export { ENGINE_NAMES, type EngineName } from "../spec/parts.ts";

/** What the Wasm engine can be told; see createWasmEngine. */
export type EngineOptions = Pick<WasmOptions, "deterministic" | "threads" | "wide">;

let made: Engine | null = null;

/**
 * The Wasm engine where the runtime can have it, else the reference engine: always the same one. It is
 * made when first asked for, since it reserves memory.
 */
export function defaultEngine(): Engine {
  made ??= makeDefault();
  return made;
}

function makeDefault(): Engine {
  try {
    return createWasmEngine();
  } catch (error) {
    if (!(error instanceof NeuriteError)) throw error;
    console.warn(`neurite: ${error.message}; the slow reference engine is used.`);
    return referenceEngine;
  }
}

const OPTIONS: Kinds<EngineOptions> = {
  deterministic: WASM_OPTIONS.deterministic,
  threads: WASM_OPTIONS.threads,
  wide: WASM_OPTIONS.wide,
};

/**
 * An engine by name; the reference engine has no options, and one thread.
 * @throws ArgumentError where this runtime cannot have it
 */
export function engineNamed(name: EngineName, options: EngineOptions = {}): Engine {
  if (!ENGINE_NAMES.includes(name)) throw unknownName("engine", String(name), ENGINE_NAMES);
  expectOptions("engineNamed", options, OPTIONS);
  if (name === "reference") return referenceEngine;
  if (!hasSimd()) throw new ArgumentError("engine: wasm needs a runtime with WebAssembly SIMD");
  const { deterministic = false, threads = "auto", wide = true } = options;
  const isDefault = !deterministic && threads === "auto" && wide;
  return isDefault ? defaultEngine() : createWasmEngine({ deterministic, threads, wide });
}
