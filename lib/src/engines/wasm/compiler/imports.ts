// What modules import: the engine's memory, the definitions of ops on doubles, and a way to fail.

import { ArgumentError } from "../../../checks/errors.ts";
import type { OpName } from "../../../ir/op-table.ts";
import { opOf } from "../../../ops/table.ts";
import type { ModuleBuilder } from "../code/index.ts";
import { FAILING } from "../kernels/kernel.ts";

/** Functions for another thread: where each is found, as in "Math.sin"; null: only thread 0 calls it. */
export type PortableImports = Readonly<Record<string, string | null>>;

export function importsOf(module: ModuleBuilder, memory: WebAssembly.Memory): WebAssembly.Imports {
  const functions = module.imports.map(({ field }) => [field, functionOf(field)] as const);
  return { env: { memory, ...Object.fromEntries(functions) } };
}

/** How other threads get the functions of a module, but for "fail", which they have. */
export function portableImports(module: ModuleBuilder): PortableImports {
  const names = module.imports.map(({ field }) => field).filter((field) => field !== "fail");
  return Object.fromEntries(names.map((name) => [name, isOfMath(name) ? `Math.${name}` : null]));
}

/** True for what another thread has as well: "fail", and definitions that are functions of Math. */
export function isPortable(field: string): boolean {
  return field === "fail" || isOfMath(field);
}

function isOfMath(field: string): boolean {
  return field !== "fail" && functionOf(field) === Math[field as keyof Math];
}

/** Definitions whose special cases kernels see to, so that other threads have the rest of it. */
const BARE: ReadonlyMap<string, (...args: number[]) => number> = new Map([["pow", Math.pow]]);

function functionOf(field: string): (...args: number[]) => unknown {
  if (field === "fail") return fail;
  const bare = BARE.get(field);
  if (bare) return bare;
  const { meaning } = opOf(field as OpName);
  if (meaning.kind !== "scalar") throw new ArgumentError(`wasm: ${field} is not a scalar function`);
  return meaning.eval;
}

/** What the import "fail" throws. */
export function fail(code: number, index: number, size: number): never {
  throw new ArgumentError(
    `${FAILING[code]}: index ${index} is out of range for an axis of ${size}`,
  );
}
