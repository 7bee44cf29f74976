// Words of texts and places of values.

import { expect, it } from "vitest";
import { countWords, stringLookup, textVocabulary, wordsOf } from "./words.ts";

it("takes words apart, Chinese ones by character", () => {
  expect(wordsOf("  It's GOOD, isn't it?\n")).toEqual(["its", "good", "isnt", "it"]);
  expect(wordsOf("神经网络 is 好。")).toEqual(["神", "经", "网", "络", "is", "好"]);
  expect(wordsOf(" — ")).toEqual([]);
});

it("keeps the most frequent words", () => {
  const texts = ["b a", "b c", null, "constructor a b b"];
  expect(textVocabulary(texts)).toEqual(["b", "a", "c", "constructor"]);
  expect(textVocabulary(texts, { most: 2 })).toEqual(["b", "a"]);
  expect(textVocabulary(texts, { leastTexts: 2 })).toEqual(["b", "a"]);
});

it("counts words, and finds places", () => {
  expect(countWords("B, a b; d", ["a", "b", "c"])).toEqual([1, 2, 0]);
  expect(countWords(null, ["a"])).toEqual([0]);
  expect([...stringLookup(["x", null, "z", "y"], ["y", "x"])]).toEqual([1, -1, -1, 0]);
});

it("refuses what is no text", () => {
  expect(() => textVocabulary([1] as never)).toThrow("textVocabulary: expected texts to be a list");
  expect(() => textVocabulary([], { max: 3 } as never)).toThrow("most");
  expect(() => countWords(3 as never, [])).toThrow("countWords: expected text");
  expect(() => stringLookup("a" as never, [])).toThrow("stringLookup: expected values");
});
