// Special functions that JavaScript's Math lacks, to double precision.

/**
 * The error function, to a relative error of about 1e-15.
 * Series of positive terms near 0, continued fraction far out (Abramowitz and Stegun 7.1.6, 7.1.14).
 */
export function erfOf(x: number): number {
  const z = Math.abs(x);
  if (!(z > 0)) return x; // 0, -0 and NaN
  if (z >= 6) return Math.sign(x);
  return Math.sign(x) * (z < 2.5 ? erfSeries(z) : 1 - erfcFraction(z));
}

/** 2/sqrt(pi) exp(-z^2) * sum of 2^n z^(2n+1) / (1 * 3 * ... * (2n+1)). */
function erfSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

/** exp(-z^2)/sqrt(pi) * 1/(z + (1/2)/(z + 1/(z + (3/2)/(z + ...)))), from the inside out. */
function erfcFraction(z: number): number {
  let tail = z;
  for (let k = 60; k >= 1; k--) tail = z + k / 2 / tail;
  return Math.exp(-z * z) / (Math.sqrt(Math.PI) * tail);
}
