// The numbers in a date, in UTC.

import type { DatePart } from "../../spec/columns.ts";

const DAY = 86_400_000;

/** Of milliseconds since 1970. */
const PARTS: Readonly<Record<DatePart, (ms: number, date: Date) => number>> = {
  time: (ms) => ms / DAY,
  year: (_, date) => date.getUTCFullYear(),
  month: (_, date) => date.getUTCMonth() + 1,
  day: (_, date) => date.getUTCDate(),
  weekday: (_, date) => (date.getUTCDay() + 6) % 7,
  dayOfYear: (ms, date) => Math.floor(ms / DAY) - Date.UTC(date.getUTCFullYear(), 0, 1) / DAY + 1,
  hour: (_, date) => date.getUTCHours(),
};

/** A part of each date, NaN for a gap. @param values milliseconds since 1970 */
export function datePart(values: ArrayLike<number>, part: DatePart): Float64Array {
  const of = PARTS[part];
  const date = new Date();
  const parts = new Float64Array(values.length);
  for (let row = 0; row < parts.length; row++) {
    const ms = values[row]!;
    date.setTime(ms);
    parts[row] = Number.isNaN(ms) ? ms : of(ms, date);
  }
  return parts;
}
