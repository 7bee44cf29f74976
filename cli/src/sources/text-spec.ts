// What a specification says of a text that is learnt character by character, `data.file`.

import type { FileSpec } from "neurite/spec";
import { countTo, expectFields, type FieldRules, FLAG, SHA256, TEXT } from "./file-fields.ts";

/** `data.file` of a run on a text. */
export interface TextFile extends FileSpec {
  readonly kind: "text";
  /** Characters that the network reads at a time, and looks back at. */
  readonly length: number;
  /** The characters by number, one after the other; the last one is what others are taken for. */
  readonly characters: string;
  /** Whether each line is a text by itself, as in a list of names. */
  readonly lines: boolean;
  readonly sha256?: string | undefined;
}

/** The same with its characters in a list. */
export interface ReadTextFile extends TextFile {
  readonly vocabulary: readonly string[];
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
  characters: {
    says: `2 to ${MOST_CHARACTERS + 1} characters, none of them twice`,
    fits: (x) => {
      const found = typeof x === "string" ? [...x] : [];
      const fits = found.length >= 2 && found.length <= MOST_CHARACTERS + 1;
      return fits && new Set(found).size === found.length;
    },
  },
  lines: FLAG,
  sha256: SHA256,
};

/** @throws ArgumentError naming the field that is wrong */
export function textFile(file: FileSpec): ReadTextFile {
  expectFields(file, RULES, ["length", "characters", "lines"]);
  return { ...(file as TextFile), vocabulary: [...(file as TextFile).characters] };
}
