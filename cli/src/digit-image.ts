// A picture of a digit, brought into the form of MNIST: white on black, 28 x 28, the digit within 20 x 20
// with its centre of mass in the middle (LeCun, Cortes and Burges).

import { SIDE } from "./datasets.ts";
import { CliError } from "./failures.ts";
import type { Grey } from "./png.ts";

const BOX = 20;
/** Fainter than this part of the strongest stroke counts as background. */
const FAINT = 0.2;

/** The 784 bytes that a network reads. @throws CliError for an empty picture */
export function toDigit(path: string, picture: Grey): Uint8Array {
  const ink = onBlack(picture);
  if (ink.width === SIDE && ink.height === SIDE) return Uint8Array.from(ink.data, Math.round);
  const box = boundsOf(ink);
  if (box === null) throw new CliError(`${path}: there is nothing in this picture`);
  return place(shrink(ink, box));
}

/** White strokes on black: inverted where the border is light, and stretched to the whole range. */
function onBlack({ width, height, data }: Grey): Grey {
  const border: number[] = [];
  data.forEach((value, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) border.push(value);
  });
  const ground = border.sort((a, b) => a - b)[Math.floor(border.length / 2)]!;
  const ink = ground > 127 ? data.map((value) => 255 - value) : data;
  if (width === SIDE && height === SIDE) return { width, height, data: ink };
  const low = ground > 127 ? 255 - ground : ground;
  const high = ink.reduce((a, b) => Math.max(a, b), 0);
  const range = high - low;
  const stretched = ink.map((value) => Math.max(0, (255 * (value - low)) / range));
  return { width, height, data: range < 8 ? new Float32Array(ink.length) : stretched };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boundsOf({ width, data }: Grey): Box | null {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  data.forEach((value, i) => {
    if (value < 255 * FAINT) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  });
  if (right < 0) return null;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The box scaled so that its longer side is 20: every new pixel is the mean of what it covers. */
function shrink(ink: Grey, box: Box): Grey {
  const scale = BOX / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const [stepX, stepY] = [box.width / width, box.height / height];
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const fromX = box.left + x * stepX;
    const fromY = box.top + y * stepY;
    return meanOver(ink, fromX, fromY, fromX + stepX, fromY + stepY);
  });
  return { width, height, data };
}

function meanOver(ink: Grey, left: number, top: number, right: number, bottom: number): number {
  let [sum, area] = [0, 0];
  for (let y = Math.floor(top); y < bottom; y++) {
    const tall = Math.min(y + 1, bottom) - Math.max(y, top);
    for (let x = Math.floor(left); x < right; x++) {
      const part = tall * (Math.min(x + 1, right) - Math.max(x, left));
      sum += part * (ink.data[y * ink.width + x] ?? 0);
      area += part;
    }
  }
  return sum / area;
}

/** In the middle of 28 x 28, by its centre of mass. */
function place({ width, height, data }: Grey): Uint8Array {
  let [mass, mx, my] = [0, 0, 0];
  data.forEach((value, i) => {
    mass += value;
    mx += value * ((i % width) + 0.5);
    my += value * (Math.floor(i / width) + 0.5);
  });
  const offset = (center: number, size: number) =>
    Math.min(Math.max(Math.round(SIDE / 2 - center), 0), SIDE - size);
  const left = offset(mx / mass, width);
  const top = offset(my / mass, height);
  const out = new Uint8Array(SIDE * SIDE);
  data.forEach((value, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    out[(top + y) * SIDE + left + x] = Math.round(value);
  });
  return out;
}

const SHADES = " .:-=+*#%@";

/** The digit in characters, two rows of pixels in a line. */
export function drawDigit(pixels: ArrayLike<number>): string[] {
  return Array.from({ length: SIDE / 2 }, (_, line) =>
    Array.from({ length: SIDE }, (_, x) => {
      const at = 2 * line * SIDE + x;
      const grey = (pixels[at]! + pixels[at + SIDE]!) / 2;
      return SHADES[Math.min(SHADES.length - 1, Math.round((grey / 255) * (SHADES.length - 1)))];
    })
      .join("")
      .trimEnd(),
  );
}
