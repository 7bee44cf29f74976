// Turns pieces of bytes in any encoding into pieces of UTF-8.

import { ArgumentError } from "../../../checks/errors.ts";
import { didYouMean } from "../../../checks/nearest.ts";
import {
  ENCODINGS,
  type FoundEncoding,
  guessedEncoding,
  isAscii,
  markedEncoding,
  windowsText,
} from "./encoding.ts";

/** Bytes that are looked at before anything is decided. */
export const SAMPLE: number = 2 ** 20;

/** The pieces as UTF-8; `found` is told once it is known. */
export class Utf8Pieces {
  /** Undefined while all is ASCII. */
  found: FoundEncoding | undefined;
  readonly #wanted: string | undefined;

  /** @throws ArgumentError for an encoding that this runtime does not know */
  constructor(wanted: string | undefined) {
    this.#wanted = wanted === undefined ? undefined : labelOf(wanted);
  }

  async *of(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    let decoder: TextDecoder | undefined;
    let isFirst = true;
    const encoder = new TextEncoder();
    for await (const piece of grouped(pieces)) {
      let bytes = piece;
      if (!this.found) {
        this.found = this.#find(bytes, isFirst);
        if (this.found && isFirst) bytes = bytes.subarray(this.found.mark);
        if (this.found && this.found.name !== "utf-8") decoder = new TextDecoder(this.found.name);
      }
      isFirst = false;
      yield decoder ? encoder.encode(mended(decoder, bytes)) : bytes;
    }
    const rest = decoder?.decode();
    if (rest) yield encoder.encode(rest);
  }

  #find(bytes: Uint8Array, isFirst: boolean): FoundEncoding | undefined {
    const marked = isFirst ? markedEncoding(bytes) : undefined;
    if (this.#wanted !== undefined) {
      const mark = marked?.name === this.#wanted ? marked.mark : 0;
      return { name: this.#wanted, mark, isGuess: false };
    }
    if (marked) return marked;
    return isAscii(bytes) ? undefined : guessedEncoding(bytes);
  }
}

function mended(decoder: TextDecoder, bytes: Uint8Array): string {
  const text = decoder.decode(bytes, { stream: true });
  return decoder.encoding === "windows-1252" ? windowsText(text) : text;
}

/** The name that the runtime gives to an encoding. */
function labelOf(wanted: string): string {
  try {
    return new TextDecoder(wanted).encoding;
  } catch {
    throw new ArgumentError(
      `readTable: the encoding "${wanted}" is not known here.${didYouMean(wanted, ENCODINGS)} Expected one of: ${ENCODINGS.join(", ")}, or another that TextDecoder knows.`,
    );
  }
}

/** The first pieces together, so that there is something to look at. */
async function* grouped(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let [first, size]: [Uint8Array[] | undefined, number] = [[], 0];
  for await (const piece of pieces) {
    if (!first) yield piece;
    else {
      // A stream may use its buffer again.
      first.push(piece.slice());
      size += piece.length;
      if (size < SAMPLE) continue;
      yield together(first);
      first = undefined;
    }
  }
  if (first && size > 0) yield together(first);
}

function together(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A file in pieces of UTF-8, of which the first is there. */
export interface Utf8Bytes {
  readonly head: Uint8Array;
  readonly isAll: boolean;
  readonly rest: AsyncIterable<Uint8Array>;
}
