// The orders in which i8x16.shuffle takes the bytes of two vectors: 0 to 15 of the first, 16 to 31 of the
// second. A word is four bytes, a half is two words.

export const LOW_HALVES: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23,
];
export const HIGH_HALVES: readonly number[] = LOW_HALVES.map((byte) => byte + 8);

/** The words of both low halves by turns: the first of each, then the second of each. */
export const LOW_WORDS_PAIRED: readonly number[] = [
  0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23,
];
export const HIGH_WORDS_PAIRED: readonly number[] = LOW_WORDS_PAIRED.map((byte) => byte + 8);

/** Of one vector: its high half, twice. */
export const HIGH_HALF_TWICE: readonly number[] = [
  8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15,
];

/** Of one vector: its second word in the place of the first. */
export const SECOND_WORD_FIRST: readonly number[] = [4, 5, 6, 7, ...HIGH_HALF_TWICE.slice(4)];
