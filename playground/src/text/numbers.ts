// Numbers as they are read: significant digits, a true minus, no jumping width.

const MINUS = "−";

/** A number with so many significant digits: 0.1234, −12.35, 1.235e+6. What is no number is "–". */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const isFar = size >= 10 ** Math.max(digits, 5) || size < 1e-4;
  if (isFar) return value.toExponential(digits - 1).replaceAll("-", MINUS);
  // 12346, not 1.235e+4: whole parts are shown whole.
  const text = size >= 10 ** digits ? value.toFixed(0) : value.toPrecision(digits);
  return text.replace("-", MINUS);
}

/**
 * A number that stands in the page as a value, where so many digits are enough to read: as it is if it has no more of
 * them, as 0.5, 2, −0.25, and else with all of them, as 0.3333.
 */
export function formatGiven(value: number | null | undefined, digits = 4): string {
  const isShort =
    value !== null && value !== undefined && Number(value.toPrecision(digits)) === value;
  const isNear = isShort && (value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6));
  return isNear ? written(value) : formatNumber(value, digits);
}

/**
 * A number that the reader chose and may choose again: never rounded to what is read, as short as it can be typed, as
 * 0.5, 4294967295, 0.00001.
 */
export function formatSetting(value: number | null | undefined): string {
  if (typeof value !== "number" || !Number.isFinite(value)) return formatNumber(value);
  // 0.1 + 0.2 was meant to be 0.3.
  return written(Number(value.toPrecision(12)));
}

function written(value: number): string {
  return String(value).replaceAll("-", MINUS);
}

/** A result: whole numbers, as counts, whole; others with so many significant digits. */
export function formatAnswer(value: number | null | undefined, digits = 4): string {
  const isCount = Number.isInteger(value) && Math.abs(value!) < 1e6;
  return isCount ? formatGiven(value, 6) : formatNumber(value, digits);
}

/** How many digits it takes to write a number as it is, up to a most. */
export function digitsOf(value: number, most = 5): number {
  let digits = 1;
  while (digits < most && Number(value.toPrecision(digits)) !== value) digits++;
  return digits;
}

/** A number with so many digits behind the point, for columns: −0.50. */
export function formatFixed(value: number, places = 2): string {
  return Number.isFinite(value) ? value.toFixed(places).replace("-", MINUS) : formatNumber(value);
}

/** A share as per cent: 93.5 %. */
export function formatPercent(share: number | null | undefined, places = 1): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return "–";
  return `${(share * 100).toFixed(places)} %`;
}

/** A number as one writes it: with a comma or a point, a true minus, or as a fraction as in 1/3. Null for none. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replaceAll(MINUS, "-").replaceAll(",", ".");
  if (plain === "") return null;
  const [above = "", below, ...more] = plain.split("/");
  if (more.length > 0) return null;
  const value = below === undefined ? Number(above) : Number(above) / Number(below);
  const isWritten = above.trim() !== "" && below?.trim() !== "";
  return isWritten && Number.isFinite(value) ? value : null;
}
