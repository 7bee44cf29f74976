// Whole pictures of every kind are read, and what is not whole is refused.

import { crc32, deflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { kindOfFile } from "../files/file-kinds.ts";
import { CliError } from "../terminal/failures.ts";
import { decodePng } from "./png.ts";
import { checkPng } from "./png-check.ts";

/** A chunk with its length and its sum. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function header(width: number, height: number, depth = 8, color = 0, interlace = 0): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, color, 0, 0, interlace], 8);
  return chunk("IHDR", data);
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const END = chunk("IEND", Buffer.alloc(0));
const file = (...chunks: Uint8Array[]) => Buffer.concat([SIGNATURE, ...chunks, END]);
const idat = (raw: Uint8Array) => chunk("IDAT", deflateSync(raw));

/** Grey, 3 x 2. */
const ROWS = Buffer.from([0, 10, 20, 30, 0, 40, 50, 60]);
const good = file(header(3, 2), idat(ROWS));

describe("a whole picture", () => {
  it("is read", () => {
    expect([...decodePng("x", good).data]).toEqual([10, 20, 30, 40, 50, 60]);
    const [head, tail] = [deflateSync(ROWS).subarray(0, 5), deflateSync(ROWS).subarray(5)];
    const parts = file(
      header(3, 2),
      chunk("tEXt", Buffer.from("a")),
      chunk("IDAT", head),
      chunk("IDAT", tail),
    );
    expect(decodePng("x", parts).data).toEqual(decodePng("x", good).data);
  });

  it.each([0, 2, 4, 6] as const)(
    "of colour type %i that pngjs has written is read",
    (colorType) => {
      const png = new PNG({ width: 9, height: 7 });
      for (let i = 0; i < png.data.length; i++)
        png.data[i] = i % 4 === 3 ? 255 : (40 * Math.floor(i / 4)) % 256;
      const { data } = decodePng("x", PNG.sync.write(png, { colorType }));
      expect(data[5]).toBeCloseTo(200, 0);
    },
  );

  it.each<[depth: number, color: number, interlace: number, raw: number[]]>([
    [1, 0, 0, [0, 0b10100000, 0, 0b01000000]],
    [2, 0, 0, [0, 0b11000100, 0, 0]],
    [16, 0, 0, [0, 1, 0, 2, 0, 3, 0, 0, 1, 0, 2, 0, 3, 0]],
    [8, 0, 1, [0, 10, 0, 30, 0, 20, 0, 40, 50, 60]],
  ])(
    "of %i bits, type %i, interlace %i has the bytes that it promises",
    (depth, color, interlace, raw) => {
      const made = file(header(3, 2, depth, color, interlace), idat(Buffer.from(raw)));
      expect(checkPng("x", made)).toEqual({ width: 3, height: 2, orientation: 1 });
    },
  );

  it("that is large becomes smaller, each pixel a mean", () => {
    const row = Buffer.concat([
      Buffer.of(0),
      Buffer.from(Array.from({ length: 1000 }, (_, x) => (x < 500 ? 0 : 200))),
    ]);
    const wide = decodePng("x", file(header(1000, 4), idat(Buffer.concat([row, row, row, row]))));
    expect([wide.width, wide.height]).toEqual([334, 2]);
    expect([wide.data[0], wide.data[166], wide.data[333]]).toEqual([
      0,
      expect.closeTo(66.67, 1),
      200,
    ]);
  });
});

describe("a picture on its side", () => {
  /** Stored a b c / d e f; what one sees. */
  const seen: readonly [orientation: number, rows: string][] = [
    [1, "abc/def"],
    [2, "cba/fed"],
    [3, "fed/cba"],
    [4, "def/abc"],
    [5, "ad/be/cf"],
    [6, "da/eb/fc"],
    [7, "fc/eb/da"],
    [8, "cf/be/ad"],
    [0, "abc/def"],
    [9, "abc/def"],
  ];
  it.each(seen)("is turned upright: EXIF %i", (orientation, rows) => {
    for (const little of [false, true]) {
      const exif = Buffer.alloc(26);
      exif.write(little ? "II" : "MM");
      const put = (value: number, at: number) =>
        little ? exif.writeUInt16LE(value, at) : exif.writeUInt16BE(value, at);
      put(42, 2);
      little ? exif.writeUInt32LE(8, 4) : exif.writeUInt32BE(8, 4);
      for (const [at, value] of [
        [8, 1],
        [10, 0x0112],
        [12, 3],
        [18, orientation],
      ] as const)
        put(value, at);
      const { width, data } = decodePng("x", file(header(3, 2), chunk("eXIf", exif), idat(ROWS)));
      const letters = [...data].map((value) => "abcdef"[value / 10 - 1]).join("");
      expect(letters.match(new RegExp(`.{${width}}`, "g"))!.join("/")).toBe(rows);
    }
  });

  it("is left as it is where the EXIF data is damaged", () => {
    for (const exif of [[], [0x4d], [...Buffer.from("MM\0*\0\0\0\xff\0\0\0\0", "latin1")]]) {
      const made = file(header(3, 2), chunk("eXIf", Buffer.from(exif)), idat(ROWS));
      expect(checkPng("x", made).orientation).toBe(1);
    }
  });
});

describe("a picture that is not whole", () => {
  const half = deflateSync(ROWS.subarray(0, 4));
  it.each<[string, Uint8Array, RegExp]>([
    [
      "half of its rows",
      file(header(3, 2), chunk("IDAT", half)),
      /cut short: it holds 50 % of its/,
    ],
    ["no picture data", file(header(3, 2)), /holds no picture data/],
    [
      "a cut stream",
      file(header(3, 2), chunk("IDAT", deflateSync(ROWS).subarray(0, 8))),
      /cannot be unpacked/,
    ],
    ["more than its picture", file(header(3, 1), idat(ROWS)), /holds more than its picture/],
    ["a wrong sum", Buffer.from(good).fill(1, 50, 51), /the sum of its part "IDAT" is wrong/],
    ["no end", good.subarray(0, -12), /cut short/],
    [
      "a filter that there is not",
      file(header(3, 2), idat(Buffer.from(ROWS).fill(9, 4, 5))),
      /packed in no way/,
    ],
    ["a palette missing", file(header(3, 2, 8, 3), idat(ROWS)), /no palette/],
    ["a depth that there is not", file(header(3, 2, 7), idat(ROWS)), /damaged: its header/],
    ["no pixels", file(header(0, 2), idat(ROWS)), /without pixels/],
    ["its data first", file(idat(ROWS), header(3, 2)), /damaged: its header/],
    ["only its signature", good.subarray(0, 8), /cut short/],
    [
      "too many pixels",
      file(header(8192, 8192), idat(ROWS)),
      /8,192 x 8,192 pixels are too many; at most 16,777,216/,
    ],
    ["endless pixels", file(header(0xffffffff, 0xffffffff), idat(ROWS)), /too many/],
    ["too deep pixels", file(header(4096, 4096, 16, 6), idat(ROWS)), /of 64 bits are too many/],
  ])("is refused: %s", (_, bytes, message) => {
    expect(() => decodePng("x.png", bytes)).toThrow(CliError);
    expect(() => decodePng("x.png", bytes)).toThrow(message);
  });

  it("takes no memory for what it promises and does not hold", () => {
    const before = process.memoryUsage().arrayBuffers;
    const bomb = file(header(4000, 4000, 8, 2), idat(Buffer.alloc(10)));
    expect(bomb.length).toBeLessThan(100);
    expect(() => decodePng("x", bomb)).toThrow(/it holds 0 % of its picture/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2e7);
  });
});

it.each<[string, string | null]>([
  ["\xff\xd8\xff\xe0..JFIF", "a JPEG picture"],
  ["GIF89a", "a GIF picture"],
  ["RIFF....WEBPVP8", "a WebP picture"],
  ["....ftypheic", "a HEIC picture"],
  ["%PDF-1.7", "a PDF document"],
  ["PK\x03\x04", "a zip archive"],
  ["\0\0\x08\x03", null],
  ["", null],
])("knows a file by how it begins: %j", (start, kind) => {
  expect(kindOfFile(Buffer.from(start, "latin1"))).toBe(kind);
});
