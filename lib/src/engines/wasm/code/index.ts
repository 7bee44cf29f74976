// The assembler: WebAssembly written as trees, encoded to bytes or printed as text.

export { encode } from "./encode.ts";
export * from "./expr.ts";
export { FunctionBuilder } from "./function.ts";
export type { WasmType } from "./instructions.ts";
export { ModuleBuilder } from "./module.ts";
export { moduleText } from "./text.ts";
