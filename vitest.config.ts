import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const libSrc = fileURLToPath(new URL("./lib/src", import.meta.url));

export default defineConfig({
  resolve: {
    // Tests read the library's sources, so they need no build.
    alias: [
      { find: /^neurite$/, replacement: `${libSrc}/index.ts` },
      { find: /^neurite\/([\w/-]+)$/, replacement: `${libSrc}/$1/index.ts` },
    ],
  },
  test: {
    include: ["{lib,cli,examples}/src/**/*.test.ts", "test/**/*.test.ts"],
    // Processes, not threads: the library starts worker threads of its own.
    pool: "forks",
    // No test changes module state for good, and loading the library anew for each file costs more
    // than most files take.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
