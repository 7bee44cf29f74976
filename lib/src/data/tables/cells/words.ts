// Numbers texts in the order in which they first come, by their bytes: a text that repeats is never made again.

/** Texts by number. */
export class Words {
  #pool = new Uint8Array(256);
  #used = 0;
  /** Where each begins in the pool, and one more: where the next would. */
  #starts: number[] = [0];
  /** By hash, the number of a text and one more; 0 is free. At most half full. */
  #table = new Int32Array(64);
  #hashes: number[] = [];

  get size(): number {
    return this.#hashes.length;
  }

  /** The number of a text, or -1 for one that is not there. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#table[this.#slot(hashOf(bytes, start, end), bytes, start, end)]! - 1;
  }

  /** The number of a text; that of a new one is `size` as it was. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const slot = this.#slot(hash, bytes, start, end);
    const known = this.#table[slot]!;
    if (known !== 0) return known - 1;
    const number = this.size;
    this.#table[slot] = number + 1;
    this.#hashes.push(hash);
    this.#keep(bytes, start, end);
    if (this.size * 2 > this.#table.length) this.#widen();
    return number;
  }

  #slot(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#table[slot]! - 1;
      if (number < 0 || this.#equals(number, hash, bytes, start, end)) return slot;
    }
  }

  #equals(number: number, hash: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#hashes[number] !== hash) return false;
    const from = this.#starts[number]!;
    if (this.#starts[number + 1]! - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) {
      if (this.#pool[from + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const after = this.#used + end - start;
    if (after > this.#pool.length) {
      const wider = new Uint8Array(Math.max(after, 2 * this.#pool.length));
      wider.set(this.#pool);
      this.#pool = wider;
    }
    this.#pool.set(bytes.subarray(start, end), this.#used);
    this.#used = after;
    this.#starts.push(after);
  }

  #widen(): void {
    this.#table = new Int32Array(2 * this.#table.length);
    const mask = this.#table.length - 1;
    for (const [number, hash] of this.#hashes.entries()) {
      let slot = hash & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = number + 1;
    }
  }
}

/** FNV-1a, with its bits mixed once more, since tables look at the low ones. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fffffff;
}
