// JPEG in: is the file whole, how large is its picture, which way up, and then its pixels by jpeg-js.

import { CliError } from "../terminal/failures.ts";
import { type Orientation, orientationOf, UPRIGHT } from "./orientation.ts";

/** What a file says of its picture before it is unpacked. */
export interface JpegInfo {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
}

/** Cameras of 24 million pixels are common. Larger pictures take gigabytes while they are unpacked. */
const MOST_PIXELS = 2 ** 25;
const MOST_MEGABYTES = 2048;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Markers of frames: all that begin with C, but for tables and what is reserved. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Those that jpeg-js reads: baseline, extended, progressive. */
const READ_FRAMES = [0xc0, 0xc1, 0xc2];
const [START_OF_SCAN, END, EXIF_PART] = [0xda, 0xd9, 0xe1];

/**
 * Walks the parts of the file up to its pixels. Readers make a grey rest of what is cut short.
 * @throws CliError for a file that is no JPEG, is cut short, or is too large
 */
export function checkJpeg(path: string, bytes: Uint8Array): JpegInfo {
  const refuse = (problem: string): never => {
    throw new CliError(`${path}: ${problem}`);
  };
  if (!isJpeg(bytes)) refuse("expected a JPEG picture");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [size, orientation]: [{ width: number; height: number } | null, Orientation] = [
    null,
    UPRIGHT,
  ];
  for (let at = 2; ; ) {
    if (at + 4 > bytes.length) return refuse("the JPEG file is cut short");
    if (bytes[at] !== 0xff) return refuse("the JPEG file is damaged: its parts");
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++; // a filling byte
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return refuse("the JPEG file is cut short");
    const part = bytes.subarray(at + 4, end);
    if (isFrame(marker)) size = frameSize(marker, part, refuse);
    if (marker === EXIF_PART && isExif(part)) orientation = orientationOf(part.subarray(6));
    if (marker === START_OF_SCAN) break;
    at = end;
  }
  if (!size) return refuse("the JPEG file is damaged: it does not say how large its picture is");
  if (!hasEnd(bytes)) return refuse("the JPEG file is cut short");
  return { ...size, orientation };
}

function frameSize(marker: number, part: Uint8Array, refuse: (problem: string) => never) {
  if (!READ_FRAMES.includes(marker))
    refuse("this kind of JPEG (lossless or arithmetic) is not read");
  if (part.length < 6) refuse("the JPEG file is damaged: its header");
  const [, h1, h0, w1, w0] = part as unknown as [number, number, number, number, number];
  const [width, height] = [w1 * 256 + w0, h1 * 256 + h0];
  if (width === 0 || height === 0) refuse("the JPEG file is damaged: a picture without pixels");
  if (width * height > MOST_PIXELS) {
    refuse(
      `${width.toLocaleString("en-US")} x ${height.toLocaleString("en-US")} pixels are too many; ` +
        `at most ${MOST_PIXELS.toLocaleString("en-US")} are read`,
    );
  }
  return { width, height };
}

const isExif = (part: Uint8Array) => String.fromCharCode(...part.subarray(0, 6)) === "Exif\0\0";

/** Something of a phone's own may follow the end. */
function hasEnd(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= 2; at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === END) return true;
  }
  return false;
}

/** @throws CliError for a damaged file */
export async function decodeJpeg(path: string, bytes: Uint8Array) {
  const { decode } = (await import("jpeg-js")).default;
  try {
    const { width, height, data } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: false,
      maxResolutionInMP: MOST_PIXELS / 1e6,
      maxMemoryUsageInMB: MOST_MEGABYTES,
    });
    return { width, height, data };
  } catch (cause) {
    const { message } = cause as Error;
    const isColour = /color mode/i.test(message);
    throw new CliError(
      `${path}: ${isColour ? "the colours of this JPEG file are not read" : "the JPEG file is damaged"}`,
      { cause },
    );
  }
}
