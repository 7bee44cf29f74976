/**
 * In `npm test` the tests import the compiled modules of the packages, which Node loads itself: vite would
 * give each worker each module anew, and every use of an imported name would go through a getter.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Plugin } from "vitest/config";

const SOURCE = /^(lib|cli|packages\/\w+)\/src\/(.+)\.ts$/;
const FOR_TESTS = /\.(test|testing)\.tsx?$/;

/** Sends every import of a package's source to what was compiled of it; what is only for tests has no such file. */
export function builtModules(root: string): Plugin {
  const inRoot = (path: string) => relative(root, path).replaceAll("\\", "/");
  const known = new Map<string, boolean>();
  /** Node's modules cannot be had anew: a test that asks for that has the sources, and they each other. */
  const needsSources = (importer: string): boolean => {
    if (!FOR_TESTS.test(importer)) return SOURCE.test(inRoot(importer));
    if (!known.has(importer))
      known.set(importer, readFileSync(importer, "utf8").includes("vi.resetModules("));
    return known.get(importer)!;
  };
  return {
    name: "neurite:built-modules",
    enforce: "pre",
    resolveId(source, importer) {
      if (importer !== undefined && needsSources(importer)) return undefined;
      const path =
        source.startsWith(".") && importer !== undefined
          ? resolve(dirname(importer), source)
          : source;
      if (!isAbsolute(path)) return undefined;
      const [, pack, name] = SOURCE.exec(inRoot(path)) ?? [];
      if (pack === undefined) return undefined;
      const id = resolve(root, pack, "dist", `${name}.js`);
      return existsSync(id) ? { id, external: true } : undefined;
    },
  };
}
