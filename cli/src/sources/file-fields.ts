// The fields of `data.file` in a specification, checked by rules: documents of strangers are read too.

import { ArgumentError, unknownName } from "neurite/ir";
import type { FileSpec } from "neurite/spec";

export interface FieldRule {
  readonly says: string;
  readonly fits: (value: unknown) => boolean;
}

export type FieldRules = Readonly<Record<string, FieldRule>>;

export const isFieldRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

export const TEXT: FieldRule = {
  says: "a text",
  fits: (value) => typeof value === "string" && value !== "",
};
export const FLAG: FieldRule = {
  says: "true or false",
  fits: (value) => typeof value === "boolean",
};
export const CLASSES: FieldRule = {
  says: "a list of two names or more, none of them twice",
  fits: (x) =>
    isTexts(x) &&
    (x as string[]).length > 1 &&
    new Set(x as string[]).size === (x as string[]).length,
};
export const SHA256: FieldRule = {
  says: "64 hexadecimal digits",
  fits: (x) => /^[0-9a-f]{64}$/.test(String(x)),
};
export const SCALE: FieldRule = {
  says: "{ mean, deviation }, two numbers, the second above 0",
  fits: (x) =>
    isFieldRecord(x) &&
    Object.keys(x).every((name) => name === "mean" || name === "deviation") &&
    Number.isFinite(x["mean"]) &&
    Number.isFinite(x["deviation"]) &&
    (x["deviation"] as number) > 0,
};

/** A whole number from 1 to `most`. */
export const countTo = (most: number): FieldRule => ({
  says: `a whole number from 1 to ${most.toLocaleString("en-US")}`,
  fits: (x) => Number.isInteger(x) && (x as number) >= 1 && (x as number) <= most,
});

/** @throws ArgumentError naming the field that is not known, is wrong, or is missing */
export function expectFields(
  file: FileSpec,
  rules: FieldRules,
  needed: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(file)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) {
      const { message } = unknownName("field", name, Object.keys(rules));
      throw new ArgumentError(`spec: data.file: ${message}`);
    }
    if (value !== undefined && !rule.fits(value)) throw wrongField(name, rule.says);
  }
  for (const name of needed) {
    if (file[name] === undefined) throw wrongField(name, rules[name]!.says);
  }
}

function wrongField(name: string, says: string): ArgumentError {
  return new ArgumentError(`spec: data.file.${name}: expected ${says}`);
}
