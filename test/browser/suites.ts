/** The test files that run in a browser as they stand: what the Wasm engine promises. */

/** Where there are no threads, these are enough: what the others try is the same code as with one. */
export const WITHOUT_THREADS: readonly string[] = [
  "lib/src/engines/wasm/index.test.ts",
  "lib/src/engines/wasm/loops.test.ts",
];

/** Path from the repository's root to its import, which registers the tests. */
export const SUITES: Readonly<Record<string, () => Promise<unknown>>> = {
  "lib/src/engines/wasm/index.test.ts": () => import("../../lib/src/engines/wasm/index.test.ts"),
  "lib/src/engines/wasm/fuzz.test.ts": () => import("../../lib/src/engines/wasm/fuzz.test.ts"),
  "lib/src/engines/wasm/kept.test.ts": () => import("../../lib/src/engines/wasm/kept.test.ts"),
  "lib/src/engines/wasm/loops.test.ts": () => import("../../lib/src/engines/wasm/loops.test.ts"),
  "lib/src/engines/wasm/kernels/matmul/matmul.test.ts": () =>
    import("../../lib/src/engines/wasm/kernels/matmul/matmul.test.ts"),
  "lib/src/engines/wasm/kernels/conv/conv.test.ts": () =>
    import("../../lib/src/engines/wasm/kernels/conv/conv.test.ts"),
  "lib/src/engines/wasm/run/threads.test.ts": () =>
    import("../../lib/src/engines/wasm/run/threads.test.ts"),
  "lib/src/engines/wasm/math/math.test.ts": () =>
    import("../../lib/src/engines/wasm/math/math.test.ts"),
};
