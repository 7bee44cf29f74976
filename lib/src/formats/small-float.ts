// Floats of few bits, out of files and into them: sign, exponent, fraction.

/** How many bits of what, and what the largest exponent means: infinity and NaN, or NaN of all ones. */
export interface SmallFloat {
  readonly exponentBits: number;
  readonly fractionBits: number;
  readonly special: "IEEE" | "all ones";
}

export const HALF: SmallFloat = { exponentBits: 5, fractionBits: 10, special: "IEEE" };
export const BRAIN: SmallFloat = { exponentBits: 8, fractionBits: 7, special: "IEEE" };
export const E5M2: SmallFloat = { exponentBits: 5, fractionBits: 2, special: "IEEE" };
export const E4M3: SmallFloat = { exponentBits: 4, fractionBits: 3, special: "all ones" };

/** The number that bits stand for, exactly. */
export function widenBits({ exponentBits, fractionBits, special }: SmallFloat) {
  const bias = 2 ** (exponentBits - 1) - 1;
  const [most, fractions] = [2 ** exponentBits - 1, 2 ** fractionBits];
  return (bits: number): number => {
    const fraction = bits % fractions;
    const exponent = Math.floor(bits / fractions) % (most + 1);
    const sign = bits >= fractions * (most + 1) ? -1 : 1;
    if (exponent === most && special === "IEEE")
      return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === most && fraction === fractions - 1 && special === "all ones")
      return Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** (1 - bias - fractionBits);
    return sign * (1 + fraction / fractions) * 2 ** (exponent - bias);
  };
}

/**
 * The bits of the nearest number of an IEEE type, of two the one whose last bit is 0. What rounds to
 * more than its largest is infinite; NaN is quiet, and has no sign.
 */
export function narrowToBits({ exponentBits, fractionBits }: SmallFloat) {
  const least = 2 - 2 ** (exponentBits - 1); // the exponent of the smallest normal number
  const infinity = (2 ** exponentBits - 1) * 2 ** fractionBits;
  const minus = 2 ** (exponentBits + fractionBits);
  return (x: number): number => {
    if (Number.isNaN(x)) return infinity + 2 ** (fractionBits - 1);
    const sign = x < 0 || Object.is(x, -0) ? minus : 0;
    const size = Math.abs(x);
    if (size === Number.POSITIVE_INFINITY) return sign + infinity;
    const exponent = Math.max(exponentOf(size), least);
    // A carry out of the fraction goes on into the exponent, as it should.
    const count = toEven(size / 2 ** (exponent - fractionBits));
    return sign + Math.min((exponent - least) * 2 ** fractionBits + count, infinity);
  };
}

const word = new DataView(new ArrayBuffer(8));

/** e with 2^e <= size < 2^(e + 1); -1023 for subnormal numbers, which are smaller than any small float. */
function exponentOf(size: number): number {
  word.setFloat64(0, size);
  return (word.getUint16(0) >> 4) - 1023;
}

/** The nearest whole number of one from 0 to below 2^51, of two the even one. */
function toEven(x: number): number {
  return x + 1.5 * 2 ** 52 - 1.5 * 2 ** 52;
}
