// An axis for figures that explode to either side of 0, as R² does where training diverges.

/** Figures with a 0 or a sign between them that span more than this need it. */
const EXPLODING_SPAN = 1e6;

/** A scale that is logarithmic to both sides of 0, and what to say of it. */
export interface SignedAxis {
  readonly scale: {
    readonly type: "symlog";
    readonly ticks: number[];
    readonly tickFormat: (value: number) => string;
  };
  readonly note: string;
}

/** Null where figures between these are read on a plain axis, or on a logarithmic one. */
export function signedAxis(low: number, high: number): SignedAxis | null {
  if (!(low <= 0 && high - low > EXPLODING_SPAN)) return null;
  const ticks = [...powers(-low, -1).reverse(), 0, ...powers(high, 1)];
  return {
    scale: { type: "symlog", ticks, tickFormat: tickText },
    note: "The axis is logarithmic to both sides of 0.",
  };
}

/** Some powers of ten up to a number. */
function powers(most: number, sign: number): number[] {
  const top = Math.floor(Math.log10(Math.max(1, most)));
  const step = Math.max(1, Math.ceil(top / 4));
  return Array.from({ length: Math.floor(top / step) }, (_, i) => sign * 10 ** ((i + 1) * step));
}

/** 0.001, 20, 3e7. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 1e-3 && size < 1e5);
  return isPlain ? String(Number(value.toPrecision(3))) : value.toExponential(0).replace("+", "");
}
