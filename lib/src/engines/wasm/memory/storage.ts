// A variable's place in engine memory.

import type { DataArray } from "../../../ir/dtype.ts";
import { allocate, bytesPerElement } from "../../../ir/dtype.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { Storage } from "../../engine.ts";
import { ALIGNMENT, blockBytes, SLACK } from "./blocks.ts";
import { type EngineMemory, OutOfMemory } from "./memory.ts";
import { blockAhead, endAhead, freeWhenGone, giveBack, type OwnedBlock } from "./owned.ts";

/** Memory for what programs make of a variable and find again, as long as the variable does not change. */
export interface KeptBlock {
  /** The address of an int32 that is 0 until all is made. */
  readonly flag: number;
  readonly address: number;
}

/** From so many bytes on a variable is worth being copied only once. */
const LARGE = 2 ** 20;

/**
 * A variable stays an array of JavaScript's until a program reads or writes it: engine memory is given
 * back between turns only, and many variables may come and go within one. Large ones, as the examples of a
 * training, go there at once, as long as not too many bytes wait there for a program.
 */
export class WasmStorage implements Storage {
  readonly type: TensorType;
  readonly memory: EngineMemory;
  readonly #length: number;
  /** Its numbers, as long as it has no place in engine memory. */
  #own: DataArray | null = null;
  #block: OwnedBlock | null = null;
  #isOpen = false;
  /** What is made of it, by what it is. */
  #kept: Map<string, KeptBlock> | null = null;

  constructor(memory: EngineMemory, type: TensorType, data: DataArray) {
    this.memory = memory;
    this.type = type;
    this.#length = sizeOf(type.shape);
    const ahead = this.bytes < LARGE ? null : blockAhead(memory, this.bytes);
    if (ahead) this.#take(ahead);
    else this.#own = allocate(type.dtype, this.#length);
    this.#view().set(data);
  }

  /** Where programs find it, from now on. @throws OutOfMemory */
  get address(): number {
    if (this.#block === null) this.place(this.memory.allocate(this.bytes));
    endAhead(this.#block!);
    return this.#block!.address;
  }

  get bytes(): number {
    return this.#length * bytesPerElement(this.type.dtype);
  }

  /**
   * Moves it to a block of engine memory that is its own from now on; once, before a program knows another.
   * @param isOpen others write there as well, and do not say when
   */
  place(address: number, isOpen = false): void {
    const data = this.#own ?? this.read();
    if (this.#block !== null) giveBack(this.#block);
    this.#isOpen = isOpen;
    this.#take({ memory: this.memory, address, bytes: this.bytes });
    this.#own = null;
    this.write(data);
  }

  #take(block: OwnedBlock): void {
    this.#block = block;
    freeWhenGone.register(this, block, block);
  }

  read(): DataArray {
    return this.#view().slice();
  }

  write(data: DataArray): void {
    this.#view().set(data);
    this.changed();
  }

  /** Memory for what programs make of it, the same for one key; null where none is left or it may change unseen. */
  keep(key: string, wanted: number): KeptBlock | null {
    if (this.#isOpen) return null;
    this.#kept ??= new Map();
    const known = this.#kept.get(key);
    if (known) return known;
    const { memory } = this;
    const bytes = ALIGNMENT + wanted;
    try {
      const flag = memory.allocate(bytes);
      freeWhenGone.register(this, { memory, address: flag, bytes });
      const kept = { flag, address: flag + ALIGNMENT };
      this.#kept.set(key, kept);
      this.changed();
      return kept;
    } catch (error) {
      if (error instanceof OutOfMemory) return null;
      throw error;
    }
  }

  /** What was made of it must be made anew. */
  changed(): void {
    if (this.#kept === null) return;
    for (const { flag } of this.#kept.values()) this.memory.view("int32", flag, 1)[0] = 0;
  }

  #view(): DataArray {
    return this.#own ?? this.memory.view(this.type.dtype, this.#block!.address, this.#length);
  }
}

/**
 * Blocks one behind the other for storages of one type that have no place yet.
 * @returns a view from the first to the last, which lasts until memory grows; what is between them is 0
 */
export function placeSideBySide(storages: readonly WasmStorage[]): () => DataArray {
  const [{ memory, type }] = storages as readonly [WasmStorage];
  const sizes = storages.map(({ bytes }) => blockBytes(bytes));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const start = memory.allocate(all - SLACK);
  memory.view("uint8", start, all).fill(0);
  let address = start;
  storages.forEach((storage, i) => {
    storage.place(address, true);
    address += sizes[i]!;
  });
  const length = (address - SLACK - start) / bytesPerElement(type.dtype);
  return () => memory.view(type.dtype, start, length);
}
