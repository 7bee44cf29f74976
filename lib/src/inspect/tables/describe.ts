// What is in a table: its columns in numbers, what goes with the target, what gives it away, what looks wrong.

import { count, expectOptions, index, type Kinds, text } from "../../checks/arguments.ts";
import type { Table } from "../../data/tables/table.ts";
import { expectTable, tableColumn } from "../../data/tables/table-of.ts";
import { type Association, associationsWith } from "./associations.ts";
import { type Leak, leaksOf } from "./leaks.ts";
import { type OddCells, oddCells } from "./odd-cells.ts";
import { contradictions, type RepeatedRows, repeatedRows } from "./repeats.ts";
import { type ColumnSummary, columnSummary } from "./summary.ts";

/** Options of describeTable(). */
export interface DescribeTableOptions {
  /** The column that is to be learnt. */
  readonly target?: string;
  /** Frequent values to name in each column; 10 by default. */
  readonly frequent?: number;
  /** Bars of a histogram; 20 by default. */
  readonly bins?: number;
  /** Rows and cells to name that repeat others or look wrong; 50 by default. */
  readonly most?: number;
}

const OPTIONS: Kinds<DescribeTableOptions> = {
  target: text,
  frequent: index,
  bins: count,
  most: index,
};

/** What is in a table. Rows count from 0; `table.lines` says where they stand in the file. */
export interface TableDescription {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  /** Names of columns that are the same in every row. */
  readonly constant: readonly string[];
  readonly repeated: RepeatedRows;
  readonly odd: OddCells;
  /** What there is to say of the target, null without one. */
  readonly target: {
    readonly name: string;
    /** How strongly columns go with it, the strongest first. */
    readonly associations: readonly Association[];
    readonly leaks: readonly Leak[];
    /** Rows alike but for it: a model is wrong in one of each two. */
    readonly contradictions: RepeatedRows;
  } | null;
  readonly notices: readonly string[];
}

/**
 * Looks at a table before anything is learnt from it.
 * @throws ArgumentError for a target that the table has not, with the nearest name
 */
export function describeTable(table: Table, options: DescribeTableOptions = {}): TableDescription {
  expectTable("describeTable", table);
  expectOptions("describeTable", options, OPTIONS);
  const { target, frequent = 10, bins = 20, most = 50 } = options;
  if (target !== undefined) tableColumn(table, target);
  const columns = table.columns.map((column) => columnSummary(column, { frequent, bins }));
  return {
    ...{ name: table.name, rows: table.rows, columns },
    constant: columns.flatMap(({ name, gaps, distinct }) =>
      distinct === 0 || (distinct === 1 && gaps === 0) ? [name] : [],
    ),
    repeated: repeatedRows(table, most),
    odd: oddCells(table, columns, most),
    target:
      target === undefined
        ? null
        : {
            name: target,
            associations: associationsWith(table, target),
            leaks: leaksOf(table, target),
            contradictions: contradictions(table, target, most),
          },
    notices: table.notices,
  };
}
