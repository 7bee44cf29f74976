// A variable's place in engine memory.

import type { DataArray } from "../../../ir/dtype.ts";
import { allocate, bytesPerElement } from "../../../ir/dtype.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { Storage } from "../../engine.ts";
import { blockBytes, SLACK } from "./blocks.ts";
import type { EngineMemory } from "./memory.ts";

/**
 * A variable stays an array of JavaScript's until a program reads or writes it: engine memory is given
 * back between turns only, and many variables may come and go within one.
 */
export class WasmStorage implements Storage {
  readonly type: TensorType;
  readonly memory: EngineMemory;
  readonly #length: number;
  /** Its numbers, as long as it has no place in engine memory. */
  #own: DataArray | null;
  #address = 0;

  constructor(memory: EngineMemory, type: TensorType, data: DataArray) {
    this.memory = memory;
    this.type = type;
    this.#length = sizeOf(type.shape);
    this.#own = allocate(type.dtype, this.#length);
    this.#own.set(data);
  }

  /** Where programs find it, from now on. @throws OutOfMemory */
  get address(): number {
    if (this.#own !== null) this.place(this.memory.allocate(this.bytes));
    return this.#address;
  }

  get bytes(): number {
    return this.#length * bytesPerElement(this.type.dtype);
  }

  /** Moves it to a block of engine memory that is its own from now on; once, before a program knows another. */
  place(address: number): void {
    const { memory, bytes } = this;
    this.#address = address;
    freeWhenGone.register(this, { memory, address, bytes });
    const data = this.#own!;
    this.#own = null;
    this.write(data);
  }

  read(): DataArray {
    return this.#view().slice();
  }

  write(data: DataArray): void {
    this.#view().set(data);
  }

  #view(): DataArray {
    return this.#own ?? this.memory.view(this.type.dtype, this.#address, this.#length);
  }
}

/** What the garbage collector gives back to an engine's memory. */
export const freeWhenGone: FinalizationRegistry<{
  readonly memory: EngineMemory;
  readonly address: number;
  readonly bytes: number;
}> = new FinalizationRegistry(({ memory, address, bytes }) => memory.free(address, bytes));

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
    storage.place(address);
    address += sizes[i]!;
  });
  const length = (address - SLACK - start) / bytesPerElement(type.dtype);
  return () => memory.view(type.dtype, start, length);
}
