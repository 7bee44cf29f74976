// Examples of one's own: drawn, typed, out of a table, and back into one.

export type { Imported } from "./csv.ts";
export { CsvImport, type CsvImportProps } from "./csv-import.tsx";
export { csvOf, download } from "./export.ts";
export { MOST_POINTS } from "./pad.ts";
export { PointPad, type PointPadProps } from "./point-pad.tsx";
export { PointsTable, type PointsTableProps } from "./points-table.tsx";
