// Numbers of an explanation, for people and for programs.

const DIGITS = 6;

/** Six significant digits; -0 keeps its sign. */
export function sixDigits(x: number): string {
  if (Object.is(x, -0)) return "-0";
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  return String(Number(x.toPrecision(DIGITS)));
}

/**
 * JSON that loses no number: -0 stays -0, and what JSON has no numeral for is a text: "NaN", "Infinity",
 * "-Infinity".
 */
export function exactJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, field: unknown) => {
    if (typeof field !== "number") return field;
    if (Object.is(field, -0)) return MINUS_ZERO;
    return Number.isFinite(field) ? field : String(field);
  });
  return marked.replaceAll(JSON.stringify(MINUS_ZERO), "-0");
}

/** No text of an expression holds a control character. */
const MINUS_ZERO = "minus zero \u{1}";
