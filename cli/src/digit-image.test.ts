// Pictures of digits come into MNIST's form, whatever their size, place and colours.

import { expect, it } from "vitest";
import { drawDigit, toDigit } from "./digit-image.ts";
import type { Grey } from "./png.ts";

/** A filled rectangle in a picture. */
function picture(
  width: number,
  height: number,
  [left, top, right, bottom]: readonly number[],
  [paper, ink]: readonly [number, number],
): Grey {
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= left! && x < right! && y >= top! && y < bottom! ? ink : paper;
  });
  return { width, height, data };
}

it("puts strokes into the 20 x 20 box in the middle", () => {
  const digit = toDigit("x", picture(200, 120, [150, 10, 170, 110], [240, 30]));
  const inked = [...digit].flatMap((value, i) => (value > 0 ? [[i % 28, Math.floor(i / 28)]] : []));
  const columns = inked.map(([x]) => x!);
  const rows = inked.map(([, y]) => y!);
  expect([Math.min(...rows), Math.max(...rows)]).toEqual([4, 23]);
  expect([Math.min(...columns), Math.max(...columns)]).toEqual([12, 15]);
  expect(Math.max(...digit)).toBe(255);
});

it("gives the same for a picture and its negative", () => {
  const box = [30, 20, 50, 70];
  const negative = toDigit("x", picture(90, 90, box, [0, 255]));
  expect(negative).toEqual(toDigit("x", picture(90, 90, box, [255, 0])));
});

it("leaves a picture alone that has the form already", () => {
  const digit = picture(28, 28, [3, 3, 9, 20], [0, 200]);
  expect(Array.from(toDigit("x", digit))).toEqual(Array.from(digit.data));
});

it("refuses an empty picture", () => {
  expect(() => toDigit("x.png", picture(50, 50, [0, 0, 0, 0], [90, 90]))).toThrow(
    /x\.png: .*nothing/,
  );
});

it("draws in characters", () => {
  const lines = drawDigit(toDigit("x", picture(28, 28, [0, 0, 28, 2], [0, 255])));
  expect(lines).toHaveLength(14);
  expect(lines.slice(0, 2)).toEqual(["@".repeat(28), ""]);
});
