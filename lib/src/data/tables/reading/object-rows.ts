// Builds a table out of values by name: objects one after the other, or whole columns.

import { show } from "../../../checks/arguments.ts";
import { ArgumentError, FileError } from "../../../checks/errors.ts";
import { type CellRules, ColumnBuilder } from "../cells/column.ts";
import { Growing } from "../cells/growing.ts";
import type { ColumnType } from "../table.ts";

/** What a column is to be; "ignore" leaves it out. */
export type WantedType = ColumnType | "ignore";

/** Columns by name, that objects fill. */
export class ObjectRows {
  readonly builders: Map<string, ColumnBuilder> = new Map();
  readonly lines: Growing<Int32Array<ArrayBuffer>> = new Growing(Int32Array);
  readonly #rules: CellRules;
  readonly #types: Readonly<Record<string, WantedType>>;
  readonly #isFile: boolean;
  readonly #most: number;

  /** @param place what errors call a row: a line of a file, or a record */
  constructor(
    rules: CellRules,
    types: Readonly<Record<string, WantedType>>,
    place: "line" | "record",
    maxCells: number,
  ) {
    this.#rules = rules;
    this.#types = types;
    this.#isFile = place === "line";
    this.#most = maxCells;
  }

  get rows(): number {
    return this.lines.length;
  }

  /** @throws FileError or ArgumentError for what is no object, and for values that no column holds */
  add(record: unknown, line: number): void {
    if (typeof record !== "object" || record === null || Array.isArray(record)) {
      throw this.#error(
        `${this.#place(line)} is ${show(record)}; expected an object, { name: value, ... }`,
      );
    }
    for (const [name, value] of Object.entries(record)) {
      const builder = this.column(name);
      if (builder) this.set(builder, value, line);
    }
    this.lines.push(line);
    for (const builder of this.builders.values()) if (builder.rows < this.rows) builder.addGap();
    if (this.rows * this.builders.size > this.#most) {
      throw this.#error(
        `${this.#place(line)} is past ${this.#most.toLocaleString("en")} cells; expected a smaller table (types: { ... "ignore" } leaves columns out, maxCells raises the limit)`,
      );
    }
  }

  /** The builder of a column, with gaps for the rows so far; undefined for one that is left out. */
  column(name: string): ColumnBuilder | undefined {
    const known = this.builders.get(name);
    if (known) return known;
    const wanted = Object.hasOwn(this.#types, name) ? this.#types[name] : undefined;
    if (wanted === "ignore") return undefined;
    const builder = new ColumnBuilder(this.#rules, { name, wanted });
    for (let row = 0; row < this.rows; row++) builder.addGap();
    this.builders.set(name, builder);
    return builder;
  }

  set(builder: ColumnBuilder, value: unknown, line: number): void {
    if (value === null || value === undefined) builder.addGap();
    else if (typeof value === "number") builder.addNumber(value, line);
    else if (typeof value === "string") builder.addText(value, line);
    else if (typeof value === "boolean" || typeof value === "bigint")
      builder.addText(String(value), line);
    else if (value instanceof Date && !Number.isNaN(value.getTime()))
      builder.addDate(value.getTime(), line);
    else {
      throw this.#error(
        `${this.#place(line)}, column ${show(builder.name)}: expected a number, a text, true, false, a date or null, received ${show(value)} (types: { ... "ignore" } leaves a column out)`,
      );
    }
  }

  #place(line: number): string {
    return `${this.#isFile ? "line" : "record"} ${line}`;
  }

  #error(says: string): FileError | ArgumentError {
    const message = `${this.#rules.table}: ${says}`;
    return this.#isFile ? new FileError(message) : new ArgumentError(message);
  }
}

/** @throws what `fail` makes of it, for columns that are not of one length */
export function addColumns(
  rows: ObjectRows,
  columns: readonly (readonly [string, ArrayLike<unknown>])[],
  fail: (says: string) => Error,
): void {
  const [first, ...others] = columns;
  const length = first?.[1].length ?? 0;
  const other = others.find(([, values]) => values.length !== length);
  if (other) {
    throw fail(
      `column ${show(other[0])} has ${other[1].length} values; expected ${length}, as column ${show(first![0])} has`,
    );
  }
  for (const [name, values] of columns) {
    const builder = rows.column(name);
    if (builder) for (let i = 0; i < length; i++) rows.set(builder, values[i], i + 1);
  }
  for (let i = 0; i < length; i++) rows.lines.push(i + 1);
}
