// What stands for a gap in a file: the empty cell, marks of people and of programs, and errors of spreadsheets.

import { Words } from "./words.ts";

/** What is read as a gap unless something else is asked for; an empty cell always is. */
export const MISSING: readonly string[] = [
  "NA",
  "N/A",
  "n/a",
  "null",
  "NULL",
  "NaN",
  "nan",
  "-",
  "?",
];
/** What a spreadsheet writes where a formula failed, and numbers that no model can read. */
const ERRORS = [
  ...["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"],
  ...["inf", "-inf", "Infinity", "-Infinity"],
];

/** Tells gaps by their bytes. */
export class Missing {
  readonly #words = new Words();
  readonly #marks: number;

  constructor(marks: readonly string[] = MISSING) {
    const utf8 = new TextEncoder();
    for (const text of ["", ...marks]) this.#add(utf8.encode(text));
    this.#marks = this.#words.size;
    for (const text of ERRORS) this.#add(utf8.encode(text));
  }

  #add(bytes: Uint8Array): void {
    this.#words.add(bytes, 0, bytes.length);
  }

  /** Undefined for what is no gap. */
  find(bytes: Uint8Array, start: number, end: number): "mark" | "error" | undefined {
    if (start >= end) return "mark";
    const word = this.#words.find(bytes, start, end);
    if (word < 0) return undefined;
    return word < this.#marks ? "mark" : "error";
  }
}
