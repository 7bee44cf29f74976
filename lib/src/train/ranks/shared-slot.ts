// Variables whose numbers can be handed out as one array: what a program writes and an exchange changes.

import { allocate } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import { current } from "../../runtime/interpreter/current.ts";
import { Variable } from "../../runtime/state/variable.ts";
import { toTensor } from "../batches/examples.ts";
import type { Summands } from "./exchange.ts";

/** Side by side in engine memory, where the engine has that; else they are copied out and in. */
export class SharedSlot {
  readonly variables: readonly Variable[];
  readonly #look: (() => Summands) | null;

  /** @param types all of the same float type; made on the current engine */
  constructor(types: readonly TensorType[]) {
    this.variables = types.map(({ dtype, shape }) => {
      const zeros = toTensor({ dtype, shape, data: allocate(dtype, sizeOf(shape)) });
      return new Variable(zeros, { trainable: false });
    });
    const storages = this.variables.map(({ storage }) => storage);
    this.#look = (current.engine.adjoin?.(storages) as (() => Summands) | undefined) ?? null;
  }

  /** Calls `change` with all numbers, those of gaps between variables among them. */
  async changed<T>(change: (numbers: Summands) => Promise<T>): Promise<T> {
    if (this.#look) return await change(this.#look());
    const parts = this.variables.map(({ storage }) => storage.read() as Summands);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const all = allocate(this.variables[0]!.dtype, length) as Summands;
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    const result = await change(all);
    at = 0;
    this.variables.forEach(({ storage }, i) => {
      const { length: size } = parts[i]!;
      storage.write(all.subarray(at, at + size));
      at += size;
    });
    return result;
  }

  clear(): void {
    for (const { dtype, size, storage } of this.variables) storage.write(allocate(dtype, size));
  }
}
