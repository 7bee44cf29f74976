// The random numbers of data sets: one stream per seed, counted out of threefry.

import { expectArgument, finite, type Kind, notNegative, whole } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { threefry2x32 } from "../ops/arithmetic/threefry.ts";

/** Sets this stream apart from others that the same seed starts: "data" in ASCII. */
const STREAM = 0x64617461;

/** Anything with places to swap: an array or a typed array. */
export interface Shufflable {
  readonly length: number;
  [index: number]: unknown;
}

const shufflable: Kind = {
  says: "an array or a typed array",
  fits: (x) => Array.isArray(x) || ArrayBuffer.isView(x),
};

/** A stream of random numbers that depends on its seed only. */
export class Rng {
  readonly #key: readonly [number, number];
  readonly #stream: number;
  #counter = 0;
  readonly #words = new Int32Array(2);
  /** The second normal of a pair. */
  #spare: number | undefined;

  /**
   * @param stream another stream of the same seed: an int32
   * @throws ArgumentError when the seed is not a safe integer
   */
  constructor(seed: number, stream: number = STREAM) {
    expectArgument("Rng", "stream", stream, whole);
    if (!Number.isSafeInteger(seed)) {
      throw new ArgumentError(`Rng: expected a seed that is a whole number, received ${seed}`);
    }
    this.#stream = stream;
    this.#key = [Math.floor(seed / 2 ** 32) | 0, seed | 0];
  }

  /** A number of 53 random bits from `low` up to, but not including, `high`. */
  uniform(low = 0, high = 1): number {
    expectArgument("uniform", "low", low, finite);
    expectArgument("uniform", "high", high, finite);
    return low + (high - low) * this.#next();
  }

  /** From 0 to below 1. */
  #next(): number {
    const [high, low] = this.#key;
    threefry2x32(high, low, this.#counter++, this.#stream, this.#words);
    return ((this.#words[0]! >>> 5) * 2 ** 26 + (this.#words[1]! >>> 6)) / 2 ** 53;
  }

  /** A normal number, by Marsaglia's polar method. */
  normal(mean = 0, deviation = 1): number {
    expectArgument("normal", "mean", mean, finite);
    expectArgument("normal", "deviation", deviation, notNegative);
    const spare = this.#spare;
    this.#spare = undefined;
    return mean + deviation * (spare ?? this.#startPair());
  }

  #startPair(): number {
    for (;;) {
      const x = this.uniform(-1, 1);
      const y = this.uniform(-1, 1);
      const s = x * x + y * y;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spare = factor * y;
      return factor * x;
    }
  }

  /** Fisher and Yates, in place, from the last element down. */
  shuffle<A extends Shufflable>(array: A): A {
    expectArgument("shuffle", "array", array, shufflable);
    const places: Shufflable = array;
    for (let i = places.length - 1; i > 0; i--) {
      const j = Math.floor(this.#next() * (i + 1));
      const last = places[i];
      places[i] = places[j];
      places[j] = last;
    }
    return array;
  }
}
