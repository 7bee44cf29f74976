// How pages and their tests find the library: its sources, so that they need no build of it.

import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const src = fileURLToPath(new URL("../../lib/src", import.meta.url)).replaceAll("\\", "/");

export const libraryAlias: { find: RegExp; replacement: string }[] = [
  { find: /^neurite$/, replacement: `${src}/index.ts` },
  { find: /^neurite\/([\w/-]+)$/, replacement: `${src}/$1/index.ts` },
];

/** The library's package.json says which built files have side effects: the same of the sources. */
export function librarySideEffects(): Plugin {
  const isEntry = /^(index|[\w/-]+\/index|tensor\/methods)\.ts$/;
  return {
    name: "library-side-effects",
    transform: (_, id) =>
      id.startsWith(`${src}/`)
        ? { moduleSideEffects: isEntry.test(id.slice(src.length + 1)) }
        : null,
  };
}
