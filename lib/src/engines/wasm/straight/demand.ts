// Which words of its vectors a pass needs: often half of a vector is there only because it is four wide.

import type { Pass } from "./pass.ts";
import type { PassValue } from "./values.ts";
import { WORDS, type Word } from "./words.ts";

/** A bit for each word of a value that is needed; values that are not there are not needed at all. */
export type Demand = ReadonlyMap<PassValue, number>;

const OF_WORDS =
  /^(f32x4|i32x4)\.(?!extract|replace|splat|demote|trunc_sat_f64|extend)|^v128\.(and|or|xor|not|andnot|bitselect)$/;
const OF_PAIRS = /^(f64x2|i64x2)\.(?!extract|replace|splat|promote|convert|extend)/;

/** Two doubles of the two low words. */
const OF_LOW_HALF = new Set(["f64x2.promote_low_f32x4", "f64x2.convert_low_i32x4_s"]);

/** True where each word of the result depends on the same word of vectors alone. */
export function isByWords({ type, what }: PassValue): boolean {
  return type === "v128" && what.kind === "op" && OF_WORDS.test(what.op);
}

export function demandOf({ checks, stores, carried }: Pass): Demand {
  const demand = new Map<PassValue, number>();
  const waiting: PassValue[] = [];
  const want = (value: PassValue, words: number) => {
    const before = demand.get(value) ?? 0;
    if ((before | words) === before) return;
    demand.set(value, before | words);
    waiting.push(value);
  };
  const wantWord = (word: Word) => {
    if (word && "of" in word) want(word.of, 1 << word.at);
  };
  const all = (value: PassValue) => want(value, (1 << WORDS[value.type]) - 1);
  for (const { condition, args } of checks) [condition, ...args].forEach(all);
  for (const { words, byte } of stores) {
    words.forEach(wantWord);
    if (byte) all(byte);
  }
  const next = new Map(carried.map(({ value, words }) => [value, words]));
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    const words = demand.get(value)!;
    next.get(value)?.forEach((word, at) => {
      if ((words >> at) & 1) wantWord(word);
    });
    wantArguments(value, words, want, all);
  }
  return demand;
}

function wantArguments(
  value: PassValue,
  words: number,
  want: (value: PassValue, words: number) => void,
  all: (value: PassValue) => void,
): void {
  const { what, args } = value;
  const each = (mask: number) => {
    for (const arg of args) {
      if (arg.type === "v128") want(arg, mask);
      else all(arg);
    }
  };
  if (what.kind !== "op") {
    args.forEach(all);
    return;
  }
  const [lane = 0] = what.lanes;
  if (what.op === "i8x16.shuffle") {
    for (let at = 0; at < 16; at++) {
      const byte = what.lanes[at]!;
      if ((words >> (at >> 2)) & 1) want(args[byte >> 4]!, 1 << ((byte & 15) >> 2));
    }
  } else if (isByWords(value)) each(words);
  else if (OF_PAIRS.test(what.op)) each((words & 3 ? 3 : 0) | (words & 12 ? 12 : 0));
  else if (/^[fi]32x4\.extract_lane$/.test(what.op)) each(1 << lane);
  else if (/^[fi]64x2\.extract_lane$/.test(what.op)) each(3 << (2 * lane));
  else if (OF_LOW_HALF.has(what.op)) each((words & 3 ? 1 : 0) | (words & 12 ? 2 : 0));
  else if (what.op === "f32x4.demote_f64x2_zero") each((words & 1 ? 3 : 0) | (words & 2 ? 12 : 0));
  else args.forEach(all);
}
