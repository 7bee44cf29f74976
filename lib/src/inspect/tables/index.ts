// Looks at a table before anything is learnt from it.

export type { Association } from "./associations.ts";
export { type DescribeTableOptions, describeTable, type TableDescription } from "./describe.ts";
export type { Leak } from "./leaks.ts";
export type { OddCell, OddCells } from "./odd-cells.ts";
export { type RepeatedRows, type SharedRowsOptions, sharedRows } from "./repeats.ts";
export type {
  CategorySummary,
  ColumnSummary,
  DateSummary,
  NumberSummary,
  TextSummary,
  ValueCount,
} from "./summary.ts";
