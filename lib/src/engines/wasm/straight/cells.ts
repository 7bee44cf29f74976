// Memory during a pass, as far as addresses are known: which word holds what. Nothing is stored before the
// pass ends, and what only passes from kernel to kernel never is.

import type { WasmType } from "../code/instructions.ts";
import type { AddressRange } from "../memory/place.ts";
import { NotStraight, type PassValue, type PassValues } from "./values.ts";
import { expectWord, madeOf, WORDS, type Word, wordOf, wordsIn } from "./words.ts";

export interface CellsOptions {
  /** Where everything is written before it is read: what is there before the pass may be anything. */
  readonly scratch: AddressRange;
  /** All arrays of the program. */
  readonly arrays: readonly AddressRange[];
  /** What is in memory elsewhere: numbers that never change. */
  readonly constant: (address: number, words: number) => readonly number[];
  /** Parts of it that hold something before the pass: arguments. */
  readonly given: readonly AddressRange[];
}

const LANE_LOADS: Readonly<Record<string, number>> = {
  "v128.load32_lane": 1,
  "v128.load64_lane": 2,
};
const PLAIN: Readonly<Record<string, WasmType>> = {
  "i32.load": "i32",
  "f32.load": "f32",
  "i64.load": "i64",
  "f64.load": "f64",
  "v128.load": "v128",
};
const PLAIN_STORES: ReadonlySet<string> = new Set([
  "i32.store",
  "f32.store",
  "i64.store",
  "f64.store",
  "v128.store",
]);
const LANE_STORES: Readonly<Record<string, number>> = {
  "v128.store32_lane": 1,
  "v128.store64_lane": 2,
};

export class Cells {
  readonly #values: PassValues;
  readonly #options: CellsOptions;
  /** By address / 4, what was stored. */
  readonly words: Map<number, Word> = new Map();
  /** By address, i32 values whose low bytes were stored. */
  readonly bytes: Map<number, PassValue> = new Map();

  constructor(values: PassValues, options: CellsOptions) {
    this.#values = values;
    this.#options = options;
  }

  /** True where something between two addresses was stored. */
  isTouched(from: number, to: number): boolean {
    for (let at = from >> 2; at < (to + 3) >> 2; at++) if (this.words.has(at)) return true;
    if (this.bytes.size === 0) return false;
    for (let at = from; at < to; at++) if (this.bytes.has(at)) return true;
    return false;
  }

  load(
    op: string,
    type: WasmType,
    address: number,
    lanes: readonly number[],
    onto?: PassValue,
  ): PassValue {
    const values = this.#values;
    const plain = PLAIN[op];
    if (plain) return this.#plain(op, plain, address);
    switch (op) {
      case "v128.load32_splat": {
        const word = this.wordAt(address);
        return madeOf(values, "v128", [word, word, word, word]);
      }
      case "v128.load64_splat": {
        const [low, high] = [this.wordAt(address), this.wordAt(address + 4)];
        return madeOf(values, "v128", [low, high, low, high]);
      }
      case "v128.load32_zero":
        return madeOf(values, "v128", [this.wordAt(address), ...zeros(3)]);
      case "v128.load64_zero":
        return madeOf(values, "v128", [
          this.wordAt(address),
          this.wordAt(address + 4),
          ...zeros(2),
        ]);
      case "i32.load8_u":
        return this.#byte(address);
    }
    const count = LANE_LOADS[op];
    if (!count || !onto) throw new NotStraight(`${op} ${type}`);
    const words = wordsIn(onto);
    for (let i = 0; i < count; i++) words[lanes[0]! * count + i] = this.wordAt(address + 4 * i);
    return madeOf(values, "v128", words);
  }

  store(op: string, address: number, value: PassValue, lanes: readonly number[]): void {
    if (op === "i32.store8") {
      this.bytes.set(address, value);
      return;
    }
    if (op === "v128.store8_lane") {
      const byte = this.#values.op("i8x16.extract_lane_u", "i32", [value], lanes);
      this.bytes.set(address, byte);
      return;
    }
    const count = LANE_STORES[op];
    if (!PLAIN_STORES.has(op) && !count) throw new NotStraight(op);
    const words = count
      ? Array.from({ length: count }, (_, i) => wordOf(value, lanes[0]! * count + i))
      : wordsIn(value);
    this.put(address, words);
  }

  put(address: number, words: readonly Word[]): void {
    words.forEach((word, i) => {
      const at = expectWord(address) + i;
      this.words.set(at, word);
      if (this.bytes.size > 0)
        for (let byte = 0; byte < 4; byte++) this.bytes.delete(at * 4 + byte);
    });
  }

  copy(to: number, from: number, bytes: number): void {
    const words = Array.from({ length: bytes >> 2 }, (_, i) => this.wordAt(from + 4 * i));
    for (let i = bytes & ~3; i < bytes; i++) this.bytes.set(to + i, this.#byte(from + i));
    this.put(to, words);
  }

  fill(to: number, byte: number, bytes: number): void {
    if (bytes % 4 !== 0) throw new NotStraight("a fill of bytes");
    const bits = (byte & 255) * 0x01010101;
    this.put(
      to,
      Array.from({ length: bytes / 4 }, () => ({ bits: bits | 0 })),
    );
  }

  #plain(op: string, type: WasmType, address: number): PassValue {
    const count = WORDS[type];
    if (this.#isConstant(address)) {
      const words = this.#options.constant(address, count);
      return madeOf(
        this.#values,
        type,
        words.map((bits) => ({ bits })),
      );
    }
    const places = Array.from({ length: count }, (_, i) => address + 4 * i);
    // As it stands in memory, where no word of it was touched.
    if (places.every((place) => this.#isThere(place))) return this.#memory(op, type, address);
    return madeOf(
      this.#values,
      type,
      places.map((place) => this.wordAt(place)),
    );
  }

  /** What a word holds now. */
  wordAt(address: number): Word {
    const at = expectWord(address);
    const known = this.words.get(at);
    if (this.bytes.size > 0) {
      const own = [0, 1, 2, 3].map((byte) => this.bytes.get(at * 4 + byte));
      if (own.some((byte) => byte)) return this.#ofBytes(own);
    }
    if (known !== undefined) return known;
    if (!this.#isThere(address)) return null;
    return { of: this.#memory("v128.load32_splat", "v128", address), at: 0 };
  }

  #ofBytes(own: readonly (PassValue | undefined)[]): Word {
    const values = this.#values;
    let word: PassValue | null = null;
    own.forEach((byte, i) => {
      if (!byte) throw new NotStraight("a word of which some bytes were stored");
      const low = values.op("i32.and", "i32", [byte, values.i32(255)]);
      const there = i === 0 ? low : values.op("i32.shl", "i32", [low, values.i32(8 * i)]);
      word = word ? values.op("i32.or", "i32", [word, there]) : there;
    });
    return { of: word!, at: 0 };
  }

  #byte(address: number): PassValue {
    const values = this.#values;
    const own = this.bytes.get(address);
    if (own) return values.op("i32.and", "i32", [own, values.i32(255)]);
    const at = address & ~3;
    if (!this.words.has(at / 4)) return this.#memory("i32.load8_u", "i32", address);
    const word = madeOf(values, "i32", [this.wordAt(at)]);
    const moved = values.op("i32.shr_u", "i32", [word, values.i32(8 * (address & 3))]);
    return values.op("i32.and", "i32", [moved, values.i32(255)]);
  }

  #memory(op: string, type: WasmType, address: number): PassValue {
    return this.#values.load(op, type, null, address);
  }

  #isConstant(address: number): boolean {
    const { scratch, arrays } = this.#options;
    const isIn = ({ from, to }: AddressRange) => address >= from && address < to;
    return !isIn(scratch) && !arrays.some(isIn);
  }

  /** Nobody stored anything there in this pass, and what was there before it counts. */
  #isThere(address: number): boolean {
    if (this.isTouched(address, address + 4)) return false;
    const { scratch, given } = this.#options;
    const isIn = ({ from, to }: AddressRange) => address >= from && address < to;
    return !isIn(scratch) || given.some(isIn);
  }
}

const zeros = (count: number): Word[] => Array.from({ length: count }, () => ({ bits: 0 }));
