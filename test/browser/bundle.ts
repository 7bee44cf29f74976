/** Bundles entry modules for a browser, in memory, and refuses whatever only Node has. */
import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Random programs for each of the four fuzz tests: fewer than under Node, unless it is asked for more. */
const { FUZZ_RUNS = "30", FUZZ_SEED } = process.env;

/**
 * Path on a server, as in "/worker.js", to text.
 * @param entries name of a module to its file, relative to the repository's root
 * @throws (as a rejection) naming the importer when a module of Node is imported
 */
export async function bundle(
  entries: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const vitest = fileURLToPath(new URL("./vitest.ts", import.meta.url));
  const built = await build({
    root,
    // The library's names lead to its sources there, as in all tests.
    configFile: `${root}vitest.config.ts`,
    logLevel: "silent",
    resolve: { alias: [{ find: /^vitest$/, replacement: vitest }] },
    define: { "process.env": JSON.stringify({ FUZZ_RUNS, FUZZ_SEED }) },
    plugins: [refuseBuiltins, keepAll],
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      target: "es2023",
      rolldownOptions: {
        input: { ...entries },
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
  const { output } = built as Rolldown.RolldownOutput;
  return new Map(
    output.flatMap((file) => (file.type === "chunk" ? [[`/${file.fileName}`, file.code]] : [])),
  );
}

const refuseBuiltins: Plugin = {
  name: "refuse-builtins",
  enforce: "pre",
  resolveId(source, importer) {
    if (isBuiltin(source)) throw new Error(`${importer} imports ${source}, which only Node has`);
  },
};

/** The library's package.json says which built files have side effects; here are sources and tests. */
const keepAll: Plugin = {
  name: "keep-all",
  transform: () => ({ moduleSideEffects: true }),
};
