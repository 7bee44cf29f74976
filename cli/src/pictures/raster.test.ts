// Pictures of both formats read whole, and what is broken refused before it takes memory.

import { expect, it } from "vitest";
import { readRaster } from "./raster.ts";
import { fitPicture } from "./resize.ts";
import { drawnJpeg, drawnPng } from "./shapes.testing.ts";

const drawing = { shape: "disc", width: 24, height: 16, ink: [200, 40, 30] } as const;
const [png, jpeg] = [drawnPng(drawing), drawnJpeg(drawing)];

it("reads the same picture out of either format", async () => {
  const [a, b] = [await readRaster("a.png", png), await readRaster("a.jpg", jpeg)];
  expect([b.width, b.height, b.orientation]).toEqual([24, 16, 1]);
  const size = { height: 8, width: 12, channels: 3 };
  const [one, other] = [a, b].map((raster) => fitPicture(raster, size, "stretch"));
  expect(Math.max(...one!.map((value, i) => Math.abs(value - other![i]!)))).toBeLessThan(40);
  const middle = (4 * 12 + 6) * 3;
  expect(Array.from(one!.subarray(middle, middle + 3))).toEqual([200, 40, 30]);
});

it("turns a photo as its camera was held", async () => {
  const lying = await readRaster("a.jpg", drawnJpeg({ ...drawing, number: 24 }, 6));
  const upright = await readRaster("a.jpg", drawnJpeg({ ...drawing, number: 24 }));
  expect(lying.orientation).toBe(6);
  const turned = fitPicture(lying, { height: 24, width: 16, channels: 1 }, "stretch");
  const stored = fitPicture(upright, { height: 16, width: 24, channels: 1 }, "stretch");
  // A quarter to the right: the stored row y is the upright column 15 - y.
  const expected = turned.map((_, i) => stored[(15 - (i % 16)) * 24 + Math.floor(i / 16)]!);
  expect(turned).toEqual(expected);
  expect(turned).not.toEqual(stored);
});

/** A JPEG with the bytes of its frame changed: 2 bytes of height and of width behind the precision. */
function framed(...size: readonly number[]): Uint8Array {
  const file = jpeg.slice();
  const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
  file.set(size, at + 5);
  return file;
}
const arithmetic = jpeg.slice();
arithmetic[arithmetic.findIndex((byte, i) => byte === 0xff && arithmetic[i + 1] === 0xc0) + 1] =
  0xc9;

it.each([
  ["cut.png", png.subarray(0, 60), "the PNG file is cut short"],
  ["cut.jpg", jpeg.subarray(0, jpeg.length - 40), "the JPEG file is cut short"],
  ["head.jpg", jpeg.subarray(0, 30), "the JPEG file is cut short"],
  ["text.jpg", new TextEncoder().encode("hello"), "expected a PNG or JPEG picture"],
  ["none.png", new Uint8Array(0), "expected a PNG or JPEG picture"],
  [
    "gif.png",
    new TextEncoder().encode("GIF89a..."),
    "this is a GIF picture; expected a PNG or JPEG",
  ],
  ["huge.jpg", framed(0xff, 0xff, 0xff, 0xff), "65,535 x 65,535 pixels are too many"],
  ["flat.jpg", framed(0, 0, 0, 9), "a picture without pixels"],
  ["coded.jpg", arithmetic, "this kind of JPEG (lossless or arithmetic) is not read"],
  ["tables.jpg", jpeg.map((b, i) => (i > 30 && i < 90 ? 0 : b)), "the JPEG file is damaged"],
])("refuses %s", async (name, bytes, message) => {
  await expect(readRaster(name, bytes)).rejects.toThrow(message);
  await expect(readRaster(name, bytes)).rejects.toThrow(`${name}: `);
});

it("ends for any byte that is wrong", async () => {
  for (let at = 0; at < jpeg.length; at += 7) {
    const file = jpeg.slice();
    file[at] = file[at]! ^ 0x55;
    await readRaster("a.jpg", file).catch((error: Error) => {
      expect(error.message).toMatch(/^a\.jpg: /);
    });
  }
});
