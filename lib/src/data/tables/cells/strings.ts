// Texts of a column as they come: numbered while they repeat, kept one by one when they hardly do.

import { FileError } from "../../../checks/errors.ts";
import type { CategoryColumn, TextColumn } from "../table.ts";
import { Growing } from "./growing.ts";
import type { Missing } from "./missing.ts";
import { Words } from "./words.ts";

/** With more different texts than this, of which most came once, they are not numbered any more. */
const CROWD = 16_384;
const utf8 = new TextDecoder("utf-8", { fatal: true });
/** Places of words that are gaps. */
const GAP = -1;
const ERROR = -2;

/** Texts of one column. */
export class StringStore {
  readonly #missing: Missing;
  #words = new Words();
  /** For each word its place among the texts, or that it is a gap. */
  #places: number[] = [];
  /** The texts by place, and the line on which each came first. */
  #texts: string[] = [];
  #lines: number[] = [];
  #codes = new Growing(Int32Array);
  #spread: (string | null)[] | undefined;
  /** How many cells were formulas of a spreadsheet, and the first line with one. */
  formulas = 0;
  formulaLine = 0;
  /** How many cells were errors of a spreadsheet, which are gaps. */
  errors = 0;

  constructor(missing: Missing) {
    this.#missing = missing;
  }

  add(bytes: Uint8Array, start: number, end: number, line: number, where: () => string): void {
    if (this.#spread) {
      const gap = this.#missing.find(bytes, start, end);
      if (gap === "error") this.errors++;
      this.#spread.push(gap ? null : this.#decoded(bytes, start, end, line, where));
      return;
    }
    const word = this.#words.add(bytes, start, end);
    if (word === this.#places.length) {
      const gap = this.#missing.find(bytes, start, end);
      if (gap) this.#places.push(gap === "error" ? ERROR : GAP);
      else this.#places.push(this.#newText(this.#decode(bytes, start, end, line, where), line));
    }
    const place = this.#places[word]!;
    if (place === ERROR) this.errors++;
    this.#codes.push(place < 0 ? -1 : place);
    if (this.#texts.length > CROWD && this.#texts.length > this.#codes.length / 2) this.#part();
  }

  /** Gaps of rows that have no cell here. */
  fill(rows: number): void {
    if (this.#spread) for (let i = 0; i < rows; i++) this.#spread.push(null);
    else this.#codes.fill(-1, rows);
  }

  #newText(text: string, line: number): number {
    this.#lines.push(line);
    return this.#texts.push(text) - 1;
  }

  #decoded(
    bytes: Uint8Array,
    start: number,
    end: number,
    line: number,
    where: () => string,
  ): string {
    const text = this.#decode(bytes, start, end, line, where);
    if (text.startsWith("=")) this.#sawFormulas(1, line);
    return text;
  }

  #sawFormulas(count: number, line: number): void {
    this.formulas += count;
    this.formulaLine ||= line;
  }

  #decode(
    bytes: Uint8Array,
    start: number,
    end: number,
    line: number,
    where: () => string,
  ): string {
    try {
      return utf8.decode(bytes.subarray(start, end));
    } catch {
      throw new FileError(
        `${where()}: line ${line} holds bytes that are no UTF-8, which the rest is; expected one encoding in a file (or its name, as encoding: "windows-1252")`,
      );
    }
  }

  #part(): void {
    const codes = this.#codes.take();
    const rowsOf = this.#counts(codes);
    for (const [place, text] of this.#texts.entries()) {
      if (text.startsWith("=")) this.#sawFormulas(rowsOf[place]!, this.#lines[place]!);
    }
    this.#spread = Array.from(codes, (code) => (code < 0 ? null : this.#texts[code]!));
    this.#words = new Words();
    this.#places = [];
    this.#texts = [];
    this.#lines = [];
  }

  #counts(codes: Int32Array): Int32Array {
    const counts = new Int32Array(this.#texts.length);
    for (const code of codes) if (code >= 0) counts[code]!++;
    return counts;
  }

  /** The texts with how often each came and where first; undefined once they are kept one by one. */
  tally():
    | readonly { readonly text: string; readonly rows: number; readonly line: number }[]
    | undefined {
    if (this.#spread) return undefined;
    const counts = new Int32Array(this.#texts.length);
    this.#codes.change((code) => {
      if (code >= 0) counts[code]!++;
      return code;
    });
    return this.#texts.map((text, place) => ({
      text,
      rows: counts[place]!,
      line: this.#lines[place]!,
    }));
  }

  /** The column; of the type that is asked for, or that suits. */
  take(name: string, wanted: "category" | "text" | undefined): CategoryColumn | TextColumn {
    const tally = this.tally();
    if (!tally) {
      const values = this.#spread!;
      return wanted === "category" ? numbered(name, values) : { name, type: "text", values };
    }
    for (const { text, rows, line } of tally) {
      if (text.startsWith("=")) this.#sawFormulas(rows, line);
    }
    const codes = this.#codes.take();
    const texts = tally.map(({ text }) => text);
    const isCategory = wanted ? wanted === "category" : isRepeating(tally);
    if (isCategory) return category(name, codes, texts);
    return { name, type: "text", values: Array.from(codes, (code) => texts[code] ?? null) };
  }
}

/** Whether texts are names of a few things: not sentences, and not another one in most rows. */
function isRepeating(tally: readonly { readonly text: string; readonly rows: number }[]): boolean {
  const rows = tally.reduce((sum, { rows }) => sum + rows, 0);
  const words = tally.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
  if (tally.length > rows / 2 && words > 4 * tally.length) return false;
  return (
    tally.length <= 20 ||
    (tally.length <= 1000 && tally.length <= rows / 2) ||
    tally.length <= rows / 20
  );
}

/** Values in order, each of true and false written one way. */
function category(name: string, codes: Int32Array, texts: readonly string[]): CategoryColumn {
  const isTruth = texts.length > 0 && texts.every((text) => /^(true|false)$/i.test(text));
  const shown = isTruth ? texts.map((text) => text.toLowerCase()) : texts;
  const values = [...new Set(shown)];
  const areNumbers = values.every((value) => value !== "" && !Number.isNaN(Number(value)));
  values.sort((a, b) => (areNumbers ? Number(a) - Number(b) : 0) || Number(a > b) - Number(a < b));
  const places = new Map(values.map((value, place) => [value, place]));
  const moved = Int32Array.from(shown, (text) => places.get(text)!);
  for (let row = 0; row < codes.length; row++)
    if (codes[row]! >= 0) codes[row] = moved[codes[row]!]!;
  return { name, type: "category", codes, values };
}

function numbered(name: string, rows: readonly (string | null)[]): CategoryColumn {
  const places = new Map<string, number>();
  const codes = Int32Array.from(rows, (text) => {
    if (text === null) return -1;
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return category(name, codes, [...places.keys()]);
}
