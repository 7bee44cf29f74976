// A variable's place in engine memory.

import type { DataArray } from "../../../ir/dtype.ts";
import { allocate, bytesPerElement } from "../../../ir/dtype.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { Storage } from "../../engine.ts";
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
    if (this.#own === null) return this.#address;
    const { memory } = this;
    const bytes = this.#length * bytesPerElement(this.type.dtype);
    this.#address = memory.allocate(bytes);
    freeWhenGone.register(this, { memory, address: this.#address, bytes });
    const data = this.#own;
    this.#own = null;
    this.write(data);
    return this.#address;
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
