// Engines whose kernels pair their vectors, on any runtime: the bits do not depend on whether it joins them.

import type { Engine } from "../engine.ts";
import { hasRelaxedSimd } from "./compiler/features.ts";
import { engineWith, type WasmOptions } from "./index.ts";
import { PAIRED } from "./kernels/tile/tiles.ts";

export function pairedEngine(options: WasmOptions = {}): Engine {
  const find = ({ deterministic }: { readonly deterministic: boolean }) => ({
    relaxed: !deterministic && hasRelaxedSimd(),
    tiles: PAIRED,
  });
  return engineWith(find, options);
}
