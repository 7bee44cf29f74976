// PNG in: pictures as arrays of grey.

import { PNG } from "pngjs";
import { CliError } from "../terminal/failures.ts";
import type { Grey } from "./grey.ts";
import { turnUpright } from "./orientation.ts";
import { checkPng } from "./png-check.ts";

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
