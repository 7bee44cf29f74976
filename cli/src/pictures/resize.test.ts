// Pictures made smaller, larger, cut and padded, by numbers that one can count.

import { expect, it } from "vitest";
import { fitPicture } from "./resize.ts";

/** Grey pixels, opaque. */
const raster = (width: number, levels: readonly number[], alpha = 255) => ({
  width,
  height: levels.length / width,
  orientation: 1 as const,
  data: Uint8Array.from(levels.flatMap((level) => [level, level, level, alpha])),
});
const fitted = (
  picture: ReturnType<typeof raster>,
  [height, width]: readonly [number, number],
  fit: Parameters<typeof fitPicture>[2] = "stretch",
) => Array.from(fitPicture(picture, { height, width, channels: 1 }, fit));

it("takes the mean of what a pixel covers", () => {
  const picture = raster(4, [0, 20, 40, 80, 40, 60, 80, 120]);
  expect(fitted(picture, [1, 2])).toEqual([30, 80]);
  expect(fitted(raster(3, [0, 30, 90]), [1, 2])).toEqual([10, 70]);
  expect(fitted(picture, [2, 4])).toEqual([0, 20, 40, 80, 40, 60, 80, 120]);
});

it("draws lines between pixels where it becomes larger", () => {
  expect(fitted(raster(2, [0, 100]), [1, 4])).toEqual([0, 25, 75, 100]);
  expect(fitted(raster(1, [7]), [2, 3])).toEqual([7, 7, 7, 7, 7, 7]);
});

it("cuts out the middle, or pads with black", () => {
  const wide = raster(6, [10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60]);
  expect(fitted(wide, [2, 2], "crop")).toEqual([30, 40, 30, 40]);
  expect(fitted(wide, [3, 3], "pad")).toEqual([0, 0, 0, 15, 35, 55, 0, 0, 0]);
  expect(fitted(wide, [3, 3], "stretch")).toEqual([15, 35, 55, 15, 35, 55, 15, 35, 55]);
});

it("takes what is transparent for white, and colours by how bright they look", () => {
  expect(fitted(raster(1, [0], 0), [1, 1])).toEqual([255]);
  const red = { ...raster(1, [0]), data: Uint8Array.from([255, 0, 0, 255]) };
  expect(fitted(red, [1, 1])).toEqual([76]);
  expect(Array.from(fitPicture(red, { height: 1, width: 1, channels: 3 }, "crop"))).toEqual([
    255, 0, 0,
  ]);
});
