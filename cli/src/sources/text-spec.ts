// What a specification says of a text that is learnt character by character, `data.file`.

import type { FileSpec } from "neurite/spec";
import {
  countTo,
  expectFields,
  type FieldRules,
  FLAG,
  isTexts,
  SHA256,
  TEXT,
} from "./file-fields.ts";

/** `data.file` of a run on a text. */
export interface TextFile extends FileSpec {
  readonly kind: "text";
  /** Characters that the network reads at a time, and looks back at. */
  readonly length: number;
  /** The characters by number; the last one is what all others are taken for, where there are others. */
  readonly vocabulary: readonly string[];
  /** Whether each line is a text by itself, as in a list of names. */
  readonly lines: boolean;
  readonly sha256?: string | undefined;
}

/** More steps back no gradient reaches in a small network, and each takes its time. */
export const LONGEST = 1000;
export const MOST_CHARACTERS = 1000;
/** Stands for characters that a run does not know. */
export const UNKNOWN = "\uFFFD";

const RULES: FieldRules = {
  kind: TEXT,
  path: TEXT,
  length: countTo(LONGEST),
  vocabulary: {
    says: `a list of 2 to ${MOST_CHARACTERS + 1} characters, none of them twice`,
    fits: (x) =>
      isTexts(x) &&
      (x as string[]).length >= 2 &&
      (x as string[]).length <= MOST_CHARACTERS + 1 &&
      (x as string[]).every((one) => [...one].length === 1) &&
      new Set(x as string[]).size === (x as string[]).length,
  },
  lines: FLAG,
  sha256: SHA256,
};

/** @throws ArgumentError naming the field that is wrong */
export function textFile(file: FileSpec): TextFile {
  expectFields(file, RULES, ["length", "vocabulary", "lines"]);
  return file as TextFile;
}
