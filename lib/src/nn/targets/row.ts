// Targets that are right or wrong row by row: distributions, one-hot rows, rows with one largest number.

import { type Check, type CheckedTargets, expectProbabilities, refusal } from "./each.ts";

/** How far a row may be from 1 in all: its numbers may have been rounded. */
const LOOSE = 0.01;

export const expectDistribution: Check = (checked) => {
  expectProbabilities(checked);
  const { rows, width } = checked;
  for (let start = 0; start < rows.data.length; start += width) {
    let total = 0;
    for (let i = start; i < start + width; i++) total += rows.data[i]!;
    if (Math.abs(total - 1) <= LOOSE) continue;
    const received = `${showRow(checked, start)}, which adds up to ${Number(total.toPrecision(6))},`;
    throw refusal(checked, "rows that add up to 1", start, YES_OR_NO_LOSS, received);
  }
};

export const expectOneHot: Check = (checked) => {
  const { rows, width } = checked;
  for (let start = 0; start < rows.data.length; start += width) {
    let [ones, zeros] = [0, 0];
    for (let i = start; i < start + width; i++) {
      if (rows.data[i] === 1) ones++;
      else if (rows.data[i] === 0) zeros++;
    }
    if (ones === 1 && zeros === width - 1) continue;
    throw refusal(checked, "rows of zeros with a single 1", start, "", showRow(checked, start));
  }
};

/** Where two are largest, no class is the right one. */
export const expectOneLargest: Check = (checked) => {
  const { rows, width } = checked;
  for (let start = 0; start < rows.data.length; start += width) {
    let best = rows.data[start]!;
    let [times, unordered] = [0, 0];
    for (let i = start; i < start + width; i++) {
      const value = rows.data[i]!;
      if (value === best) times++;
      else if (value > best) [best, times] = [value, 1];
      else if (!(value < best)) unordered++; // one of the two is NaN
    }
    if (times === 1 && unordered === 0) continue;
    const received = showRow(checked, start);
    throw refusal(checked, "rows with one largest number", start, YES_OR_NO_METRIC, received);
  }
};

const YES_OR_NO_LOSS = "; where every output is a yes or no of its own, take binaryCrossentropy";
const YES_OR_NO_METRIC = "; where every output is a yes or no of its own, take binaryAccuracy";

const SHOWN = 10;

function showRow({ rows: { data }, width }: CheckedTargets, start: number): string {
  const numbers = Array.from({ length: Math.min(width, SHOWN) }, (_, i) => data[start + i]!);
  return `[${numbers.join(", ")}${width > SHOWN ? ", …" : ""}]`;
}
