// The Mersenne twister (Matsumoto and Nishimura 1998), and what NumPy's RandomState and Python's
// random make of it: for the books' exact runs only, everything else uses counter-based keys.

import { expectArgument, index, listOf, object, show, within } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Shufflable } from "../../data/random.ts";

const N = 624;
const M = 397;
const MAX_WORD = 0xffff_ffff;

/** MT19937: 32-bit words of period 2^19937 - 1. */
export class Mt19937 {
  readonly #state: Int32Array;
  #next = N;

  private constructor(state: Int32Array) {
    this.#state = state;
  }

  /**
   * `init_genrand` of the reference code.
   * @throws ArgumentError unless the seed is a whole number of 0 to 2^32 - 1
   */
  static fromSeed(seed: number): Mt19937 {
    if (!Number.isInteger(seed) || seed < 0 || seed > MAX_WORD) {
      throw new ArgumentError(`MT19937: expected a seed of 0 to ${MAX_WORD}, received ${seed}`);
    }
    const state = new Int32Array(N);
    state[0] = seed;
    for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, mix(state[i - 1]!)) + i;
    return new Mt19937(state);
  }

  /**
   * `init_by_array` of the reference code.
   * @throws ArgumentError unless the key is one or more words of 0 to 2^32 - 1
   */
  static fromArray(key: readonly number[]): Mt19937 {
    const words = listOf(within(0, MAX_WORD));
    if (!words.fits(key) || key.length === 0) {
      const expected = `a key of words of 0 to ${MAX_WORD}`;
      throw new ArgumentError(`MT19937: expected ${expected}, received ${show(key)}`);
    }
    const generator = Mt19937.fromSeed(19650218);
    const state = generator.#state;
    let i = 1;
    const step = (factor: number, addend: number): void => {
      state[i] = (state[i]! ^ Math.imul(mix(state[i - 1]!), factor)) + addend;
      if (++i < N) return;
      state[0] = state[N - 1]!;
      i = 1;
    };
    for (let k = 0; k < Math.max(N, key.length); k++) {
      const j = k % key.length;
      step(1664525, key[j]! + j);
    }
    for (let k = 1; k < N; k++) step(1566083941, -i);
    state[0] = 0x8000_0000;
    return generator;
  }

  /** The next word, 0 to 2^32 - 1. */
  word(): number {
    if (this.#next === N) this.#refill();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c_5680;
    y ^= (y << 15) & 0xefc6_0000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A number in [0, 1) of 53 bits, 27 from one word and 26 from the next. */
  double(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < N; i++) {
      const y = (state[i]! & 0x8000_0000) | (state[(i + 1) % N]! & 0x7fff_ffff);
      state[i] = state[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908_b0df : 0);
    }
    this.#next = 0;
  }
}

function mix(word: number): number {
  return word ^ (word >>> 30);
}

/** NumPy's legacy generator, as `numpy.random.seed(seed)` starts it. */
export class NumpyRandom {
  readonly #bits: Mt19937;
  /** The first normal of a pair, which NumPy hands out second. */
  #cached: number | undefined;

  /** @throws ArgumentError unless the seed is a whole number of 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.#bits = Mt19937.fromSeed(seed);
  }

  /** `random_sample()`: a number in [0, 1). */
  randomSample(): number {
    return this.#bits.double();
  }

  /** `randn()`: a standard normal number, by the polar method. */
  randn(): number {
    const cached = this.#cached;
    this.#cached = undefined;
    if (cached !== undefined) return cached;
    for (;;) {
      const x1 = 2 * this.#bits.double() - 1;
      const x2 = 2 * this.#bits.double() - 1;
      const r2 = x1 * x1 + x2 * x2;
      if (r2 >= 1 || r2 === 0) continue;
      const f = Math.sqrt((-2 * Math.log(r2)) / r2);
      this.#cached = f * x1;
      return f * x2;
    }
  }

  /** `randn(n)`; an array of any shape is filled in this order, row by row. */
  randnArray(n: number): Float64Array {
    expectArgument("randnArray", "n", n, index);
    return Float64Array.from({ length: n }, () => this.randn());
  }
}

/** Python's generator, as `random.seed(seed)` starts it. */
export class PythonRandom {
  readonly #bits: Mt19937;

  /** @throws ArgumentError when the seed is not a safe integer; Python drops its sign */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) {
      throw new ArgumentError(`PythonRandom: expected a whole number as seed, received ${seed}`);
    }
    const size = Math.abs(seed);
    const [low, high] = [size % 2 ** 32, Math.floor(size / 2 ** 32)];
    this.#bits = Mt19937.fromArray(high > 0 ? [low, high] : [low]);
  }

  /** `random()`: a number in [0, 1). */
  random(): number {
    return this.#bits.double();
  }

  /** `shuffle(array)` of Python 2, in place; Python 3 draws its places in another way. */
  shuffle<A extends Shufflable>(array: A): A {
    expectArgument("shuffle", "array", array, object);
    const places: Shufflable = array;
    for (let i = array.length - 1; i > 0; i--) {
      const j = Math.floor(this.random() * (i + 1));
      [places[i], places[j]] = [places[j], places[i]];
    }
    return array;
  }
}
