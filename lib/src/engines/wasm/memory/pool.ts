// Numbers that programs read as vectors: each is in memory once, in eight lanes, for all programs of an
// engine.

import type { EngineMemory } from "./memory.ts";

const LANES = 8;
const BYTES = LANES * 4;
/** How many numbers memory is had for at a time. */
const COUNT = 128;

export class VectorPool {
  readonly #memory: EngineMemory;
  readonly #places = new Map<number, number>();
  #next = 0;
  #left = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  /** Where eight lanes of these 32 bits lie, for as long as the engine lives. */
  addressOf(bits: number): number {
    const known = this.#places.get(bits);
    if (known !== undefined) return known;
    if (this.#left === 0) {
      this.#next = this.#memory.allocate(COUNT * BYTES);
      this.#left = COUNT;
    }
    const address = this.#next;
    this.#memory.view("int32", address, LANES).fill(bits);
    this.#places.set(bits, address);
    this.#next += BYTES;
    this.#left -= 1;
    return address;
  }
}
