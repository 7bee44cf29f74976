// Texts that a network writes: the next character drawn from what it holds likely, again and again.

import { fromData } from "neurite";
import { Rng } from "neurite/data";
import type { Model } from "neurite/train";
import { numbersFor, unknownIn } from "../sources/text.ts";
import { type ReadTextFile, UNKNOWN } from "../sources/text-spec.ts";
import { UsageError } from "../terminal/failures.ts";

export interface SampleOptions {
  /** What every text begins with. */
  readonly from: string;
  readonly count: number;
  /** Characters of a text at most, its beginning included. */
  readonly most: number;
  /** Above 1 more daring, below 1 more careful; at 0 always the likeliest. */
  readonly temperature: number;
  readonly seed: number;
}

/** @throws UsageError for a beginning with characters that the run has never met */
export async function sampleTexts(
  model: Model,
  file: ReadTextFile,
  { from, count, most, temperature, seed }: SampleOptions,
): Promise<string[]> {
  expectMet(from, file);
  const { vocabulary, lines } = file;
  const end = vocabulary.indexOf("\n");
  // A list's lines begin behind the end of the one before; prose with a new line, or with whatever comes first.
  const start = lines || from === "" ? [Math.max(0, end)] : [];
  const given = numbersFor(from, vocabulary);
  const texts = Array.from({ length: count }, () => [...start, ...given]);
  const rngs = texts.map((_, i) => new Rng(seed + i));
  const isDone = texts.map(() => false);
  const longest = most + start.length;
  while (texts.some((text, i) => !isDone[i] && text.length < longest)) {
    const shares = await nextShares(model, file, texts);
    for (const [i, text] of texts.entries()) {
      if (isDone[i] || text.length >= longest) continue;
      const next = drawn(shares[i]!, temperature, rngs[i]!, vocabulary.indexOf(UNKNOWN));
      if (lines && next === end) isDone[i] = true;
      else text.push(next);
    }
  }
  return texts.map((text) =>
    text
      .slice(start.length)
      .map((number) => vocabulary[number])
      .join(""),
  );
}

/** @throws UsageError naming the characters that the run has never met */
export function expectMet(text: string, { vocabulary }: ReadTextFile): void {
  if (unknownIn(text, vocabulary) === 0) return;
  const known = new Set(vocabulary);
  const unknown = [...new Set(text)].filter((character) => !known.has(character));
  throw new UsageError(
    `expected characters that the run has met, received ${unknown.map((one) => JSON.stringify(one)).join(", ")}`,
  );
}

/**
 * What each text is likely to go on with, by number of the character. The network reads the last characters of
 * each, from the left: what stands behind them changes nothing of what it says of them.
 * @param texts all of one length, or all longer than what the network reads
 */
export async function nextShares(
  model: Model,
  { length, vocabulary }: ReadTextFile,
  texts: readonly (readonly number[])[],
): Promise<Float64Array[]> {
  const data = new Int32Array(texts.length * length);
  for (const [i, text] of texts.entries()) data.set(text.slice(-length), i * length);
  const y = await model.predict(fromData(data, [texts.length, length], "int32"));
  const size = vocabulary.length;
  const values = y.data as ArrayLike<number>;
  return texts.map((text, i) => {
    const step = Math.min(text.length, length) - 1;
    const at = (i * length + step) * size;
    return Float64Array.from({ length: size }, (_, c) => values[at + c]!);
  });
}

/** @param never the character that stands for others, and is none itself */
function drawn(shares: Float64Array, temperature: number, rng: Rng, never: number): number {
  if (never >= 0) shares[never] = 0;
  const best = shares.reduce((at, share, c) => (share > shares[at]! ? c : at), 0);
  if (temperature === 0) return best;
  const weights = shares.map((share) => (share / shares[best]!) ** (1 / temperature));
  const total = weights.reduce((a, b) => a + b, 0);
  let left = rng.uniform() * total;
  for (let c = 0; c < weights.length; c++) {
    left -= weights[c]!;
    if (left < 0) return c;
  }
  return best;
}
