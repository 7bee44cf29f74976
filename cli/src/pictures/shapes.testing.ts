// Pictures that tests draw: discs and crosses of any size and colour, as files in folders of their classes.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import jpeg from "jpeg-js";
import { type Color, encodePng } from "./encode-png.ts";

export type Shape = "disc" | "cross" | "stripes";

/** Whether a point of a picture, from -1 to 1 each way, is inked. */
const INK: Readonly<Record<Shape, (x: number, y: number) => boolean>> = {
  disc: (x, y) => x * x + y * y < 0.5,
  cross: (x, y) => Math.abs(Math.abs(x) - Math.abs(y)) < 0.22,
  stripes: (_, y) => Math.sin(9 * y) > 0,
};

export interface Drawing {
  readonly shape: Shape;
  readonly width: number;
  readonly height: number;
  readonly ink?: Color;
  readonly ground?: Color;
  /** Moves it a little. */
  readonly number?: number;
}

function colorAt({ shape, width, height, number = 0, ...colors }: Drawing) {
  const { ink = [230, 230, 230], ground = [20, 20, 20] } = colors;
  const [dx, dy] = [((number % 5) - 2) / 12, ((Math.floor(number / 5) % 5) - 2) / 12];
  return (x: number, y: number): Color => {
    const [u, v] = [(2 * x + 1) / width - 1 + dx, (2 * y + 1) / height - 1 + dy];
    return INK[shape](u, v) ? ink : ground;
  };
}

export function drawnPng(drawing: Drawing): Uint8Array {
  return encodePng(drawing.width, drawing.height, colorAt(drawing));
}

/** @param orientation as EXIF says it */
export function drawnJpeg(drawing: Drawing, orientation?: number): Uint8Array {
  const { width, height } = drawing;
  const at = colorAt(drawing);
  const data = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) data.set(at(i % width, Math.floor(i / width)), 4 * i);
  const file = Uint8Array.from(jpeg.encode({ width, height, data }, 92).data);
  return orientation === undefined ? file : withExif(file, orientation);
}

/** The EXIF part of a big-endian file with one entry, the orientation, behind the first marker. */
function withExif(file: Uint8Array, orientation: number): Uint8Array {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
  ];
  const part = [...new TextEncoder().encode("Exif\0\0"), ...tiff, 0, 0, 0, 0];
  const length = part.length + 2;
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, length, ...part, ...file.subarray(2)]);
}

export function writeIn(folder: string, name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** `count` pictures of each shape, half of them JPEG. */
export function writeShapes(
  folder: string,
  shapes: readonly Shape[],
  count: number,
  size: Omit<Drawing, "shape"> = { width: 12, height: 12 },
): void {
  for (const shape of shapes) {
    for (let number = 0; number < count; number++) {
      const drawing = { ...size, shape, number };
      const isJpeg = number % 2 === 1;
      const content = isJpeg ? drawnJpeg(drawing) : drawnPng(drawing);
      writeIn(folder, `${shape}/${number}.${isJpeg ? "jpg" : "png"}`, content);
    }
  }
}
