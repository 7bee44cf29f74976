// Kernels that a value without a producer may join, because they go over the same elements and read
// what it reads: kept by what they read, so that nobody looks through all kernels for them.

import type { Shape } from "../../../ir/shape.ts";
import { sizeOf } from "../../../ir/shape.ts";
import { type Element, elementsBelow } from "./element.ts";
import type { Fusion } from "./fusion.ts";
import type { Buffer } from "./view.ts";

/** More outputs than this would not fit the registers. */
export const MOST_STORES = 8;

/** How many kernels are tried, from the last one back. */
const MOST_TRIED = 64;

export class Hosts {
  readonly #fusions = new Map<string, Fusion[]>();

  /** Takes up a fusion that is a map. Scalars go together whatever they read. */
  start(fusion: Fusion): void {
    if (fusion.size === 1) this.#put(keyOf(fusion.domain), fusion);
  }

  /** Takes note of what a fusion reads to store this element. */
  add(fusion: Fusion, element: Element): void {
    if (fusion.head.kind !== "map" || fusion.size === 1) return;
    for (const one of elementsBelow([element])) {
      if (one.kind === "load") this.#put(keyOf(fusion.domain, one.view.buffer), fusion);
    }
  }

  /** Fusions over this shape that read one of the buffers, in the order in which they were made. */
  candidates(shape: Shape, read: readonly Buffer[]): Fusion[] {
    const keys = sizeOf(shape) === 1 ? [keyOf(shape)] : read.map((buffer) => keyOf(shape, buffer));
    const found = new Set([...new Set(keys)].flatMap((key) => this.#last(key)));
    return [...found].sort((a, b) => a.id - b.id).slice(-MOST_TRIED);
  }

  #put(key: string, fusion: Fusion): void {
    const fusions = this.#fusions.get(key);
    if (!fusions) this.#fusions.set(key, [fusion]);
    else if (fusions.at(-1) !== fusion) fusions.push(fusion);
  }

  /** The last fusions of a list, without those that are full, which are dropped. */
  #last(key: string): readonly Fusion[] {
    const fusions = this.#fusions.get(key) ?? [];
    const open = fusions.splice(-MOST_TRIED).filter(({ results }) => results < MOST_STORES);
    for (const fusion of open) fusions.push(fusion);
    return open;
  }
}

function keyOf(shape: Shape, buffer?: Buffer): string {
  return `${shape.join(" ")} of ${buffer?.id}`;
}
