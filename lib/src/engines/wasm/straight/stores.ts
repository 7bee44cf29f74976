// What a pass stores at its end, in as few instructions as it takes.

import type { Pass, PassStore } from "./pass.ts";
import type { PassValue } from "./values.ts";
import { madeOf, type Word } from "./words.ts";

export interface FinalStore {
  readonly op: string;
  readonly address: number;
  readonly value: PassValue;
  readonly lane: number | null;
}

/** As few stores as words that are neighbours take. */
export function finalStores({ values }: Pass, { address, words, byte }: PassStore): FinalStore[] {
  if (byte) return [{ op: "i32.store8", address, value: byte, lane: null }];
  const stores: FinalStore[] = [];
  for (let at = 0; at < words.length; ) {
    const place = address + 4 * at;
    const count = [4, 2, 1].find((wide) => at + wide <= words.length)!;
    const part = words.slice(at, at + count);
    at += count;
    stores.push(count === 1 ? storeOf(values, place, part[0]!) : vectorStore(values, place, part));
  }
  return stores;
}

function vectorStore(values: Pass["values"], address: number, words: readonly Word[]): FinalStore {
  if (words.length === 4) {
    const value = madeOf(values, "v128", words);
    return { op: "v128.store", address, value, lane: null };
  }
  const [low] = words;
  const isWide = low && "of" in low && (low.of.type === "f64" || low.of.type === "i64");
  if (isWide && madeOf(values, low.of.type, words) === low.of) {
    return { op: `${low.of.type}.store`, address, value: low.of, lane: null };
  }
  const isHigh = low && "of" in low && low.of.type === "v128" && low.at === 2;
  const value = madeOf(values, "v128", isHigh ? [null, null, ...words] : [...words, null, null]);
  return { op: "v128.store64_lane", address, value, lane: isHigh ? 1 : 0 };
}

function storeOf(values: Pass["values"], address: number, word: Exclude<Word, null>): FinalStore {
  if ("of" in word && word.of.type === "v128") {
    return { op: "v128.store32_lane", address, value: word.of, lane: word.at };
  }
  const type = "of" in word && word.of.type === "f32" ? "f32" : "i32";
  const value = madeOf(values, type, [word]);
  return { op: `${type}.store`, address, value, lane: null };
}
