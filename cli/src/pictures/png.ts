// PNG in and out: pictures as arrays of grey, pictures as data URIs.

import { crc32, deflateSync } from "node:zlib";
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
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) putColor(pixels, at, colorAt(x, y));
  }
  return encodePixels(width, height, pixels);
}

export function putColor(pixels: Uint8Array, at: number, [red, green, blue]: Color): void {
  pixels[at] = red;
  pixels[at + 1] = green;
  pixels[at + 2] = blue;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** The filter of a row that holds its differences from the row above: of enlarged cells they are mostly 0. */
const UP = 2;

/**
 * Red, green and blue of every pixel, row by row, as the bytes of a PNG file (W3C, PNG 3rd edition). pngjs
 * tries all filters on every row, which took most of the time of a report.
 */
export function encodePixels(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const stride = 3 * width;
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    rows[to++] = UP;
    for (let i = 0; i < stride; i++, from++, to++) {
      rows[to] = pixels[from]! - (y === 0 ? 0 : pixels[from - stride]!);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // bits a sample; red, green and blue
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), 8 + data.length);
  return bytes;
}

export const pngUri = (
  width: number,
  height: number,
  colorAt: (x: number, y: number) => Color,
): string => uriOf(encodePng(width, height, colorAt));

/** The bytes of a PNG file as a page holds them. */
export function uriOf(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
