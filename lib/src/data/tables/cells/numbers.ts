// Reads numbers as people and spreadsheet programs write them, straight from bytes.

/** What stands between whole and fraction. */
export type DecimalSign = "." | ",";

const POWERS = Array.from({ length: 16 }, (_, i) => 10 ** i);
const utf8 = new TextDecoder();
/** Longer than any number with what may stand around it. */
const LONGEST = 60;

/** Where numbers are put: a number that is returned would be an object each. */
export interface NumberSink {
  push(value: number): void;
}

/** Holds the last number. */
class OneNumber implements NumberSink {
  value: number = Number.NaN;

  push(value: number): void {
    this.value = value;
  }
}

/** Reads numbers of one column; what is no number is NaN. Counts what it met on the way. */
export class NumberReader {
  readonly decimal: DecimalSign;
  readonly #point: number;
  readonly #one: OneNumber = new OneNumber();
  readonly #grouped: RegExp;
  readonly #plain: RegExp;
  /** How many had a percent sign: they were read as hundredths. */
  percents = 0;
  /** The first sign of a currency that was met. */
  currency: string | undefined;
  /** The first number with one thousands separator and nothing that tells it from a decimal sign. */
  ambiguous: string | undefined;

  readonly #isAsked: boolean;

  /** @param isAsked whether the column must be numbers: codes such as 007 are numbers too, then */
  constructor(decimal: DecimalSign, isAsked = false) {
    this.#isAsked = isAsked;
    this.decimal = decimal;
    this.#point = decimal === "." ? 46 : 44;
    const [point, comma] = decimal === "." ? ["\\.", ","] : [",", "."];
    this.#grouped = new RegExp(
      `^[1-9]\\d{0,2}(?:([${comma} \u00a0\u202f\u2009'’])\\d{3})(?:\\1\\d{3})*(?:${point}\\d*)?$`,
    );
    this.#plain = new RegExp(`^(?:\\d+(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d+)?$`);
  }

  /** The number that stands in these bytes. */
  read(bytes: Uint8Array, start: number, end: number): number {
    return this.append(bytes, start, end, this.#one) ? this.#one.value : Number.NaN;
  }

  /**
   * Puts the number behind others; false where there is none. Up to 15 digits with a sign and a fraction are counted
   * out at once: both parts are exact, so that their quotient is rounded once.
   */
  append(bytes: Uint8Array, start: number, end: number, to: NumberSink): boolean {
    let at = start;
    const sign = bytes[at];
    if (sign === 45 || sign === 43) at++;
    const first = at;
    let sum = 0;
    while (at < end) {
      const digit = bytes[at]! ^ 48;
      if (digit > 9) break;
      sum = sum * 10 + digit;
      at++;
    }
    const wholes = at - first;
    let decimals = 0;
    if (at < end && bytes[at] === this.#point) {
      const from = ++at;
      while (at < end) {
        const digit = bytes[at]! ^ 48;
        if (digit > 9) break;
        sum = sum * 10 + digit;
        at++;
      }
      decimals = at - from;
    } else if (wholes > 1 && bytes[first] === 48 && at === end && !this.#isAsked) return false; // a code: 007
    if (at < end || wholes + decimals > 15 || wholes + decimals === 0) {
      return this.#appendDressed(bytes, start, end, to);
    }
    if (decimals > 0) sum /= POWERS[decimals]!;
    to.push(sign === 45 ? -sum : sum);
    return true;
  }

  #appendDressed(bytes: Uint8Array, start: number, end: number, to: NumberSink): boolean {
    const value = this.#dressed(bytes, start, end);
    if (Number.isNaN(value)) return false;
    to.push(value);
    return true;
  }

  /** With an exponent, many digits, separators, a currency, a percent sign. */
  #dressed(bytes: Uint8Array, start: number, end: number): number {
    const [head, tail] = [bytes[start]!, bytes[end - 1]!];
    if (end - start > LONGEST || end === start || !mayBegin(head) || !mayEnd(tail))
      return Number.NaN;
    const text = utf8.decode(bytes.subarray(start, end));
    const parts = DRESS.exec(text);
    if (!parts) return Number.NaN;
    const [, outer, before, inner, core, percent, after] = parts;
    if ((outer && inner) || (before && after)) return Number.NaN;
    const value = this.#core(core!);
    if (Number.isNaN(value)) return value;
    if (percent) this.percents++;
    this.currency ??= before || after || undefined;
    const positive = percent ? value / 100 : value;
    return (outer || inner || "+") === "+" ? positive : -positive;
  }

  #core(core: string): number {
    if (this.#plain.test(core)) {
      if (!this.#isAsked && isCode(core)) return Number.NaN;
      return Number(core.replace(",", "."));
    }
    const grouped = this.#grouped.exec(core);
    if (!grouped) return Number.NaN;
    const separator = grouped[1]!;
    const isSingle = /^\d{1,3}[.,]\d{3}$/.test(core);
    if (isSingle) this.ambiguous ??= core;
    return Number(core.replaceAll(separator, "").replace(",", "."));
  }
}

/** Whole numbers that name something: with leading zeros, or with more digits than a float64 holds. */
function isCode(core: string): boolean {
  return /^0\d+$/.test(core) || (/^\d{16,}$/.test(core) && !Number.isSafeInteger(Number(core)));
}

const DRESS =
  /^([-+−]?) ?([$€£¥￥₹₽₩]?) ?([-+−]?)([\d.,][\d.,eE+\- \u00a0\u202f\u2009'’]*?)[ \u00a0\u202f]?(%?)[ \u00a0\u202f]?([$€£¥￥₹₽₩]?)$/;

function mayBegin(byte: number): boolean {
  // A digit, a sign, a point or comma, a dollar, or the first byte of another sign.
  return (byte >= 48 && byte <= 57) || (byte >= 43 && byte <= 46) || byte === 36 || byte >= 128;
}

function mayEnd(byte: number): boolean {
  return (
    (byte >= 48 && byte <= 57) ||
    byte === 46 ||
    byte === 44 ||
    (byte >= 36 && byte <= 37) ||
    byte >= 128
  );
}

/** What a text tells of the decimal sign: "." or "," for certain, or "either" for 1.234 and 1,234. */
export function decimalEvidence(text: string): DecimalSign | "either" | undefined {
  const core = /^[-+−]?[$€£¥￥₹₽₩ ]*([\d.,]+)[ \u00a0\u202f]?[%$€£¥￥₹₽₩]?$/.exec(text)?.[1];
  if (core === undefined || !/[.,]/.test(core) || !/\d/.test(core)) return undefined;
  if (/^\d{1,3}[.,]\d{3}$/.test(core)) return core.startsWith("0") ? signIn(core) : "either";
  if (/^\d*\.\d+$/.test(core) || /^\d{1,3}(,\d{3})+\.\d*$/.test(core)) return ".";
  if (/^\d*,\d+$/.test(core) || /^\d{1,3}(\.\d{3})+,\d*$/.test(core)) return ",";
  if (/^\d{1,3}(,\d{3}){2,}$/.test(core)) return ".";
  if (/^\d{1,3}(\.\d{3}){2,}$/.test(core)) return ",";
  return undefined;
}

const signIn = (core: string): DecimalSign => (core.includes(",") ? "," : ".");
