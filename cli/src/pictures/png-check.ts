// Is a PNG file whole? Readers are lenient: they make a picture of half a file, or take any memory for it.

import { crc32, inflateSync } from "node:zlib";
import { CliError } from "../terminal/failures.ts";
import { type Orientation, orientationOf, UPRIGHT } from "./orientation.ts";

/** What a file that is whole says of its picture. */
export interface PngInfo {
  readonly width: number;
  readonly height: number;
  /** How it is to be turned before it is looked at. */
  readonly orientation: Orientation;
}

/** Pictures of more pixels, or of more bytes before they are packed, are not read. */
const MOST_PIXELS = 2 ** 24;
const MOST_RAW_BYTES = 2 ** 26;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.slice(0, 4).every((byte, i) => bytes[i] === byte);
}

/**
 * Checks every chunk's length and sum, and that the packed data is all of the picture and no more.
 * @throws CliError for a file that is no PNG, is damaged, or is too large
 */
export function checkPng(path: string, bytes: Uint8Array): PngInfo {
  const refuse = (problem: string): never => {
    throw new CliError(`${path}: ${problem}`);
  };
  if (!isPng(bytes)) refuse("expected a PNG picture");
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte))
    refuse("the PNG file is damaged: its signature");
  const chunks = readChunks(bytes, refuse);
  const [first] = chunks;
  if (first?.type !== "IHDR" || first.data.length !== 13)
    refuse("the PNG file is damaged: its header");
  const header = readHeader(first!.data, refuse);
  const packed = chunks.filter(({ type }) => type === "IDAT");
  if (packed.length === 0) refuse("the PNG file holds no picture data");
  if (header.colorType === 3 && !chunks.some(({ type }) => type === "PLTE"))
    refuse("the PNG file is damaged: it has no palette");
  checkRows(header, unpack(packed, header.size, refuse), refuse);
  const exif = chunks.find(({ type }) => type === "eXIf");
  const { width, height } = header;
  return { width, height, orientation: exif ? orientationOf(exif.data) : UPRIGHT };
}

type Refuse = (problem: string) => never;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function readChunks(bytes: Uint8Array, refuse: Refuse): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; ; ) {
    if (at + 12 > bytes.length) refuse("the PNG file is cut short");
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) refuse("the PNG file is cut short");
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      refuse(`the PNG file is damaged: the sum of its part ${JSON.stringify(type)} is wrong`);
    }
    if (type === "IEND") return chunks;
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly colorType: number;
  /** Bytes of each row of each pass, with the byte before it that names its filter. */
  readonly passes: readonly { readonly rows: number; readonly rowBytes: number }[];
  /** Bytes of all passes. */
  readonly size: number;
}

/** Samples of a pixel, and bits that a sample may have, by colour type. */
const COLOR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Adam7: where each pass begins, and how far apart its pixels are. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function readHeader(data: Uint8Array, refuse: Refuse): Header {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colorType, compression, filter, interlace] = data.subarray(
    8,
  ) as unknown as number[];
  const color = COLOR_TYPES[colorType!];
  if (!color?.depths.includes(depth!) || compression !== 0 || filter !== 0 || interlace! > 1) {
    refuse("the PNG file is damaged: its header");
  }
  if (width === 0 || height === 0) refuse("the PNG file is damaged: a picture without pixels");
  const shown = `${width.toLocaleString("en-US")} x ${height.toLocaleString("en-US")} pixels`;
  if (width * height > MOST_PIXELS) {
    refuse(`${shown} are too many; at most ${MOST_PIXELS.toLocaleString("en-US")} are read`);
  }
  const bits = depth! * color!.samples;
  const passes = (interlace === 0 ? [[0, 0, 1, 1] as const] : PASSES).flatMap(([x, y, dx, dy]) => {
    const [columns, rows] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
    return columns > 0 && rows > 0 ? [{ rows, rowBytes: 1 + Math.ceil((columns * bits) / 8) }] : [];
  });
  const size = passes.reduce((sum, { rows, rowBytes }) => sum + rows * rowBytes, 0);
  if (size > MOST_RAW_BYTES) refuse(`${shown} of ${bits} bits are too many to be read`);
  return { width, height, colorType: colorType!, passes, size };
}

function unpack(chunks: readonly Chunk[], size: number, refuse: Refuse): Uint8Array {
  let raw: Uint8Array;
  try {
    const packed = Buffer.concat(chunks.map(({ data }) => data));
    raw = inflateSync(packed, { maxOutputLength: size });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") {
      return refuse("the PNG file is damaged: it holds more than its picture");
    }
    return refuse("the PNG file is damaged or cut short: its picture cannot be unpacked");
  }
  if (raw.length === size) return raw;
  const part = Math.floor((100 * raw.length) / size);
  return refuse(`the PNG file is cut short: it holds ${part} % of its picture`);
}

/** Every row begins with the number of its filter, of which there are five. */
function checkRows({ passes }: Header, raw: Uint8Array, refuse: Refuse): void {
  let at = 0;
  for (const { rows, rowBytes } of passes) {
    for (let row = 0; row < rows; row++, at += rowBytes) {
      if (raw[at]! > 4) refuse("the PNG file is damaged: a row is packed in no way that there is");
    }
  }
}
