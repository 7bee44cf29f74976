// Reads dates as they are written: ISO 8601, day and month in either order, months by name.

/** Which of the two first numbers of 03/04/2024 is the day. */
export type DateOrder = "dayFirst" | "monthFirst";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?`;
const ISO = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`);
const NUMERIC = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`);
const DAY_NAMED = new RegExp(`^(\\d{1,2})[ .-]+([A-Za-z]{3,9})[ .,-]+(\\d{4}|\\d{2})${TIME}$`);
const NAMED_DAY = new RegExp(`^([A-Za-z]{3,9})[ .]+(\\d{1,2}),? +(\\d{4})${TIME}$`);
const utf8 = new TextDecoder();
const LONGEST = 48;

/** Reads dates of one column, all in one form; what is none, or has another form, is NaN. */
export class DateReader {
  /** Told by a number above 12, or by the reader; until then a guess. */
  order: DateOrder;
  isSure: boolean;
  /** The first that could be read both ways. */
  ambiguous: string | undefined;
  /** The first with a year of two digits. */
  shortYear: string | undefined;
  /** Set when a number above 12 has shown the guess to be wrong: what was read before must be turned round. */
  isTurned = false;
  #form: "iso" | "numeric" | "named" | undefined;

  constructor(order?: DateOrder) {
    this.order = order ?? "monthFirst";
    this.isSure = order !== undefined;
  }

  /** What is known of the order, for a reader of the same column. */
  get knownOrder(): DateOrder | undefined {
    return this.isSure ? this.order : undefined;
  }

  /** Which came first in the dates that were read; undefined where they were written in another form. */
  get readOrder(): DateOrder | undefined {
    return this.#form === "numeric" ? this.order : undefined;
  }

  /** Milliseconds since 1970; what names no zone is in UTC. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length < 6 || length > LONGEST) return Number.NaN;
    const head = bytes[start]!;
    if (!(head >= 48 && head <= 57) && !(head >= 65 && head <= 122)) return Number.NaN;
    if (
      this.#form === "iso" &&
      length === 10 &&
      bytes[start + 4] === 45 &&
      bytes[start + 7] === 45
    ) {
      const [year, month, day] = [
        digits(bytes, start, 4),
        digits(bytes, start + 5, 2),
        digits(bytes, start + 8, 2),
      ];
      return dayOf(year, month, day);
    }
    return this.#parse(utf8.decode(bytes.subarray(start, end)));
  }

  #parse(text: string): number {
    const iso = this.#fits("iso") && ISO.exec(text);
    if (iso) return this.#done("iso", dayOf(+iso[1]!, +iso[3]!, +iso[4]!), iso.slice(5));
    const numeric = this.#fits("numeric") && NUMERIC.exec(text);
    if (numeric) return this.#numeric(text, numeric);
    const named = this.#fits("named") && (DAY_NAMED.exec(text) ?? NAMED_DAY.exec(text));
    if (!named) return Number.NaN;
    const [day, name] = /^\d/.test(text) ? [named[1]!, named[2]!] : [named[2]!, named[1]!];
    const month = 1 + MONTHS.indexOf(name.slice(0, 3).toLowerCase());
    return this.#done("named", dayOf(this.#year(named[3]!, text), month, +day), named.slice(4));
  }

  #fits(form: "iso" | "numeric" | "named"): boolean {
    return this.#form === undefined || this.#form === form;
  }

  #numeric(text: string, [, a, separator, b, year, ...time]: readonly string[]): number {
    const [first, second] = [+a!, +b!];
    if (this.#form === undefined && !this.isSure && separator !== "/") this.order = "dayFirst";
    if (first > 12 || second > 12) {
      const shown: DateOrder = first > 12 ? "dayFirst" : "monthFirst";
      if (shown !== this.order) {
        if (this.isSure) return Number.NaN;
        this.isTurned = this.#form !== undefined;
        this.order = shown;
      }
      this.isSure = true;
    } else if (first !== second) this.ambiguous ??= text;
    const [day, month] = this.order === "dayFirst" ? [first, second] : [second, first];
    return this.#done("numeric", dayOf(this.#year(year!, text), month, day), time);
  }

  /** As POSIX has it: 69 to 99 are of the last century. */
  #year(written: string, text: string): number {
    if (written.length === 4) return +written;
    this.shortYear ??= text;
    return +written + (+written < 69 ? 2000 : 1900);
  }

  #done(
    form: "iso" | "numeric" | "named",
    day: number,
    time: readonly (string | undefined)[],
  ): number {
    const value = day + timeOf(time);
    if (!Number.isNaN(value)) this.#form = form;
    return value;
  }
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  let sum = 0;
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! ^ 48;
    if (digit > 9) return Number.NaN;
    sum = sum * 10 + digit;
  }
  return sum;
}

/** NaN for a day that no calendar has. */
function dayOf(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() : Number.NaN;
}

function timeOf([hour, minute, second, fraction, half, zone]: readonly (
  | string
  | undefined
)[]): number {
  if (hour === undefined) return 0;
  const isHalf = half !== undefined;
  const hours = isHalf ? (+hour % 12) + (half.toLowerCase() === "p" ? 12 : 0) : +hour;
  if (hours > 23 || (isHalf && +hour > 12) || +minute! > 59 || +(second ?? 0) > 59)
    return Number.NaN;
  const milliseconds = fraction === undefined ? 0 : Math.round(+`0.${fraction}` * 1000);
  return ((hours * 60 + +minute!) * 60 + +(second ?? 0)) * 1000 + milliseconds - zoneOf(zone);
}

function zoneOf(zone: string | undefined): number {
  const parts = zone === undefined ? null : /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  return parts ? (parts[1] === "-" ? -1 : 1) * (+parts[2]! * 60 + +parts[3]!) * 60_000 : 0;
}

/** Day and month the other way round, of what could be read both ways. */
export function turnDate(value: number): number {
  if (Number.isNaN(value)) return value;
  const date = new Date(value);
  const [month, day] = [date.getUTCDate(), date.getUTCMonth() + 1];
  const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return dayOf(date.getUTCFullYear(), month, day) + (value - midnight);
}

/** ISO 8601, without a time where it is midnight. */
export function isoDate(value: number): string {
  return new Date(value).toISOString().replace(/T00:00:00\.000Z$/, "");
}
