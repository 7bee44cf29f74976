// Tables of one's own: read, parted, written; for browsers too.

export type {
  CategoryColumn,
  ColumnType,
  DateColumn,
  NumberColumn,
  Table,
  TableColumn,
  TextColumn,
} from "./table.ts";
