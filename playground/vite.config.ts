import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { isFirst, libraryAlias, librarySideEffects } from "./build/library.ts";
import { plainExports } from "./build/plain-exports.ts";
import { texPlugin } from "./build/tex.ts";

// The pages go where the command `neurite playground` serves them from. Paths are relative, so that the
// folder works on any static host and below any path.
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [texPlugin(), librarySideEffects()],
  resolve: { alias: libraryAlias },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: {
    format: "es",
    plugins: () => [librarySideEffects(), plainExports()],
    // What is needed at first in one chunk, which is smaller than many.
    rolldownOptions: {
      // Nothing that is read in a module's own scope does anything by being read.
      treeshake: { propertyReadSideEffects: false },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: "first", tags: ["$initial"], test: isFirst }],
        },
      },
    },
  },
  build: {
    outDir: fileURLToPath(new URL("../cli/pages", import.meta.url)),
    emptyOutDir: true,
    target: "es2023",
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
