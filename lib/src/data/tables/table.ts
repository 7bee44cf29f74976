// What a table is: named columns of one type each, with all rows of a column in one array.

/** Numbers. */
export interface NumberColumn {
  readonly name: string;
  readonly type: "number";
  /** One a row, NaN for a gap. */
  readonly values: Float64Array;
}

/** One of several values in each row; of two for what is true or false. */
export interface CategoryColumn {
  readonly name: string;
  readonly type: "category";
  /** One a row: its place among `values`, -1 for a gap. */
  readonly codes: Int32Array;
  /** The values that occur, sorted: as numbers where all of them are numbers. */
  readonly values: readonly string[];
}

/** Points in time. */
export interface DateColumn {
  readonly name: string;
  readonly type: "date";
  /** One a row: milliseconds since 1970 in UTC, NaN for a gap. */
  readonly values: Float64Array;
}

/** Text that hardly repeats. */
export interface TextColumn {
  readonly name: string;
  readonly type: "text";
  /** One a row, null for a gap. */
  readonly values: readonly (string | null)[];
}

/** A column of any type. */
export type TableColumn = NumberColumn | CategoryColumn | DateColumn | TextColumn;

/** What a column can be. */
export type ColumnType = TableColumn["type"];

/** Rows and columns of one's own. */
export interface Table {
  /** As errors and reports name it: a file's name. */
  readonly name: string;
  readonly rows: number;
  /** Each with another name. */
  readonly columns: readonly TableColumn[];
  /** For each row the line of the file that it begins on, from 1; without a file its number, from 1. */
  readonly lines: Int32Array;
  /** What was assumed and what was left out when the table was read, a sentence each. */
  readonly notices: readonly string[];
}
