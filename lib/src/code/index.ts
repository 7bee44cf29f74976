// A run as a program: TypeScript against the library, Python for Keras 3 and PyTorch.

export { kerasCodeOf, type PythonCodeOptions, torchCodeOf } from "./python/program.ts";
export { type CodeOptions, codeOf } from "./typescript/program.ts";
