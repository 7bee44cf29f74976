// Dust and haze on paper: spots that are no stroke, being far smaller or far fainter.

import type { Grey } from "./grey.ts";

/** A spot of less than this part of the largest is dust. */
const SMALLEST = 0.02;
/** One whose every pixel is fainter than this is a rest of shading. */
const FAINTEST = 0.4 * 255;

/** The picture without the spots that are far smaller than its largest stroke, or far fainter than its strongest. */
export function withoutSpecks({ width, height, data }: Grey): Grey {
  const spots = spotsOf({ width, height, data });
  const largest = spots.reduce((most, { length }) => Math.max(most, length), 0);
  const clean = data.slice();
  for (const spot of spots) {
    const isStrong = spot.some((place) => data[place]! >= FAINTEST);
    if (isStrong && spot.length >= SMALLEST * largest) continue;
    for (const place of spot) clean[place] = 0;
  }
  return { width, height, data: clean };
}

/** The places of each spot: of pixels with ink that touch, if only at a corner. */
function spotsOf({ width, height, data }: Grey): number[][] {
  const seen = new Uint8Array(data.length);
  const spots: number[][] = [];
  data.forEach((value, start) => {
    if (value === 0 || seen[start]) return;
    const spot = [start];
    seen[start] = 1;
    for (let next = 0; next < spot.length; next++) {
      const [x, y] = [spot[next]! % width, Math.floor(spot[next]! / width)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const place = ny * width + nx;
          if (data[place] === 0 || seen[place]) continue;
          seen[place] = 1;
          spot.push(place);
        }
      }
    }
    spots.push(spot);
  });
  return spots;
}
