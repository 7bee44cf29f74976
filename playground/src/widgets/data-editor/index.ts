// Examples of one's own: drawn, typed, out of a table, and back into one.

export type { Imported } from "./csv.ts";
export { CsvImport } from "./csv-import.tsx";
export { csvOf } from "./export.ts";
export { MOST_POINTS } from "./pad.ts";
export { PointPad } from "./point-pad.tsx";
export { PointsTable } from "./points-table.tsx";
