// Text as words and values as numbers, as Keras's TextVectorization and StringLookup read them.

import {
  count,
  expectArgument,
  expectOptions,
  type Kind,
  type Kinds,
  listOf,
} from "../../checks/arguments.ts";

/** A text may be missing. */
type Texts = readonly (string | null)[];

const strings: Kind<readonly string[]> = listOf({
  says: "a text",
  fits: (value) => typeof value === "string",
});
const TEXTS: Kind<Texts> = listOf({
  says: "a text, or null for a gap",
  fits: (value) => typeof value === "string" || value === null,
});

/** Punctuation goes, letters become small; Chinese characters are words by themselves. */
export function wordsOf(text: string): string[] {
  const plain = text.toLowerCase().replaceAll(/[\p{P}\p{S}]/gu, "");
  return plain.match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
}

/** Options of textVocabulary(). */
export interface VocabularyOptions {
  /** How many words to keep, the most frequent ones; 100 by default. */
  readonly most?: number;
  /** In how many texts a word must stand to be kept; 1 by default. */
  readonly leastTexts?: number;
}

const OPTIONS: Kinds<VocabularyOptions> = { most: count, leastTexts: count };

/**
 * The words of texts, most frequent first, those as frequent in the order of the alphabet: small letters,
 * without punctuation, between white space, as Keras's TextVectorization takes them; Chinese characters one by one.
 * @throws ArgumentError for what is no list of texts
 */
export function textVocabulary(texts: Texts, options: VocabularyOptions = {}): string[] {
  expectArgument("textVocabulary", "texts", texts, TEXTS);
  expectOptions("textVocabulary", options, OPTIONS);
  const { most = 100, leastTexts = 1 } = options;
  const found = new Map<string, { times: number; texts: number }>();
  for (const text of texts) {
    const words = wordsOf(text ?? "");
    for (const word of words) {
      const tally = found.get(word) ?? { times: 0, texts: 0 };
      tally.times++;
      found.set(word, tally);
    }
    for (const word of new Set(words)) found.get(word)!.texts++;
  }
  return [...found]
    .filter(([, tally]) => tally.texts >= leastTexts)
    .sort(([a, x], [b, y]) => y.times - x.times || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
}

/** How often each word of a vocabulary stands in a text: all zeros for null. */
export function countWords(text: string | null, words: readonly string[]): number[] {
  expectArgument("countWords", "text", text, TEXTS.member!);
  expectArgument("countWords", "words", words, strings);
  const counts = words.map(() => 0);
  tally(text, placesByValue(words), (place) => counts[place]!++);
  return counts;
}

/** Calls with the place of each word of the text that has one. */
export function tally(
  text: string | null,
  places: ReadonlyMap<string, number>,
  each: (place: number) => void,
): void {
  if (text === null) return;
  for (const word of wordsOf(text)) {
    const place = places.get(word);
    if (place !== undefined) each(place);
  }
}

/** Where each value of a list stands. */
export function placesByValue(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map(values.map((value, place) => [value, place]));
}

/**
 * Where each value stands in a vocabulary, -1 for null and for what is not in it: what `embedding` and
 * `categoryEncoding` take. Keras's StringLookup counts from 1, with 0 for the unknown: one more than here.
 * @throws ArgumentError for what is no list of texts
 */
export function stringLookup(values: Texts, vocabulary: readonly string[]): Int32Array {
  expectArgument("stringLookup", "values", values, TEXTS);
  expectArgument("stringLookup", "vocabulary", vocabulary, strings);
  const places = placesByValue(vocabulary);
  return Int32Array.from(values, (value) => (value === null ? -1 : (places.get(value) ?? -1)));
}
