// Parsers of what stands behind flags: numbers, lists of them, names with options.

import { InvalidArgumentError } from "commander";

type Check = (value: number) => boolean;

/** A parser of numbers for a flag. */
export function numberParser(what: string, fits: Check): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new InvalidArgumentError(`Expected ${what}.`);
  };
}

export const parseCount = numberParser(
  "a whole number above 0",
  (n) => Number.isInteger(n) && n > 0,
);
export const parseWhole = numberParser(
  "a whole number of 0 or more",
  (n) => Number.isInteger(n) && n >= 0,
);
export const parseAbove0 = numberParser("a number above 0", (n) => n > 0);
export const parseAtLeast0 = numberParser("a number of 0 or more", (n) => n >= 0);
export const parseShare = numberParser("a number from 0 to below 1", (n) => n >= 0 && n < 1);

/** "100,50"; "0" or "none" for no hidden layer. */
export function parseSizes(text: string): number[] {
  if (text === "0" || text === "none") return [];
  return text.split(",").map((part) => {
    try {
      return parseCount(part);
    } catch {
      throw new InvalidArgumentError(`Expected sizes as in "100,50".`);
    }
  });
}

/** "3,4": a row and a column. */
export function parseCell(text: string): [row: number, column: number] {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [row, column] = parts;
  const fits = parts.every((part) => Number.isInteger(part) && part >= 0);
  if (parts.length === 2 && fits) return [row!, column!];
  throw new InvalidArgumentError(`Expected a row and a column as in "3,4".`);
}

/** "32x32", or "32" for both: a height and a width. */
export function parsePictureSize(text: string): [height: number, width: number] {
  const [height, width = height, ...more] = text
    .split(/[x,]/)
    .map((part) => Number(part.trim() || "?"));
  const fits = [height!, width!].every((side) => Number.isInteger(side) && side > 0);
  if (fits && more.length === 0) return [height!, width!];
  throw new InvalidArgumentError('Expected a height and a width as in "32x32".');
}
