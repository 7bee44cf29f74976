// What a specification says of a table, `data.file`: read from documents of strangers too.

import { ArgumentError, unknownName } from "neurite/ir";
import type { FileSpec, Scale } from "neurite/spec";
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

interface Rule {
  readonly says: string;
  readonly fits: (value: unknown) => boolean;
}

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
const TEXT: Rule = { says: "a text", fits: isText };

const RULES: Readonly<Record<string, Rule>> = {
  kind: TEXT,
  path: TEXT,
  target: TEXT,
  classes: {
    says: "a list of two names or more, none of them twice",
    fits: (x) =>
      isTexts(x) &&
      (x as string[]).length > 1 &&
      new Set(x as string[]).size === (x as string[]).length,
  },
  scale: {
    says: "{ mean, deviation }, two numbers, the second above 0",
    fits: (x) =>
      isRecord(x) &&
      Object.keys(x).every((name) => name === "mean" || name === "deviation") &&
      Number.isFinite(x["mean"]) &&
      Number.isFinite(x["deviation"]) &&
      (x["deviation"] as number) > 0,
  },
  types: {
    says: "types by name of a column",
    fits: (x) => isRecord(x) && Object.values(x).every(isText),
  },
  delimiter: TEXT,
  encoding: TEXT,
  decimal: { says: '"." or ","', fits: (x) => x === "." || x === "," },
  header: { says: "true or false", fits: (x) => typeof x === "boolean" },
  missing: { says: "a list of texts", fits: isTexts },
  ragged: { says: '"refuse" or "fill"', fits: (x) => x === "refuse" || x === "fill" },
  dates: {
    says: '"dayFirst" or "monthFirst"',
    fits: (x) => x === "dayFirst" || x === "monthFirst",
  },
  sha256: { says: "64 hexadecimal digits", fits: (x) => /^[0-9a-f]{64}$/.test(String(x)) },
};

/** @throws ArgumentError naming the field that is wrong */
export function tableFile(file: FileSpec): TableFile {
  for (const [name, value] of Object.entries(file)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (!rule) {
      throw new ArgumentError(
        `spec: data.file: ${unknownName("field", name, Object.keys(RULES)).message}`,
      );
    }
    if (value !== undefined && !rule.fits(value)) throw wrong(name, rule.says);
  }
  if (file["target"] === undefined) throw wrong("target", "the column that is learnt");
  if ((file["classes"] === undefined) === (file["scale"] === undefined)) {
    throw new ArgumentError(
      "spec: data.file: expected classes, or the scale of values to learn, and not both",
    );
  }
  return file as TableFile;
}

function wrong(name: string, says: string): ArgumentError {
  return new ArgumentError(`spec: data.file.${name}: expected ${says}`);
}
