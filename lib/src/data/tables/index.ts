// Tables of one's own: read, parted, written; for browsers too.

export type { TableSource } from "./bytes/source.ts";
export type { DateOrder } from "./cells/dates.ts";
export { MISSING } from "./cells/missing.ts";
export type { DecimalSign } from "./cells/numbers.ts";
export { type CsvOptions, tableToCsv } from "./csv-text.ts";
export {
  type EncodeOptions,
  encodeColumns,
  type UnknownValue,
  unknownValues,
} from "./encode-columns.ts";
export { type ColumnPlan, type FitColumnsOptions, fitColumns, planColumns } from "./fit-columns.ts";
export type { Ragged } from "./reading/field-rows.ts";
export type { WantedType } from "./reading/object-rows.ts";
export type { ReadTableOptions } from "./reading/options.ts";
export { type ReadTable, readTable, type TableFormat } from "./reading/read-table.ts";
export {
  pickTableRows,
  type SplitTable,
  type SplitTableOptions,
  splitTable,
} from "./split-table.ts";
export type {
  CategoryColumn,
  ColumnType,
  DateColumn,
  NumberColumn,
  Table,
  TableColumn,
  TextColumn,
} from "./table.ts";
export { type CellValue, type TableOptions, tableColumn, tableOf } from "./table-of.ts";
export { countWords, stringLookup, textVocabulary, type VocabularyOptions } from "./words.ts";
