// Run specifications: what a run is, as a document. Imports no engine, so that a page can read one at once.

export { type ColumnPlace, columnNames, columnPlaces } from "./column-names.ts";
export type {
  CategoryColumnSpec,
  ColumnSpec,
  DateColumnSpec,
  DatePart,
  NumberColumnSpec,
  Scale,
  TextColumnSpec,
} from "./columns.ts";
export type {
  ArithmeticSpec,
  AverageSpec,
  ChainSpec,
  ClassWeightsSpec,
  ClipSpec,
  Convention,
  FileKind,
  FileSpec,
  GraphSpec,
  LayerSpec,
  NetworkSpec,
  NodeSpec,
  RegularizerSpec,
} from "./parts.ts";
export {
  type Architecture,
  type NamedSpec,
  parseRunSpec,
  type RunSpec,
  type RunSpecInput,
  readRunSpec,
} from "./runspec.ts";
