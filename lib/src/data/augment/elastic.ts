// Random fields that bend a picture smoothly.

import type { Rng } from "../random.ts";

/**
 * How far each place is moved, in pixels: uniform numbers from -1 to 1, smoothed by a Gaussian, times alpha
 * (Simard, Steinkraus and Platt 2003, section 2: alpha 34 and sigma 4 for MNIST).
 */
export function elasticField(
  rng: Rng,
  height: number,
  width: number,
  { alpha, sigma }: { readonly alpha: number; readonly sigma: number },
): (row: number, column: number) => readonly [row: number, column: number] {
  const noise = () => Float64Array.from({ length: height * width }, () => rng.uniform(-1, 1));
  const [rows, columns] = [noise(), noise()].map((field) => smooth(field, height, width, sigma));
  return (row, column) => {
    const at = row * width + column;
    return [alpha * rows![at]!, alpha * columns![at]!];
  };
}

/** Along one axis, then the other; beyond the edge the field is 0. */
function smooth(field: Float64Array, height: number, width: number, sigma: number): Float64Array {
  const radius = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (from: Float64Array, length: number, step: number): Float64Array =>
    from.map((_, at) => {
      const place = Math.floor(at / step) % length;
      let sum = 0;
      for (let i = -radius; i <= radius; i++) {
        if (place + i < 0 || place + i >= length) continue;
        sum += (weights[i + radius]! / total) * from[at + i * step]!;
      }
      return sum;
    });
  return along(along(field, width, 1), height, width);
}
