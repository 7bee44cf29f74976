// A variable's place in engine memory.

import type { DataArray } from "../../ir/dtype.ts";
import { bytesPerElement } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import type { Slot } from "../engine.ts";
import type { EngineMemory } from "./memory.ts";

export class WasmSlot implements Slot {
  readonly type: TensorType;
  readonly address: number;
  readonly memory: EngineMemory;
  readonly #length: number;

  constructor(memory: EngineMemory, type: TensorType, data: DataArray) {
    this.memory = memory;
    this.type = type;
    this.#length = sizeOf(type.shape);
    const bytes = this.#length * bytesPerElement(type.dtype);
    this.address = memory.allocate(bytes);
    freeWhenGone.register(this, { memory, address: this.address, bytes });
    this.write(data);
  }

  read(): DataArray {
    return this.#view().slice();
  }

  write(data: DataArray): void {
    this.#view().set(data);
  }

  #view(): DataArray {
    return this.memory.view(this.type.dtype, this.address, this.#length);
  }
}

/** What the garbage collector gives back to an engine's memory. */
export const freeWhenGone: FinalizationRegistry<{
  readonly memory: EngineMemory;
  readonly address: number;
  readonly bytes: number;
}> = new FinalizationRegistry(({ memory, address, bytes }) => memory.free(address, bytes));
