// Tables of one's own: read, parted, written; for browsers too.

export {
  type EncodeOptions,
  encodeColumns,
  type UnknownValue,
  unknownValues,
} from "./encode-columns.ts";
export { type ColumnPlan, type FitColumnsOptions, fitColumns, planColumns } from "./fit-columns.ts";
export type {
  CategoryColumn,
  ColumnType,
  DateColumn,
  NumberColumn,
  Table,
  TableColumn,
  TextColumn,
} from "./table.ts";
export { countWords, stringLookup, textVocabulary, type VocabularyOptions } from "./words.ts";
