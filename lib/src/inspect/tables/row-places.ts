// Finds rows of tables that are alike: by a hash of their cells, then cell by cell.

import { textAt } from "../../data/tables/cell-values.ts";
import type { Table, TableColumn } from "../../data/tables/table.ts";

/** The columns that rows are compared by. */
type Columns = readonly TableColumn[];

/** Rows by what stands in them; the first of those that are alike. */
export class RowPlaces {
  readonly #columns: Columns;
  readonly #hashes: Int32Array;
  /** Row + 1, or 0: open addressing, at most half full. */
  readonly #slots: Int32Array;
  /** For each row the first one like it. */
  readonly firsts: Int32Array;

  constructor({ rows }: Pick<Table, "rows">, columns: Columns) {
    this.#columns = columns;
    this.#hashes = rowHashes(columns, rows);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 2)));
    this.firsts = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const slot = this.#slot(columns, row, this.#hashes[row]!);
      const held = this.#slots[slot]! - 1;
      if (held < 0) this.#slots[slot] = row + 1;
      this.firsts[row] = held < 0 ? row : held;
    }
  }

  /** Where a row stands, or would. */
  #slot(columns: Columns, row: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const held = this.#slots[slot]! - 1;
      if (held < 0) return slot;
      if (this.#hashes[held] === hash && isAlike(this.#columns, held, columns, row)) return slot;
    }
  }

  /** For each row of other columns the first row here that is like it, -1 where none is. */
  find(columns: Columns, rows: number): Int32Array {
    const hashes = rowHashes(columns, rows);
    return hashes.map((hash, row) => this.#slots[this.#slot(columns, row, hash)]! - 1);
  }
}

function isAlike(a: Columns, i: number, b: Columns, j: number): boolean {
  return a.every((column, c) => {
    const other = b[c]!;
    if (column.type === "number" || column.type === "date") {
      const [x, y] = [column.values[i]!, (other as typeof column).values[j]!];
      return x === y || (Number.isNaN(x) && Number.isNaN(y));
    }
    return textAt(column, i) === textAt(other, j);
  });
}

function rowHashes(columns: Columns, rows: number): Int32Array {
  const hashes = new Int32Array(rows).fill(17);
  for (const column of columns) {
    if (column.type === "number" || column.type === "date") addNumbers(hashes, column.values);
    else addTexts(hashes, column);
  }
  return hashes;
}

const mixed = (hash: number, next: number): number => {
  const x = Math.imul(hash ^ next, 0x9e3779b1);
  return x ^ (x >>> 15);
};

function addNumbers(hashes: Int32Array, values: Float64Array): void {
  const number = new Float64Array(1);
  const bits = new Int32Array(number.buffer);
  for (let row = 0; row < hashes.length; row++) {
    // 0 and -0 are alike, and so is NaN of any bits.
    number[0] = Number.isNaN(values[row]) ? Number.NaN : values[row]! + 0;
    hashes[row] = mixed(mixed(hashes[row]!, bits[0]!), bits[1]!);
  }
}

function addTexts(
  hashes: Int32Array,
  column: Exclude<TableColumn, { type: "number" | "date" }>,
): void {
  if (column.type === "category") {
    const own = column.values.map(textHash);
    for (let row = 0; row < hashes.length; row++) {
      hashes[row] = mixed(hashes[row]!, own[column.codes[row]!] ?? 0);
    }
    return;
  }
  for (let row = 0; row < hashes.length; row++) {
    const text = column.values[row];
    hashes[row] = mixed(hashes[row]!, text === null || text === undefined ? 0 : textHash(text));
  }
}

/** FNV-1a over its UTF-16 units. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
