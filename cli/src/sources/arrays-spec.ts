// What a specification says of arrays, `data.file`.

import { ArgumentError } from "neurite/ir";
import type { FileSpec, Scale } from "neurite/spec";
import type { ArrayNames } from "../array-files/read-arrays.ts";
import { CLASSES, expectFields, type FieldRules, SCALE, SHA256, TEXT } from "./file-fields.ts";

/** `data.file` of a run on arrays. */
export interface ArraysFile extends FileSpec, Partial<ArrayNames> {
  readonly kind: "arrays";
  /** Names of the classes, by number: what the numbers of y are. */
  readonly classes?: readonly string[] | undefined;
  /** Of values to learn: y is (value - mean) / deviation. */
  readonly scale?: Scale | undefined;
  /** Of examples that are pictures: the number that is white. */
  readonly white?: number | undefined;
  readonly sha256?: string | undefined;
}

const RULES: FieldRules = {
  kind: TEXT,
  path: TEXT,
  x: TEXT,
  y: TEXT,
  xTest: TEXT,
  yTest: TEXT,
  classes: CLASSES,
  scale: SCALE,
  white: { says: "a number above 0", fits: (x) => Number.isFinite(x) && (x as number) > 0 },
  sha256: SHA256,
};

/** @throws ArgumentError naming the field that is wrong */
export function arraysFile(file: FileSpec): ArraysFile {
  expectFields(file, RULES);
  if ((file["classes"] === undefined) === (file["scale"] === undefined)) {
    throw new ArgumentError(
      "spec: data.file: expected classes, or the scale of values to learn, and not both",
    );
  }
  return file as ArraysFile;
}
