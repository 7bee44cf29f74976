// PNG in and out: pictures as arrays of grey, pictures as data URIs.

import { PNG } from "pngjs";
import { CliError } from "./failures.ts";

/** One number for each pixel, 0 black to 255 white, row by row. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Larger pictures are not unpacked: a small file can claim any size. */
const MAX_SIDE = 8192;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** @throws CliError for a file that is no PNG, is damaged, or is too large */
export function decodePng(path: string, bytes: Uint8Array): Grey {
  if (!isPng(bytes)) throw new CliError(`${path}: expected a PNG picture`);
  if (bytes.length < 24) throw new CliError(`${path}: the PNG file is cut short`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width > MAX_SIDE || height > MAX_SIDE) {
    throw new CliError(`${path}: ${width} x ${height} pixels are more than ${MAX_SIDE} a side`);
  }
  try {
    return toGrey(PNG.sync.read(Buffer.from(bytes)));
  } catch {
    throw new CliError(`${path}: the PNG file is damaged or cut short`);
  }
}

function toGrey({ width, height, data }: PNG): Grey {
  const luma = new Float32Array(width * height);
  const alpha = new Float32Array(width * height);
  let [ink, weight] = [0, 0];
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!;
    alpha[i] = data[4 * i + 3]! / 255;
    ink += luma[i]! * alpha[i]!;
    weight += alpha[i]!;
  }
  // What is transparent becomes what the drawing is not.
  const ground = weight < luma.length && ink / Math.max(weight, 1) > 127 ? 0 : 255;
  return { width, height, data: luma.map((l, i) => l * alpha[i]! + ground * (1 - alpha[i]!)) };
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
