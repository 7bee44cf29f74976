// A picture in the size that a network reads: means of areas where it becomes smaller, lines between pixels where larger.

import { type Orientation, turnUpright } from "./orientation.ts";
import type { Raster } from "./raster.ts";

/** How a picture of another shape is brought into one. */
export const FITS = ["stretch", "crop", "pad"] as const;
/** Stretched to it; its middle cut out; or the whole of it with black beside. */
export type Fit = (typeof FITS)[number];

/** What a network reads. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
  /** 1 is grey, 3 are red, green and blue. */
  readonly channels: number;
}

/** For each new pixel along an axis: the first old one that it is made of, and what each of them weighs. */
type Weights = readonly { readonly first: number; readonly weights: readonly number[] }[];

/** Bytes [height, width, channels] of the upright picture; what is transparent is white. */
export function fitPicture(picture: Raster, size: PictureSize, fit: Fit): Uint8Array {
  const { orientation } = picture;
  const isTurned = orientation > 4;
  // What is asked for, as it lies in the stored picture.
  const [width, height] = isTurned ? [size.height, size.width] : [size.width, size.height];
  const { channels } = size;
  const [across, down] = axesFor(picture, width, height, fit);
  const data = new Float32Array(width * height * channels);
  const row = new Float32Array(width * channels);
  const isPut = rowPlan(down);
  for (let y = 0; y < picture.height; y++) {
    const targets = isPut.get(y);
    if (!targets) continue;
    row.fill(0);
    resampleRow(picture, y, across, channels, row);
    for (const [to, weight] of targets) {
      const at = to * width * channels;
      for (let i = 0; i < row.length; i++) data[at + i]! += weight * row[i]!;
    }
  }
  return upright({ width, height, data }, channels, orientation);
}

function axesFor(
  { width, height }: Raster,
  toWidth: number,
  toHeight: number,
  fit: Fit,
): [Weights, Weights] {
  const scales = [toWidth / width, toHeight / height] as const;
  if (fit === "stretch") return [alongAxis(width, toWidth), alongAxis(height, toHeight)];
  const scale = fit === "crop" ? Math.max(...scales) : Math.min(...scales);
  return [alongAxis(width, toWidth, scale), alongAxis(height, toHeight, scale)];
}

/** @param scale new pixels for each old one, the middles of both in the same place */
function alongAxis(from: number, to: number, scale: number = to / from): Weights {
  return Array.from({ length: to }, (_, place) => {
    const left = from / 2 + (place - to / 2) / scale;
    const right = left + 1 / scale;
    // The rest of a picture that is padded; a sliver is no pixel.
    if (right <= 1e-6 || left >= from - 1e-6) return { first: 0, weights: [] };
    return scale < 1 ? meanOf(left, right, from) : between((left + right) / 2 - 0.5, from);
  });
}

function meanOf(left: number, right: number, from: number) {
  const [start, end] = [Math.max(0, left), Math.min(from, right)];
  const first = Math.floor(start + 1e-9);
  const last = Math.max(first + 1, Math.ceil(end - 1e-9));
  const parts = Array.from(
    { length: last - first },
    (_, i) => Math.min(first + i + 1, end) - Math.max(first + i, start),
  );
  const sum = parts.reduce((a, b) => a + b, 0);
  return { first, weights: parts.map((part) => part / sum) };
}

function between(center: number, from: number) {
  const held = Math.min(Math.max(center, 0), from - 1);
  const first = Math.min(Math.floor(held), Math.max(0, from - 2));
  const part = held - first;
  return { first, weights: part === 0 ? [1] : [1 - part, part] };
}

/** Which new rows an old one is part of. */
function rowPlan(down: Weights): ReadonlyMap<number, readonly (readonly [number, number])[]> {
  const plan = new Map<number, (readonly [number, number])[]>();
  for (const [to, { first, weights }] of down.entries()) {
    for (const [i, weight] of weights.entries()) {
      const found = plan.get(first + i) ?? [];
      plan.set(first + i, [...found, [to, weight]]);
    }
  }
  return plan;
}

function resampleRow(
  { data, width }: Raster,
  y: number,
  across: Weights,
  channels: number,
  row: Float32Array,
): void {
  for (let x = 0; x < across.length; x++) {
    const { first, weights } = across[x]!;
    for (let i = 0; i < weights.length; i++) {
      const at = 4 * (y * width + first + i);
      const weight = weights[i]!;
      const alpha = data[at + 3]! / 255;
      const white = 255 * (1 - alpha);
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
      if (channels === 1) {
        row[x]! += weight * (alpha * (0.299 * r + 0.587 * g + 0.114 * b) + white);
      } else {
        row[3 * x]! += weight * (alpha * r + white);
        row[3 * x + 1]! += weight * (alpha * g + white);
        row[3 * x + 2]! += weight * (alpha * b + white);
      }
    }
  }
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

function upright({ width, height, data }: Plane, channels: number, turn: Orientation): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let channel = 0; channel < channels; channel++) {
    const plane = data.filter((_, i) => i % channels === channel);
    const turned = turnUpright({ width, height, data: plane }, turn);
    turned.data.forEach((value, i) => {
      out[i * channels + channel] = Math.round(Math.min(255, Math.max(0, value)));
    });
  }
  return out;
}
