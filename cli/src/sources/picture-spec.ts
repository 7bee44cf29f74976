// What a specification says of a folder of pictures, `data.file`.

import type { FileSpec } from "neurite/spec";
import { FITS, type Fit, type PictureSize } from "../pictures/resize.ts";
import {
  CLASSES,
  countTo,
  expectFields,
  type FieldRules,
  FLAG,
  SHA256,
  TEXT,
} from "./file-fields.ts";

/** `data.file` of a run on pictures. */
export interface PicturesFile extends FileSpec, PictureSize {
  readonly kind: "pictures";
  /** Names of the folders, by number of the class. */
  readonly classes: readonly string[];
  readonly fit: Fit;
  /** Whether a picture that cannot be read ends the run, where it is named and left out otherwise. */
  readonly strict?: boolean | undefined;
  /** Of the names and bytes of all pictures, as they were when the run was made. */
  readonly sha256?: string | undefined;
}

/** Pixels a side that a network may read. */
export const LARGEST_SIDE = 1024;

const RULES: FieldRules = {
  kind: TEXT,
  path: TEXT,
  height: countTo(LARGEST_SIDE),
  width: countTo(LARGEST_SIDE),
  channels: { says: "1 (grey) or 3 (colour)", fits: (x) => x === 1 || x === 3 },
  classes: CLASSES,
  fit: { says: FITS.join(", "), fits: (x) => FITS.includes(x as Fit) },
  strict: FLAG,
  sha256: SHA256,
};

/** @throws ArgumentError naming the field that is wrong */
export function picturesFile(file: FileSpec): PicturesFile {
  const filled = { ...file, fit: file["fit"] ?? "stretch" };
  expectFields(filled, RULES, ["height", "width", "channels", "classes"]);
  return filled as unknown as PicturesFile;
}
