// A picture in grey with a frame on it: what a unit sees of an example, or what was covered.

import { pngUri } from "../pictures/encode-png.ts";
import { escapeHtml } from "../report/svg.ts";
import { diverging, grey } from "../report/tiles.ts";

/** A picture of numbers. */
export interface NumberPicture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** [height, width, channels] */
  readonly values: ArrayLike<number>;
}

/** A rectangle in pixels of the picture; it may reach out. */
export interface PictureFrame {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

const ROOM = 2;

/** SVG of the picture, the mean of its channels from black (0 or below) to white (the largest), and its frames. */
export function drawFramedPicture(
  title: string,
  picture: NumberPicture,
  frames: readonly PictureFrame[],
): string {
  const { height, width } = picture;
  const rects = frames.map(
    ({ top, left, height: h, width: w }) =>
      `<rect x="${left}" y="${top}" width="${w}" height="${h}" fill="none" stroke="#f59322" stroke-width=".5"/>`,
  );
  return `<svg viewBox="${-ROOM} ${-ROOM} ${width + 2 * ROOM} ${height + 2 * ROOM}" role="img" aria-label="${escapeHtml(title)}">
<image href="${pictureUri(picture)}" width="${width}" height="${height}" style="image-rendering:pixelated"/>
${rects.join("\n")}
</svg>`;
}

/** A PNG in a data URI, a pixel for each place. */
export function pictureUri(picture: NumberPicture): string {
  const { height, width } = picture;
  const at = meanAt(picture);
  let most = 0;
  for (let i = 0; i < height * width; i++) most = Math.max(most, finiteOr0(at(i)));
  return pngUri(width, height, (x, y) => grey(finiteOr0(at(y * width + x)) / (most || 1)));
}

/** The same in red above 0 and blue below, white for 0. */
export function signedUri(picture: NumberPicture, scale: number): string {
  const at = meanAt(picture);
  return pngUri(picture.width, picture.height, (x, y) =>
    diverging(finiteOr0(at(y * picture.width + x)) / (scale || 1)),
  );
}

function meanAt({ channels, values }: NumberPicture) {
  return (place: number): number => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += values[place * channels + c]!;
    return sum / channels;
  };
}

function finiteOr0(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
