// A store in memory, for tests of full runs: a copy of `kept` is what a killed run leaves.

import type { Store } from "./full-run.ts";

/** A store that begins with what an earlier one kept. */
export function memoryStore(
  before: ReadonlyMap<string, unknown> = new Map(),
): Store & { readonly kept: ReadonlyMap<string, unknown> } {
  const kept = new Map(before);
  return {
    kept,
    get: async <T>(key: string) => structuredClone(kept.get(key)) as T | undefined,
    put: async (key, value) => void kept.set(key, structuredClone(value)),
  };
}
