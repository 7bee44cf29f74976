// A run as a program: TypeScript against the library, Python for Keras 3 and PyTorch, JavaScript that needs nothing.

import "../nn/whole.ts";

export type { ModuleCode, ModuleCodeOptions } from "./javascript/module-code.ts";
export { moduleCodeOf } from "./javascript/on-demand.ts";
export { kerasCodeOf, type PythonCodeOptions, torchCodeOf } from "./python/program.ts";
export { type CodeOptions, codeOf } from "./typescript/program.ts";
