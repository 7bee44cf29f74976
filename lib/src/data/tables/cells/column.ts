// Builds a column out of cells as they come: its type follows from all of them.

import { show } from "../../../checks/arguments.ts";
import { FileError } from "../../../checks/errors.ts";
import type { ColumnType, TableColumn } from "../table.ts";
import { type DateOrder, DateReader, isoDate, turnDate } from "./dates.ts";
import { Growing } from "./growing.ts";
import type { Missing } from "./missing.ts";
import { type DecimalSign, NumberReader } from "./numbers.ts";
import { StringStore } from "./strings.ts";

/** What the cells of a column have been so far. */
export type CellKind = "gaps" | "number" | "date" | "string";

/** How cells are to be read. */
export interface CellRules {
  /** The table, as errors name it. */
  readonly table: string;
  readonly decimal: DecimalSign;
  readonly dates: DateOrder | undefined;
  readonly missing: Missing;
}

/** What is known of a column before its first cell. */
export interface ColumnStart {
  readonly name: string;
  /** The type that it must have. */
  readonly wanted?: ColumnType | undefined;
  /** What a sample of it held. */
  readonly kind?: CellKind | undefined;
  readonly dates?: DateOrder | undefined;
}

const utf8 = new TextDecoder();
const encoder = new TextEncoder();

/** A column that grows. */
export class ColumnBuilder {
  readonly name: string;
  readonly numbers: NumberReader;
  readonly dates: DateReader;
  readonly #rules: CellRules;
  readonly #wanted: ColumnType | undefined;
  kind: CellKind;
  rows = 0;
  gaps = 0;
  errors = 0;
  /** The cell that turned numbers or dates into texts. */
  breaking: { readonly line: number; readonly text: string; readonly from: CellKind } | undefined;
  #values = new Growing(Float64Array);
  strings: StringStore | undefined;

  constructor(rules: CellRules, { name, wanted, kind, dates }: ColumnStart) {
    this.name = name;
    this.#rules = rules;
    this.#wanted = wanted;
    this.numbers = new NumberReader(rules.decimal, wanted === "number");
    this.dates = new DateReader(rules.dates ?? dates);
    this.kind = "gaps";
    if (wanted) this.#begin(wanted === "number" || wanted === "date" ? wanted : "string");
    else if (kind) this.#begin(kind);
  }

  #begin(kind: CellKind): void {
    this.kind = kind;
    if (kind === "string") {
      this.strings = new StringStore(this.#rules.missing);
      this.strings.fill(this.rows);
    } else if (kind !== "gaps") this.#values.fill(Number.NaN, this.rows);
  }

  /** @throws FileError for a cell that is not of the type that was asked for */
  add(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (
      this.kind === "number" &&
      start < end &&
      this.numbers.append(bytes, start, end, this.#values)
    ) {
      this.rows++;
    } else if (this.kind === "string") {
      this.strings!.add(bytes, start, end, line, this.#where);
      this.rows++;
    } else if (this.kind === "date" && this.#addDate(bytes, start, end)) this.rows++;
    else this.#addOther(bytes, start, end, line);
  }

  /** A gap, the first cell that is none, or one of another kind than those before. */
  #addOther(bytes: Uint8Array, start: number, end: number, line: number): void {
    const gap = this.#rules.missing.find(bytes, start, end);
    if (gap) {
      if (gap === "error") this.errors++;
      this.addGap();
      return;
    }
    if (this.kind === "gaps") this.#begin(this.#kindOf(bytes, start, end));
    else this.#break(bytes, start, end, line);
    this.add(bytes, start, end, line);
  }

  #addDate(bytes: Uint8Array, start: number, end: number): boolean {
    const value = this.dates.read(bytes, start, end);
    if (this.dates.isTurned) {
      this.dates.isTurned = false;
      this.#values.change(turnDate);
    }
    if (Number.isNaN(value)) return false;
    this.#values.push(value);
    return true;
  }

  addGap(): void {
    if (this.kind === "string") this.strings!.fill(1);
    else if (this.kind !== "gaps") this.#values.push(Number.NaN);
    this.rows++;
    this.gaps++;
  }

  /** A number that needs no reading. */
  addNumber(value: number, line: number): void {
    if (!Number.isFinite(value)) {
      this.addGap();
      return;
    }
    if (this.kind === "gaps") this.#begin("number");
    if (this.kind !== "number") {
      this.addText(String(value), line);
      return;
    }
    this.#values.push(value);
    this.rows++;
  }

  /** A point in time that needs no reading. */
  addDate(value: number, line: number): void {
    if (this.kind === "gaps") this.#begin("date");
    if (this.kind !== "date") {
      this.addText(new Date(value).toISOString(), line);
      return;
    }
    this.#values.push(value);
    this.rows++;
  }

  /** A text of a program: a number in it is a text all the same, unless numbers were asked for. */
  addText(text: string, line: number): void {
    const bytes = encoder.encode(text);
    const trial = this.kind === "gaps" && !this.#rules.missing.find(bytes, 0, bytes.length);
    if (trial && this.#kindOf(bytes, 0, bytes.length) === "number") this.#begin("string");
    else if (this.kind === "number" && this.#wanted !== "number") {
      if (!this.#rules.missing.find(bytes, 0, bytes.length))
        this.#break(bytes, 0, bytes.length, line);
    }
    this.add(bytes, 0, bytes.length, line);
  }

  #where = (): string => `${this.#rules.table}: column ${show(this.name)}`;

  #kindOf(bytes: Uint8Array, start: number, end: number): CellKind {
    if (!Number.isNaN(new NumberReader(this.#rules.decimal).read(bytes, start, end)))
      return "number";
    return Number.isNaN(new DateReader(this.dates.knownOrder).read(bytes, start, end))
      ? "string"
      : "date";
  }

  /** From here on the column holds texts: those before are written again, in the shortest form. */
  #break(bytes: Uint8Array, start: number, end: number, line: number): void {
    const text = utf8.decode(bytes.subarray(start, Math.min(end, start + 100)));
    if (this.#wanted) {
      const what =
        this.#wanted === "date"
          ? "a date"
          : `a number with "${this.#rules.decimal}" as its decimal sign`;
      throw new FileError(
        `${this.#where()}: line ${line} holds ${show(text)}; expected ${what}, or a gap (missing: [...] names what is one)`,
      );
    }
    this.breaking = { line, text, from: this.kind };
    const isDate = this.kind === "date";
    const values = this.#values.take();
    this.kind = "string";
    this.strings = new StringStore(this.#rules.missing);
    for (const value of values) {
      if (Number.isNaN(value)) this.strings.fill(1);
      else {
        const written = encoder.encode(isDate ? isoDate(value) : String(value));
        this.strings.add(written, 0, written.length, line, this.#where);
      }
    }
  }

  /** The column; the builder is empty afterwards. */
  take(): TableColumn {
    const { name } = this;
    if (this.strings) {
      const wanted =
        this.#wanted === "category" || this.#wanted === "text" ? this.#wanted : undefined;
      const column = this.strings.take(name, wanted);
      this.errors = this.strings.errors;
      return column;
    }
    if (this.kind === "gaps") this.#begin("number");
    return { name, type: this.kind === "date" ? "date" : "number", values: this.#values.take() };
  }
}
