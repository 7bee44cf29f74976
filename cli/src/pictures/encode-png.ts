// PNG out: pictures as the bytes of a file, and as data URIs.

import { crc32, deflateSync } from "node:zlib";

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
