import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { texPlugin } from "./playground/build/tex.ts";
import { builtModules } from "./test/built-modules.ts";
import { SLOW_FILES } from "./test/slow-files.ts";
import { SlowFirst } from "./test/slow-first.ts";
import { v8Flags } from "./test/v8-flags.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const mpiSrc = fileURLToPath(new URL("./packages/mpi/src", import.meta.url));
const libSrc = fileURLToPath(new URL("./lib/src", import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [...(mode === "built" ? [builtModules(root)] : []), texPlugin()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: {
    // Tests read the packages' sources, so they need no build; `npm test`, which has built, reads that.
    alias: [
      { find: /^neurite$/, replacement: `${libSrc}/index.ts` },
      { find: /^neurite\/([\w/-]+)$/, replacement: `${libSrc}/$1/index.ts` },
      { find: /^@neurite\/mpi$/, replacement: `${mpiSrc}/index.ts` },
    ],
  },
  test: {
    setupFiles: [`${root}test/setup.ts`],
    include: [
      "{lib,cli,examples,packages/*}/src/**/*.test.ts",
      "playground/{src,build,test}/**/*.test.{ts,tsx}",
      "test/**/*.test.ts",
    ],
    // `npm run check` leaves out what takes long.
    exclude: [...configDefaults.exclude, ...(mode === "check" ? SLOW_FILES : [])],
    // Processes, not threads: the library starts worker threads of its own.
    pool: "forks",
    server: { deps: { external: [/\/(lib|cli|packages\/\w+)\/dist\//] } },
    execArgv: v8Flags(),
    // No test changes module state for good, and loading the library anew for each file costs more
    // than most files take.
    isolate: false,
    // One more than the two cores that must do: a test often waits for a browser or a child process.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
