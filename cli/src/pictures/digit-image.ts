// A picture of a digit, brought into the form of MNIST: white on black, 28 x 28, the digit within 20 x 20
// with its centre of mass in the middle (LeCun, Cortes and Burges).

import { MNIST_SIDE } from "neurite/data";
import { CliError } from "../terminal/failures.ts";
import type { Grey } from "./grey.ts";
import { inkOf } from "./paper.ts";
import { withoutSpecks } from "./specks.ts";

const BOX = 20;

/** The 784 bytes that a network reads. @throws CliError for an empty picture */
export function toDigit(path: string, picture: Grey): Uint8Array {
  const ready = asItIs(picture);
  if (ready) return ready;
  const ink = withoutSpecks(inkOf(picture));
  const box = boundsOf(ink);
  if (box === null) throw new CliError(`${path}: there is nothing in this picture`);
  return place(shrink(ink, box));
}

/** How far the centre of mass may be from the middle, and the box from its size, in MNIST's own form. */
const NEAR = 1;

/** The bytes of a picture that has the form already, or of its negative; null for any other. */
function asItIs({ width, height, data }: Grey): Uint8Array | null {
  if (width !== MNIST_SIDE || height !== MNIST_SIDE) return null;
  const middle = data.slice().sort()[data.length >> 1];
  if (middle !== 0 && middle !== 255) return null;
  const ink = { width, height, data: middle === 0 ? data : data.map((value) => 255 - value) };
  const box = boundsOf(ink);
  if (box === null || Math.abs(Math.max(box.width, box.height) - BOX) > NEAR) return null;
  const [x, y] = centerOf(ink);
  const aim = MNIST_SIDE / 2 + 0.5;
  const isCentered = Math.abs(x - aim) <= NEAR && Math.abs(y - aim) <= NEAR;
  return isCentered ? Uint8Array.from(ink.data, Math.round) : null;
}

/** The centre of mass. */
function centerOf({ width, data }: Grey): [number, number] {
  let [mass, mx, my] = [0, 0, 0];
  data.forEach((value, i) => {
    mass += value;
    mx += value * ((i % width) + 0.5);
    my += value * (Math.floor(i / width) + 0.5);
  });
  return [mx / mass, my / mass];
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
    if (value === 0) return;
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
function place(digit: Grey): Uint8Array {
  const { width, height, data } = digit;
  const [x, y] = centerOf(digit);
  // MNIST's own rounding: with the middle half a pixel nearer, half of its digits would be moved by one.
  const offset = (center: number, size: number) =>
    Math.min(Math.max(Math.round(MNIST_SIDE / 2 + 0.5 - center), 0), MNIST_SIDE - size);
  const [left, top] = [offset(x, width), offset(y, height)];
  const out = new Uint8Array(MNIST_SIDE * MNIST_SIDE);
  data.forEach((value, i) => {
    const [column, row] = [i % width, Math.floor(i / width)];
    out[(top + row) * MNIST_SIDE + left + column] = Math.round(value);
  });
  return out;
}

const SHADES = " .:-=+*#%@";

/** The digit in characters, two rows of pixels in a line. */
export function drawDigit(pixels: ArrayLike<number>): string[] {
  return Array.from({ length: MNIST_SIDE / 2 }, (_, line) =>
    Array.from({ length: MNIST_SIDE }, (_, x) => {
      const at = 2 * line * MNIST_SIDE + x;
      const grey = (pixels[at]! + pixels[at + MNIST_SIDE]!) / 2;
      return SHADES[Math.min(SHADES.length - 1, Math.round((grey / 255) * (SHADES.length - 1)))];
    })
      .join("")
      .trimEnd(),
  );
}
