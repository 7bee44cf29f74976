// Kernels that a value without a producer may join, because they go over the same elements and read
// what it reads: kept by what they read, so that nobody looks through all kernels for them.

import type { Shape } from "../../../ir/shape.ts";
import { sizeOf } from "../../../ir/shape.ts";
import { type Element, elementsOf } from "./element.ts";
import type { Group } from "./group.ts";
import type { Buffer } from "./view.ts";

/** More outputs than this would not fit the registers. */
export const MOST_STORES = 8;

/** So many kernels are tried, the last ones. */
const MOST_TRIED = 64;

export class Hosts {
  readonly #groups = new Map<string, Group[]>();

  /** Takes up a group that is a map. Scalars go together whatever they read. */
  start(group: Group): void {
    if (group.size === 1) this.#put(keyOf(group.domain), group);
  }

  /** Takes note of what a group reads to store this element. */
  add(group: Group, element: Element): void {
    if (group.head.kind !== "map" || group.size === 1) return;
    for (const one of elementsOf([element])) {
      if (one.kind === "load") this.#put(keyOf(group.domain, one.view.buffer), group);
    }
  }

  /** Groups over this shape that read one of the buffers, in the order in which they were made. */
  candidates(shape: Shape, read: readonly Buffer[]): Group[] {
    const keys = sizeOf(shape) === 1 ? [keyOf(shape)] : read.map((buffer) => keyOf(shape, buffer));
    const found = new Set([...new Set(keys)].flatMap((key) => this.#last(key)));
    return [...found].sort((a, b) => a.id - b.id).slice(-MOST_TRIED);
  }

  #put(key: string, group: Group): void {
    const groups = this.#groups.get(key);
    if (!groups) this.#groups.set(key, [group]);
    else if (groups.at(-1) !== group) groups.push(group);
  }

  /** The last groups of a list, without those that are full, which are dropped. */
  #last(key: string): readonly Group[] {
    const groups = this.#groups.get(key) ?? [];
    const open = groups.splice(-MOST_TRIED).filter(({ results }) => results < MOST_STORES);
    for (const group of open) groups.push(group);
    return open;
  }
}

function keyOf(shape: Shape, buffer?: Buffer): string {
  return `${shape.join(" ")} of ${buffer?.id}`;
}
