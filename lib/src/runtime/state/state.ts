// Everything that a program remembers between steps, under names.

import { expectArgument, having, instance, text } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { type DataArray, holds } from "../../ir/dtype.ts";
import { showType } from "../../ir/type.ts";
import { Variable } from "./variable.ts";

const variableKind = instance("a variable", Variable);
const mapKind = having("a Map of names and numbers, as snapshot() gives", "get", "has", "keys");

/** Named variables that are saved and restored together: parameters, optimizer slots, counters. */
export class State {
  readonly #variables = new Map<string, Variable>();

  /** Adds a variable under a name of its own and returns it. */
  add<V extends Variable>(name: string, variable: V): V {
    expectArgument("state", "name", name, text);
    expectArgument("state", "variable", variable, variableKind);
    if (this.#variables.has(name)) throw new ArgumentError(`state: "${name}" is taken already`);
    this.#variables.set(name, variable);
    return variable;
  }

  /** Forgets a variable. */
  remove(name: string): void {
    expectArgument("state", "name", name, text);
    this.#variables.delete(name);
  }

  get variables(): ReadonlyMap<string, Variable> {
    return this.#variables;
  }

  /** A copy of every variable's numbers. */
  snapshot(): Map<string, DataArray> {
    return new Map([...this.#variables].map(([name, variable]) => [name, variable.storage.read()]));
  }

  /**
   * Puts every variable back to the numbers of a snapshot.
   * @throws ArgumentError when the snapshot has other names or sizes than this state; nothing is
   * changed then
   */
  restore(snapshot: ReadonlyMap<string, DataArray>): void {
    expectArgument("restore", "snapshot", snapshot, mapKind);
    const missing = [...this.#variables.keys()].filter((name) => !snapshot.has(name));
    const unknown = [...snapshot.keys()].filter((name) => !this.#variables.has(name));
    if (missing.length > 0 || unknown.length > 0) {
      throw new ArgumentError(
        `restore: the snapshot does not fit: missing ${missing.join(", ") || "nothing"}; ` +
          `unknown ${unknown.join(", ") || "nothing"}`,
      );
    }
    for (const [name, { type, size }] of this.#variables) {
      const data = snapshot.get(name)!;
      if (!holds(type.dtype, data) || data.length !== size) {
        throw new ArgumentError(
          `restore: the snapshot does not fit: "${name}" is ${showType(type)}, ` +
            `the snapshot holds a ${data.constructor.name} of ${data.length}`,
        );
      }
    }
    for (const [name, variable] of this.#variables) {
      variable.storage.write(snapshot.get(name)!);
      variable.changed();
    }
  }
}
