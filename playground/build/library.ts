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
  const isEntry =
    /^(index|[\w/-]+\/index|\w+\/whole|runtime\/interpreter\/(default|first)-engine|tensor\/methods)\.ts$/;
  return {
    name: "library-side-effects",
    transform: (_, id) =>
      id.startsWith(`${src}/`)
        ? { moduleSideEffects: isEntry.test(id.slice(src.length + 1)) }
        : null,
  };
}

/** Rooms that a worker fetches when it comes to them: families of layers, and looks that not every page has. */
const LATE = [
  "nn/layers/(attention|convolution|embedding|graph|normalization|pooling|recurrent)/",
  "nn/layers/composite/(?!held)",
  "nn/layers/reshaping/(?!flatten|kinds)",
  "nn/layers/registry|nn/network/from-spec|nn/memory/|train/run/run\\.ts",
  "inspect/(expression|gradients|graph|health|learnt|surfaces|universality)/",
  "inspect/model/(?!activations|evaluation|class-report|decision-surface|predictions)",
  "inspect/record/first-fault",
  "tensor/(einsum|linalg)",
];
const late = new RegExp(
  `/lib/src/(${LATE.join("|")})|/worker/(jobs/(?!index|job\\b)|row-function|run/first-fault|views/(example|flow|space|value-figures|walk))`,
);

/** True of what goes into the worker's first chunk, if that needs it at all: one chunk is smaller than many. */
export const isFirst = (id: string): boolean => !late.test(id.replaceAll("\\", "/"));
