// Builds a table out of records of fields, and says what is wrong with a record.

import { FileError } from "../../../checks/errors.ts";
import type { CutRecord } from "../bytes/scan.ts";
import { type CellRules, ColumnBuilder, type ColumnStart } from "../cells/column.ts";
import { Growing } from "../cells/growing.ts";
import type { Layout } from "./layout.ts";

/** What to do with rows that have too few or too many fields. */
export type Ragged = "refuse" | "fill";

/** Columns in order, that records fill. */
export class FieldRows {
  readonly builders: readonly (ColumnBuilder | undefined)[];
  readonly lines: Growing<Int32Array<ArrayBuffer>> = new Growing(Int32Array);
  /** Records without any value, which are left out. */
  blank = 0;
  /** Of `ragged: "fill"`. */
  tooShort = 0;
  tooLong = 0;
  readonly #rules: CellRules;
  readonly #layout: Layout;
  readonly #ragged: Ragged;
  readonly #mostRows: number;
  readonly #most: number;
  #skip: number;

  /** @param starts what is known of each column; undefined for one that is left out */
  constructor(
    rules: CellRules,
    layout: Layout,
    starts: readonly (ColumnStart | undefined)[],
    { ragged, maxCells }: { readonly ragged: Ragged; readonly maxCells: number },
  ) {
    this.#rules = rules;
    this.#layout = layout;
    this.#ragged = ragged;
    this.#skip = layout.skip;
    this.builders = starts.map((start) => start && new ColumnBuilder(rules, start));
    this.#most = maxCells;
    this.#mostRows = maxCells / Math.max(1, this.builders.filter(Boolean).length);
  }

  /** @throws FileError for a record with another number of fields, and past the most cells */
  add = (record: CutRecord): void => {
    if (this.#skip > 0) {
      this.#skip--;
      return;
    }
    const { bytes, starts, ends, count, line } = record;
    let filled = 0;
    while (filled < count && starts[filled]! >= ends[filled]!) filled++;
    if (filled === count) {
      this.blank++;
      return;
    }
    const { builders } = this;
    const width = builders.length;
    if (count !== width) this.#checkWidth(record);
    for (let i = 0; i < width; i++) {
      const builder = builders[i];
      if (builder === undefined) continue;
      if (i < count) builder.add(bytes, starts[i]!, ends[i]!, line);
      else builder.addGap();
    }
    this.lines.push(line);
    if (this.lines.length > this.#mostRows) throw this.#tooMany(line);
  };

  #checkWidth({ starts, ends, count, line }: CutRecord): void {
    const width = this.builders.length;
    if (count < width && this.#ragged === "fill") this.tooShort++;
    else if (count > width) {
      let last = count;
      while (last > width && starts[last - 1]! >= ends[last - 1]!) last--;
      if (last === width) return;
      if (this.#ragged !== "fill") throw this.#raggedError(line, last);
      this.tooLong++;
    } else throw this.#raggedError(line, count);
  }

  #raggedError(line: number, count: number): FileError {
    const width = this.builders.length;
    const { headerLine } = this.#layout;
    const as = headerLine === undefined ? "the first row" : `the header on line ${headerLine}`;
    return new FileError(
      `${this.#rules.table}: line ${line} has ${count} ${count === 1 ? "field" : "fields"}; expected ${width}, as ${as} has (ragged: "fill" reads missing fields as gaps and leaves out those that are too many)`,
    );
  }

  #tooMany(line: number): FileError {
    return new FileError(
      `${this.#rules.table}: line ${line} is past ${this.#most.toLocaleString("en")} cells, ${Math.floor(this.#mostRows).toLocaleString("en")} rows of these columns; expected a smaller table (types: { ... "ignore" } leaves columns out, maxCells raises the limit)`,
    );
  }
}
