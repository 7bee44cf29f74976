// Pictures of digits come into MNIST's form, whatever their size, place and colours.

import { expect, it } from "vitest";
import { drawDigit, toDigit } from "./digit-image.ts";
import type { Grey } from "./grey.ts";

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
  // The middle of MNIST is half a pixel right of and below that of the picture.
  expect([Math.min(...rows), Math.max(...rows)]).toEqual([5, 24]);
  expect([Math.min(...columns), Math.max(...columns)]).toEqual([13, 16]);
  expect(Math.max(...digit)).toBe(255);
});

it("gives the same for a picture and its negative", () => {
  const box = [30, 20, 50, 70];
  const negative = toDigit("x", picture(90, 90, box, [0, 255]));
  expect(negative).toEqual(toDigit("x", picture(90, 90, box, [255, 0])));
});

it("leaves a picture alone that has the form already, and its negative", () => {
  const digit = picture(28, 28, [11, 5, 18, 25], [0, 200]);
  expect(Array.from(toDigit("x", digit))).toEqual(Array.from(digit.data));
  const negative = { ...digit, data: digit.data.map((value) => 255 - value) };
  expect(Array.from(toDigit("x", negative))).toEqual(Array.from(digit.data));
});

it("prepares a picture of 28 x 28 that has not", () => {
  const whole = toDigit("x", picture(28, 28, [11, 5, 18, 25], [0, 255]));
  for (const shown of [
    picture(28, 28, [2, 1, 9, 21], [0, 255]), // not in the middle
    picture(28, 28, [11, 5, 18, 25], [200, 60]), // on grey paper
    picture(280, 280, [20, 10, 90, 210], [255, 0]), // ten times as large
  ]) {
    expect(toDigit("x", shown)).toEqual(whole);
  }
});

it("refuses an empty picture", () => {
  expect(() => toDigit("x.png", picture(50, 50, [0, 0, 0, 0], [90, 90]))).toThrow(
    /x\.png: .*nothing/,
  );
});

it("draws in characters", () => {
  const lines = drawDigit(picture(28, 28, [0, 0, 28, 2], [0, 255]).data);
  expect(lines).toHaveLength(14);
  expect(lines.slice(0, 2)).toEqual(["@".repeat(28), ""]);
});
