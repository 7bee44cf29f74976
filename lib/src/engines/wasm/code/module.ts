// A Wasm module under construction: imported memory and functions, globals, functions, exports.

import type { FunctionRef, Global } from "./expr.ts";
import { FunctionBuilder } from "./function.ts";
import type { WasmType } from "./instructions.ts";

export interface ImportedFunction {
  readonly ref: FunctionRef;
  readonly field: string;
}

export class ModuleBuilder {
  readonly imports: ImportedFunction[] = [];
  /** The names in the order in which functions from outside were asked for, each time. */
  readonly asked: string[] = [];
  readonly globals: { readonly global: Global; readonly initial: number }[] = [];
  readonly functions: { readonly ref: FunctionRef; readonly builder: FunctionBuilder }[] = [];
  readonly exports: { readonly name: string; readonly ref: FunctionRef }[] = [];
  /** Memory that other threads share. */
  readonly sharedMemory: boolean;

  constructor(options: { readonly sharedMemory?: boolean } = {}) {
    this.sharedMemory = options.sharedMemory ?? false;
  }

  /** A function from outside, by its name; once for each name. */
  import(field: string, params: readonly WasmType[], result: WasmType | null): FunctionRef {
    this.asked.push(field);
    const known = this.imports.find((one) => one.field === field);
    if (known) return known.ref;
    const ref: FunctionRef = { index: -1 - this.imports.length, name: field, params, result };
    this.imports.push({ ref, field });
    return ref;
  }

  global(name: string, type: "i32" | "f64", initial = 0): Global {
    const global: Global = { kind: "global", type, index: this.globals.length, name };
    this.globals.push({ global, initial });
    return global;
  }

  /** A function whose body `build` writes; it may set the builder's `result`. */
  function(
    name: string,
    params: readonly { name: string; type: WasmType }[],
    result: WasmType | null,
    build: (f: FunctionBuilder) => void,
  ): FunctionRef {
    const builder = new FunctionBuilder(name, params);
    build(builder);
    const types = params.map(({ type }) => type);
    const ref: FunctionRef = { index: this.functions.length, name, params: types, result };
    this.functions.push({ ref, builder });
    return ref;
  }

  export(name: string, ref: FunctionRef): void {
    this.exports.push({ name, ref });
  }

  /** The index of a function in the finished module, where imports come first. */
  indexOf(ref: FunctionRef): number {
    return ref.index < 0 ? -1 - ref.index : this.imports.length + ref.index;
  }
}
