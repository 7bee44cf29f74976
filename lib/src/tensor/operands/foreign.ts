// Methods that tensors have elsewhere: reading one says what to write, in place of "x.permute is not a function".

import { ArgumentError } from "../../checks/errors.ts";
import { FOREIGN_METHODS } from "../../checks/foreign-names.ts";

/**
 * Getters for all foreign names: no op reads them, no loop sees them (they are not enumerable) and no type
 * has them. Whoever gives tensors such a method of their own replaces the getter by assigning it.
 */
export function answerForeignNames(prototype: object): void {
  for (const [name, ours] of Object.entries(FOREIGN_METHODS)) {
    if (name in prototype) continue;
    Object.defineProperty(prototype, name, {
      get(): never {
        throw new ArgumentError(`Tensor: there is no "${name}". Write ${ours}.`);
      },
      set(value: unknown) {
        Object.defineProperty(this, name, { value, writable: true, configurable: true });
      },
      configurable: true,
    });
  }
}
