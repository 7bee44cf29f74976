// Which way up a picture is: cameras store it as they were held, and say so in EXIF data.

import type { Grey } from "./grey.ts";

/** EXIF's number: 1 upright, 3 upside down, 6 and 8 on its side, the others are mirrored too. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export const UPRIGHT: Orientation = 1;

const TAG = 0x0112;
const SHORT = 3;

/** The orientation in a block of EXIF data; upright where it does not say. */
export function orientationOf(exif: Uint8Array): Orientation {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (exif.length < 10) return UPRIGHT;
  const order = view.getUint16(0);
  const little = order === 0x4949; // "II"
  if (!little && order !== 0x4d4d) return UPRIGHT; // "MM"
  const start = view.getUint32(4, little);
  if (view.getUint16(2, little) !== 42 || start + 2 > exif.length) return UPRIGHT;
  const count = view.getUint16(start, little);
  for (let i = 0; i < count; i++) {
    const at = start + 2 + 12 * i;
    if (at + 12 > exif.length) break;
    if (view.getUint16(at, little) !== TAG || view.getUint16(at + 2, little) !== SHORT) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? (value as Orientation) : UPRIGHT;
  }
  return UPRIGHT;
}

/** Where in the stored picture the pixel (x, y) of the upright one is. */
type Source = (x: number, y: number, width: number, height: number) => readonly [number, number];

/** `width` and `height` are those of the stored picture. */
const SOURCES: Readonly<Record<Orientation, Source>> = {
  1: (x, y) => [x, y],
  2: (x, y, width) => [width - 1 - x, y],
  3: (x, y, width, height) => [width - 1 - x, height - 1 - y],
  4: (x, y, _, height) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, height) => [y, height - 1 - x],
  7: (x, y, width, height) => [width - 1 - y, height - 1 - x],
  8: (x, y, width) => [width - 1 - y, x],
};

/** The picture as it is to be looked at. */
export function turnUpright(picture: Grey, orientation: Orientation): Grey {
  if (orientation === UPRIGHT) return picture;
  const { width, height, data } = picture;
  const [wide, tall] = orientation < 5 ? [width, height] : [height, width];
  const turned = new Float32Array(data.length);
  for (let y = 0; y < tall; y++) {
    for (let x = 0; x < wide; x++) {
      const [fromX, fromY] = SOURCES[orientation](x, y, width, height);
      turned[y * wide + x] = data[fromY * width + fromX]!;
    }
  }
  return { width: wide, height: tall, data: turned };
}
