// The memory that all programs and variables of one engine share.

import { NeuriteError } from "../../../checks/errors.ts";
import { type DataArray, type DType, allocate as typedArray } from "../../../ir/dtype.ts";
import { ALIGNMENT, blockBytes } from "./blocks.ts";

const PAGE = 65536;
/** All that 32-bit addresses reach, but for the last page. */
const MOST_BYTES = 65535 * PAGE;
/** The examples of a training; many of them may come and go before any memory is given back. */
const MOST_AHEAD = 2 ** 28;
/** Programs with small arenas share one of this size. */
const SMALLEST_ARENA = 65536;

/** Shared memory reserves all that it may ever have; some machines grant less than others. */
const MOST_SHARED_PAGES = [65536, 32768, 16384];

/** New memory, shared where the runtime has it: browsers only on pages that are isolated. */
export function newMemory(): WebAssembly.Memory {
  if (typeof SharedArrayBuffer === "function") {
    for (const maximum of MOST_SHARED_PAGES) {
      try {
        return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
      } catch {
        // Less may be granted.
      }
    }
  }
  try {
    return new WebAssembly.Memory({ initial: 1 });
  } catch (cause) {
    throw new OutOfMemory(
      "wasm: this machine grants WebAssembly no memory at all: look for a limit on address space",
      { cause },
    );
  }
}

/** What was asked for does not fit into an engine's memory. */
export class OutOfMemory extends NeuriteError {}

interface MemoryBlock {
  readonly address: number;
  readonly bytes: number;
}

export class EngineMemory {
  readonly memory: WebAssembly.Memory;
  /** Bytes of blocks that no program has asked for yet, and how many there may be. */
  ahead = 0;
  readonly mostAhead: number;
  /** Free blocks by address; no two touch. */
  #free: MemoryBlock[] = [];
  /** The end of what was ever handed out. Address 0 stays unused. */
  #end = ALIGNMENT;
  /** One arena for each power of two: programs run one after the other, so they can share. */
  readonly #arenas = new Map<number, number>();

  constructor(memory: WebAssembly.Memory, mostAhead: number = MOST_AHEAD) {
    this.memory = memory;
    this.mostAhead = mostAhead;
  }

  /** True where other threads can have it too. */
  get isShared(): boolean {
    return (
      typeof SharedArrayBuffer === "function" && this.memory.buffer instanceof SharedArrayBuffer
    );
  }

  /** Bytes that are handed out now. */
  get used(): number {
    return this.#end - this.#free.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The address of a new block, aligned, with room behind it for vector loads. */
  allocate(wanted: number): number {
    const bytes = blockBytes(wanted);
    const at = this.#free.findIndex((block) => block.bytes >= bytes);
    if (at >= 0) {
      const block = this.#free[at]!;
      const rest = { address: block.address + bytes, bytes: block.bytes - bytes };
      this.#free.splice(at, 1, ...(rest.bytes > 0 ? [rest] : []));
      return block.address;
    }
    const address = this.#end;
    this.#reserve(address + bytes, wanted);
    this.#end = address + bytes;
    return address;
  }

  /** Gives back a block of `wanted` bytes. */
  free(address: number, wanted: number): void {
    let block: MemoryBlock = { address, bytes: blockBytes(wanted) };
    const at = this.#free.findIndex((other) => other.address > address);
    const place = at < 0 ? this.#free.length : at;
    const [before, after] = [this.#free[place - 1], this.#free[place]];
    const joinsBefore = before && before.address + before.bytes === address;
    const joinsAfter = after && address + block.bytes === after.address;
    if (joinsBefore) block = { address: before.address, bytes: before.bytes + block.bytes };
    if (joinsAfter) block = { address: block.address, bytes: block.bytes + after.bytes };
    this.#free.splice(
      place - (joinsBefore ? 1 : 0),
      (joinsBefore ? 1 : 0) + (joinsAfter ? 1 : 0),
      block,
    );
  }

  /** The address of an arena that programs share, of at least `bytes` bytes. */
  arena(bytes: number): number {
    let size = SMALLEST_ARENA;
    while (size < bytes) size *= 2;
    size = Math.min(size, Math.max(bytes, MOST_BYTES));
    const known = this.#arenas.get(size);
    if (known !== undefined) return known;
    try {
      const address = this.allocate(size);
      this.#arenas.set(size, address);
      return address;
    } catch (error) {
      // Near the end of memory: one that is larger than need be, or no larger than asked for.
      const larger = [...this.#arenas].find(([other]) => other >= bytes);
      if (larger) return larger[1];
      if (size === bytes) throw error;
      const address = this.allocate(bytes);
      this.#arenas.set(bytes, address);
      return address;
    }
  }

  /** The elements of an array, as a view that lasts until memory grows. */
  view(dtype: DType, address: number, length: number): DataArray {
    const Kind = typedArray(dtype, 0).constructor as new (
      buffer: ArrayBufferLike,
      address: number,
      length: number,
    ) => DataArray;
    return new Kind(this.memory.buffer, address, length);
  }

  #reserve(end: number, wanted: number): void {
    const missing = end - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    const pages = Math.ceil(missing / PAGE);
    const before = this.memory.buffer.byteLength / PAGE;
    // A quarter more than asked for, so that many small blocks do not grow memory each time.
    const generous = Math.min(pages + (before >> 2), MOST_BYTES / PAGE - before);
    for (const more of [generous, pages]) {
      if (end > MOST_BYTES || more < pages) break;
      try {
        this.memory.grow(more);
        return;
      } catch {
        // Try with less; if that fails too, the error below says so.
      }
    }
    throw new OutOfMemory(
      `wasm: out of memory: an array or a program needs ${inWords(wanted)}, ` +
        `and ${inWords(this.used)} are in use. WebAssembly reaches 4 GiB at most, or what the machine grants.`,
    );
  }
}

function inWords(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
