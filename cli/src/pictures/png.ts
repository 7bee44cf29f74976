// PNG in and out: pictures as arrays of grey, pictures as data URIs.

import { PNG } from "pngjs";
import { CliError } from "../terminal/failures.ts";
import { turnUpright } from "./orientation.ts";
import { checkPng } from "./png-check.ts";

/** One number for each pixel, 0 black to 255 white, row by row. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * An upright picture; a large one is made smaller, as a digit needs few pixels.
 * @throws CliError for a file that is no PNG, is damaged, or is too large
 */
export function decodePng(path: string, bytes: Uint8Array): Grey {
  const { orientation } = checkPng(path, bytes);
  return turnUpright(toGrey(readPng(path, bytes)), orientation);
}

/** Its pixels, of 8 bits a sample. @throws CliError for a damaged file */
export function readPng(path: string, bytes: Uint8Array): PNG {
  try {
    return PNG.sync.read(Buffer.from(bytes));
  } catch (cause) {
    throw new CliError(`${path}: the PNG file is damaged`, { cause });
  }
}

/** Longer sides are made shorter than this. */
const LONGEST = 400;

/** Every pixel is the mean of a square of pixels. */
function toGrey({ width, height, data }: PNG): Grey {
  const step = Math.ceil(Math.max(width, height) / LONGEST);
  const [wide, tall] = [Math.ceil(width / step), Math.ceil(height / step)];
  const ink = new Float32Array(wide * tall);
  const cover = new Float32Array(wide * tall);
  const count = new Float32Array(wide * tall);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const to = Math.floor(y / step) * wide + Math.floor(x / step);
      const alpha = data[at + 3]! / 255;
      ink[to]! += alpha * (0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!);
      cover[to]! += alpha;
      count[to]!++;
    }
  }
  const sum = (numbers: Float32Array) => numbers.reduce((a, b) => a + b, 0);
  // What is transparent becomes what the drawing is not.
  const isClear = sum(cover) < width * height;
  const ground = isClear && sum(ink) / Math.max(sum(cover), 1) > 127 ? 0 : 255;
  const grey = ink.map((value, i) => (value + ground * (count[i]! - cover[i]!)) / count[i]!);
  return { width: wide, height: tall, data: grey };
}

/** The colour of a pixel: red, green, blue from 0 to 255. */
export type Color = readonly [number, number, number];

/** A picture as the bytes of a PNG file. */
export function encodePng(
  width: number,
  height: number,
  colorAt: (x: number, y: number) => Color,
): Uint8Array {
  const png = new PNG({ width, height, colorType: 2 });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) png.data.set([...colorAt(x, y), 255], 4 * (y * width + x));
  }
  return PNG.sync.write(png, { colorType: 2 });
}

export function pngUri(
  width: number,
  height: number,
  colorAt: (x: number, y: number) => Color,
): string {
  return `data:image/png;base64,${Buffer.from(encodePng(width, height, colorAt)).toString("base64")}`;
}
