// The words of vectors: where each comes from, and vectors put together of words from anywhere.

import type { WasmType } from "../code/instructions.ts";
import { NotStraight, type PassValue, type PassValues } from "./values.ts";

/** Four bytes: a part of a value, or a number. Null is a word that nobody wrote, which may be anything. */
export type Word =
  | { readonly of: PassValue; readonly at: number }
  | { readonly bits: number }
  | null;

const FLOATS = new Float32Array(1);
const DOUBLES = new Float64Array(1);
const FLOAT_BITS = new Int32Array(FLOATS.buffer);
const DOUBLE_BITS = new Int32Array(DOUBLES.buffer);

/** How many words a value of a type has. */
export const WORDS: Readonly<Record<WasmType, number>> = {
  i32: 1,
  f32: 1,
  i64: 2,
  f64: 2,
  v128: 4,
};

const SPLATS: Readonly<Record<string, WasmType>> = {
  "f32x4.splat": "f32",
  "i32x4.splat": "i32",
  "f64x2.splat": "f64",
  "i64x2.splat": "i64",
};
const REPLACES = new Set(["f32x4.replace_lane", "i32x4.replace_lane"]);
const EXTRACTS = new Set(["f32x4.extract_lane", "i32x4.extract_lane"]);
const DOUBLE_EXTRACTS = new Set(["f64x2.extract_lane", "i64x2.extract_lane"]);

/** Word `at` of a value, as far back as it was only moved. */
export function wordOf(of: PassValue, at: number): Word {
  const { what, args, type } = of;
  if (what.kind === "words") return { bits: what.words[at]! };
  if (what.kind === "number") return { bits: bitsOf(type, what.value, at) };
  if (what.kind !== "op") return { of, at };
  const { op, lanes } = what;
  if (op === "i8x16.shuffle") {
    const byte = lanes[at * 4]!;
    const moves = [1, 2, 3].every((i) => lanes[at * 4 + i] === byte + i) && byte % 4 === 0;
    if (moves) return wordOf(args[byte >> 4]!, (byte & 15) >> 2);
  }
  const scalar = SPLATS[op];
  if (scalar) return wordOf(args[0]!, at % WORDS[scalar]);
  if (REPLACES.has(op)) return lanes[0] === at ? wordOf(args[1]!, 0) : wordOf(args[0]!, at);
  if (EXTRACTS.has(op)) return wordOf(args[0]!, lanes[0]!);
  if (DOUBLE_EXTRACTS.has(op)) return wordOf(args[0]!, lanes[0]! * 2 + at);
  if (op === "f64x2.replace_lane") {
    return at >> 1 === lanes[0] ? wordOf(args[1]!, at & 1) : wordOf(args[0]!, at);
  }
  if (op === "v128.and") {
    for (const [mask, other] of [args, [...args].reverse()]) {
      if (mask!.what.kind !== "words") continue;
      if (mask!.what.words[at] === 0) return { bits: 0 };
      if (mask!.what.words[at] === -1) return wordOf(other!, at);
    }
  }
  return { of, at };
}

function bitsOf(type: WasmType, value: number, at: number): number {
  if (type === "i32") return value | 0;
  if (type === "f32") {
    FLOATS[0] = value;
    return FLOAT_BITS[0]!;
  }
  if (type === "i64") return at === 0 ? value | 0 : Math.floor(value / 2 ** 32) | 0;
  DOUBLES[0] = value;
  return DOUBLE_BITS[at]!;
}

/** Of the words of a value. */
export function wordsIn(value: PassValue): Word[] {
  return Array.from({ length: WORDS[value.type] }, (_, at) => wordOf(value, at));
}

/** A value of a type made of words. */
export function madeOf(values: PassValues, type: WasmType, words: readonly Word[]): PassValue {
  const whole = sameValue(type, words);
  if (whole) return whole;
  switch (type) {
    case "v128":
      return vectorOf(values, words);
    case "f32":
    case "i32":
      return scalarOf(values, type, words[0]!);
    default:
      return pairOf(values, type, words);
  }
}

/** A value whose words these are, in order. */
function sameValue(type: WasmType, words: readonly Word[]): PassValue | null {
  const first = words.find((word) => word !== null && "of" in word);
  if (!first || !("of" in first) || first.of.type !== type) return null;
  const isSame = words.every(
    (word, at) => word === null || ("of" in word && word.of === first.of && word.at === at),
  );
  return isSame ? first.of : null;
}

function scalarOf(values: PassValues, type: "f32" | "i32", word: Word): PassValue {
  if (word === null) return values.number(type, 0);
  if ("bits" in word) {
    if (type === "i32") return values.i32(word.bits);
    FLOAT_BITS[0] = word.bits;
    // A NaN with bits of its own would lose them as a number.
    if (!Number.isNaN(FLOATS[0])) return values.number("f32", FLOATS[0]!);
    return values.op("f32.reinterpret_i32", "f32", [values.i32(word.bits)]);
  }
  const { of, at } = word;
  if (of.type === type) return of;
  const { what, args } = of;
  if (what.kind === "load" && args.length > 0 && of.type === "v128") {
    return values.load(`${type}.load`, type, args[0]!, what.offset + 4 * at);
  }
  if (of.type === "v128") return values.op(`${type}x4.extract_lane`, type, [of], [at]);
  if (of.type === "i32") return values.op("f32.reinterpret_i32", "f32", [of]);
  if (of.type === "f32") return values.op("i32.reinterpret_f32", "i32", [of]);
  return scalarOf(values, type, { of: spread(values, of), at });
}

function pairOf(values: PassValues, type: "f64" | "i64", words: readonly Word[]): PassValue {
  const vector = vectorOf(values, [words[0]!, words[1]!, null, null]);
  return values.op(`${type}x2.extract_lane`, type, [vector], [0]);
}

/** A scalar in all lanes of its size. */
function spread(values: PassValues, value: PassValue): PassValue {
  if (value.type === "v128") return value;
  const { what, args } = value;
  if (what.kind === "load" && args.length > 0 && !what.op.includes("8")) {
    return values.load(`v128.load${32 * WORDS[value.type]}_splat`, "v128", args[0]!, what.offset);
  }
  const kind = WORDS[value.type] === 1 ? `${value.type}x4` : `${value.type}x2`;
  return values.op(`${kind}.splat`, "v128", [value]);
}

/** Of two vectors at a time: first what the most words come from. */
function vectorOf(values: PassValues, words: readonly Word[]): PassValue {
  if (words.every((word) => word === null || "bits" in word)) {
    return values.words(words.map((word) => (word && "bits" in word ? word.bits : 0)));
  }
  const sources = new Map<PassValue, number>();
  const bits = words.map((word) => (word && "bits" in word ? word.bits : 0));
  const numbers = words.some((word) => word && "bits" in word) ? values.words(bits) : null;
  const froms = words.map((word, lane) => {
    if (word === null) return null;
    const from = "bits" in word ? numbers! : spread(values, word.of);
    sources.set(from, (sources.get(from) ?? 0) + 1);
    return { from, at: "bits" in word ? lane : placeIn(word, lane) };
  });
  const [first, ...others] = [...sources].sort((a, b) => b[1] - a[1]).map(([source]) => source);
  if (others.length === 3) {
    // Four sources: two pairs, and what they give.
    const half = (lane: number) =>
      shuffled(values, froms[lane]!.from, froms[lane + 1]!.from, [
        froms[lane]!.at,
        4 + froms[lane + 1]!.at,
        null,
        null,
      ]);
    return shuffled(values, half(0), half(2), [0, 1, 4, 5]);
  }
  let made = first!;
  let places: (number | null)[] = froms.map((one) => (one?.from === first ? one!.at : null));
  if (others.length === 0) return shuffled(values, made, made, places);
  for (const other of others) {
    const lanes = froms.map((one, lane) => {
      if (one?.from === other) return 4 + one.at;
      return places[lane]!;
    });
    made = shuffled(values, made, other, lanes);
    places = lanes.map((lane, at) => (lane === null ? null : at));
  }
  return made;
}

/** Of words that are in several places the one where it is wanted. */
function placeIn({ of, at }: Exclude<Word, null | { bits: number }>, lane: number): number {
  if (WORDS[of.type] === 1 || isUniform(of)) return lane;
  return WORDS[of.type] === 2 ? (lane & 2) | at : at;
}

/** The same word of memory in all lanes. */
export function isUniform({ what }: PassValue): boolean {
  return what.kind === "load" && what.op === "v128.load32_splat";
}

/** Words 0 to 3 of the first vector, 4 to 7 of the second; null for any. */
function shuffled(
  values: PassValues,
  a: PassValue,
  b: PassValue,
  given: readonly (number | null)[],
): PassValue {
  const lanes = completed(given);
  if (lanes.every((lane, at) => lane === at)) return a;
  const bytes = lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte));
  return values.op("i8x16.shuffle", "v128", [a, b], bytes);
}

/** What is free is chosen so that a short instruction does it: all one word, or all in place. */
function completed(lanes: readonly (number | null)[]): number[] {
  const known = lanes.filter((lane) => lane !== null);
  const inPlace = lanes.every((lane, at) => lane === null || (lane & 3) === at);
  if (inPlace) return lanes.map((lane, at) => lane ?? at);
  const one = known[0]!;
  if (known.every((lane) => lane === one)) return lanes.map(() => one);
  // Halves that are alike: the low words by turns, or a pair that is repeated.
  const [a, b, c, d] = lanes;
  if (c === null && d === null) return [a ?? 0, b ?? 0, ...pairBehind(a ?? 0, b ?? 0)];
  return lanes.map((lane, at) => lane ?? at);
}

function pairBehind(a: number, b: number): number[] {
  // As an unpacking of two vectors goes on, or a move of two words.
  if (b === a + 4) return a % 4 === 0 || a % 4 === 2 ? [a + 1, b + 1] : [a, b];
  return b === a + 1 ? [a, b] : [a, b];
}

export function expectWord(address: number): number {
  if (address % 4 !== 0) throw new NotStraight(`a word at ${address}`);
  return address / 4;
}
