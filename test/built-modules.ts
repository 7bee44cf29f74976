/**
 * In `npm test` the tests import the compiled modules of the packages, which Node loads itself: vite would
 * give each worker each module anew, and every use of an imported name would go through a getter.
 */
import { existsSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Plugin } from "vitest/config";

const SOURCE = /^(lib|cli|packages\/\w+)\/src\/(.+)\.ts$/;

/** Sends every import of a package's source to what was compiled of it; what is only for tests has no such file. */
export function builtModules(root: string): Plugin {
  return {
    name: "neurite:built-modules",
    enforce: "pre",
    resolveId(source, importer) {
      const path =
        source.startsWith(".") && importer !== undefined
          ? resolve(dirname(importer), source)
          : source;
      if (!isAbsolute(path)) return undefined;
      const [, pack, name] = SOURCE.exec(relative(root, path).replaceAll("\\", "/")) ?? [];
      if (pack === undefined) return undefined;
      const id = resolve(root, pack, "dist", `${name}.js`);
      return existsSync(id) ? { id, external: true } : undefined;
    },
  };
}
