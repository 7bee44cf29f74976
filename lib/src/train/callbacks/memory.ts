// What a callback remembers: begun afresh by every fit(), kept by one that goes on with an earlier run.

import { either, expectOptions, type Kind, type Kinds, oneOf } from "../../checks/arguments.ts";
import type { TrainingControl } from "./callback.ts";

/** What a callback has to know of the epochs so far. */
export class Memory<S extends object> {
  readonly #fresh: () => S;
  #isLoaded = false;
  now: S;

  constructor(fresh: () => S) {
    this.#fresh = fresh;
    this.now = fresh();
  }

  /** To be called as training begins. */
  begin({ isResumed }: TrainingControl): void {
    if (!isResumed && !this.#isLoaded) this.now = this.#fresh();
    this.#isLoaded = false;
  }

  /** Takes over what was saved; what it does not hold starts afresh. */
  load(saved: Partial<S>): void {
    this.now = { ...this.#fresh(), ...saved };
    this.#isLoaded = true;
  }
}

/** The memory of a callback that ends runs: a run that it ended stays so when it is resumed. */
export class StoppingMemory<S extends { stopped: string | null }> extends Memory<S> {
  override begin(control: TrainingControl): void {
    super.begin(control);
    if (this.now.stopped !== null) control.stop(this.now.stopped);
  }

  stop(reason: string, control: TrainingControl): void {
    this.now.stopped = reason;
    control.stop(reason);
  }
}

/** @throws ArgumentError for what `save` of this callback never gave */
export function expectSaved<S extends object>(
  callback: string,
  saved: unknown,
  kinds: Kinds<S>,
): asserts saved is S {
  const names = Object.keys(kinds) as (keyof S & string)[];
  expectOptions(`what was saved of ${callback}`, saved as S, kinds, names);
}

/** A kind, or null: JSON writes what is not there so. */
export function orNull<T>(kind: Kind<T>): Kind<T> {
  return either(kind, oneOf(null)) as Kind<T>;
}
