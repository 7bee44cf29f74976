// What a specification says of a table, `data.file`: read from documents of strangers too.

import { ArgumentError } from "neurite/ir";
import type { FileSpec, Scale } from "neurite/spec";
import {
  CLASSES,
  expectFields,
  type FieldRules,
  FLAG,
  isFieldRecord,
  isTexts,
  SCALE,
  SHA256,
  TEXT,
} from "./file-fields.ts";
import type { TableReading } from "./table-file.ts";

/** `data.file` of a run on a table. */
export interface TableFile extends FileSpec, TableReading {
  readonly kind: "table";
  /** The column that is learnt. */
  readonly target: string;
  /** Of a target that is classes: their names, by number. */
  readonly classes?: readonly string[] | undefined;
  /** Of a target that is values: y is (value - mean) / deviation. */
  readonly scale?: Scale | undefined;
  /** Of the bytes of the file as it was when the run was made. */
  readonly sha256?: string | undefined;
}

const RULES: FieldRules = {
  kind: TEXT,
  path: TEXT,
  target: { says: "the column that is learnt", fits: TEXT.fits },
  classes: CLASSES,
  scale: SCALE,
  types: {
    says: "types by name of a column",
    fits: (x) => isFieldRecord(x) && Object.values(x).every(TEXT.fits),
  },
  delimiter: TEXT,
  encoding: TEXT,
  decimal: { says: '"." or ","', fits: (x) => x === "." || x === "," },
  header: FLAG,
  missing: { says: "a list of texts", fits: isTexts },
  ragged: { says: '"refuse" or "fill"', fits: (x) => x === "refuse" || x === "fill" },
  dates: {
    says: '"dayFirst" or "monthFirst"',
    fits: (x) => x === "dayFirst" || x === "monthFirst",
  },
  sha256: SHA256,
};

/** @throws ArgumentError naming the field that is wrong */
export function tableFile(file: FileSpec): TableFile {
  expectFields(file, RULES, ["target"]);
  if ((file["classes"] === undefined) === (file["scale"] === undefined)) {
    throw new ArgumentError(
      "spec: data.file: expected classes, or the scale of values to learn, and not both",
    );
  }
  return file as TableFile;
}
