// What modules import: the engine's memory, the definitions of ops on doubles, and a way to fail.

import { ArgumentError } from "../../ir/errors.ts";
import type { OpName } from "../../ir/op-table.ts";
import { opOf } from "../../ops/table.ts";
import type { ModuleBuilder } from "./code/index.ts";

export function importsOf(module: ModuleBuilder, memory: WebAssembly.Memory): WebAssembly.Imports {
  const functions = module.imports.map(({ field }) => [field, functionOf(field)] as const);
  return { env: { memory, ...Object.fromEntries(functions) } };
}

function functionOf(field: string): (...args: number[]) => unknown {
  if (field === "fail") return fail;
  const { meaning } = opOf(field as OpName);
  if (meaning.kind !== "scalar") throw new ArgumentError(`wasm: ${field} is not a scalar function`);
  return meaning.eval;
}

function fail(_code: number, index: number, size: number): never {
  throw new ArgumentError(`gather: index ${index} is out of range for ${size} rows`);
}
