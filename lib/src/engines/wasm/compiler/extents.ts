// A set of addresses, as extents that neither meet nor touch, in order: to be asked in few steps.

import type { AddressRange } from "../memory/place.ts";

export class Extents {
  readonly #list: AddressRange[] = [];

  get list(): readonly AddressRange[] {
    return this.#list;
  }

  /** True where the set has any address of the extent. */
  meets({ from, to }: AddressRange): boolean {
    const next = this.#list[this.#firstEndingAfter(from)];
    return next !== undefined && next.from < to && from < to;
  }

  add({ from, to }: AddressRange): void {
    if (from === to) return;
    // All that meet or touch it become one with it.
    const first = this.#firstEndingAfter(from - 1);
    let end = first;
    let [low, high] = [from, to];
    for (let next = this.#list[end]; next && next.from <= to; next = this.#list[++end]) {
      low = Math.min(low, next.from);
      high = Math.max(high, next.to);
    }
    this.#list.splice(first, end - first, { from: low, to: high });
  }

  #firstEndingAfter(address: number): number {
    let [low, high] = [0, this.#list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#list[middle]!.to <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
