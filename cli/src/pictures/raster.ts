// A picture as it is stored, in colours, of either format: read whole, and bounded before it is unpacked.

import { kindOfFile } from "../files/file-kinds.ts";
import { CliError } from "../terminal/failures.ts";
import { checkJpeg, decodeJpeg, isJpeg } from "./jpeg.ts";
import type { Orientation } from "./orientation.ts";
import { readPng } from "./png.ts";
import { checkPng, isPng } from "./png-check.ts";

/** Pixels row by row: red, green, blue and how opaque, a byte each. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** How it is to be turned before it is looked at. */
  readonly orientation: Orientation;
}

/** Whether a file is a picture by its name. */
export function isPictureFile(name: string): boolean {
  return /\.(png|jpe?g)$/i.test(name);
}

/** Bytes that a picture's file may hold at most. */
export const MOST_PICTURE_BYTES: number = 2 ** 26;

/** @throws CliError for a file that is neither PNG nor JPEG, is damaged, or is too large */
export async function readRaster(path: string, bytes: Uint8Array): Promise<Raster> {
  if (isJpeg(bytes)) {
    const { orientation } = checkJpeg(path, bytes);
    return { ...(await decodeJpeg(path, bytes)), orientation };
  }
  if (!isPng(bytes)) {
    const kind = kindOfFile(bytes);
    const found = kind === null ? "" : `this is ${kind}; `;
    throw new CliError(`${path}: ${found}expected a PNG or JPEG picture`);
  }
  const { width, height, orientation } = checkPng(path, bytes);
  const { data } = readPng(path, bytes);
  return { width, height, data, orientation };
}
