/** A corpus of broken files, made from good ones: each must be refused by a message that names what is wrong. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeNetwork2, encodeNetwork2 } from "../lib/src/books/nielsen/network2/json.ts";
import { FileError } from "../lib/src/checks/errors.ts";
import { gunzip } from "../lib/src/formats/gzip.ts";
import { decodeIdx, encodeIdx } from "../lib/src/formats/idx.ts";
import { decodeSafetensors, encodeSafetensors } from "../lib/src/formats/safetensors.ts";

/** What was done to a good file, the result, and what the message must say. */
type Broken<T> = readonly [damage: string, file: T, message: RegExp];

const text = new TextEncoder();

function concat(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** `bytes` with other bytes from place `at` on; a place below 0 counts from the end. */
function patch(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const out = Uint8Array.from(bytes);
  out.set(values, at < 0 ? bytes.length + at : at);
  return out;
}

async function expectRefusal(read: () => unknown, message: RegExp): Promise<void> {
  const error: unknown = await Promise.resolve()
    .then(read)
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FileError);
  expect((error as FileError).message).toMatch(message);
  expect((error as FileError).message.length).toBeLessThan(200);
}

const goodIdx = encodeIdx({
  dtype: "float32",
  shape: [2, 3],
  data: Float32Array.of(1, 2, 3, 4, 5, 6),
});

const brokenIdx: readonly Broken<Uint8Array>[] = [
  ["empty", new Uint8Array(0), /header is cut short: 0 bytes, expected at least 4/],
  ["cut inside the magic", goodIdx.slice(0, 3), /header is cut short: 3 bytes/],
  [
    "cut after the magic",
    goodIdx.slice(0, 4),
    /cut short: expected 12 bytes for 2 dim.*received 4/,
  ],
  ["cut inside the dimensions", goodIdx.slice(0, 11), /header is cut short: .* received 11/],
  ["255 dimensions claimed", patch(goodIdx, 3, 255), /expected 1024 bytes for 255 dimensions/],
  ["first magic byte set", patch(goodIdx, 0, 1), /bad magic: .* received 0x01 0x00/],
  ["second magic byte set", patch(goodIdx, 1, 8), /bad magic: .* received 0x00 0x08/],
  ["still gzipped", gzipSync(goodIdx), /bad magic: .*this is gzip, unpack it first/],
  ["text instead", text.encode("label,pixel0,pixel1\n"), /bad magic: .* received 0x6c 0x61/],
  ["type 0x00", patch(goodIdx, 2, 0x00), /unknown element type 0x00, expected one of 0x08/],
  ["type 0x0a", patch(goodIdx, 2, 0x0a), /unknown element type 0x0a/],
  ["type 0x0f", patch(goodIdx, 2, 0x0f), /unknown element type 0x0f/],
  ["a wider type", patch(goodIdx, 2, 0x0e), /data is cut short: expected 48 bytes, received 24/],
  ["a narrower type", patch(goodIdx, 2, 0x08), /trailing bytes: 18 after the data/],
  ["without data", goodIdx.slice(0, 12), /data is cut short: expected 24 bytes, received 0/],
  ["last byte lost", goodIdx.slice(0, -1), /data is cut short: expected 24 bytes, received 23/],
  ["one byte more", concat(goodIdx, [0]), /trailing bytes: 1 after the data/],
  ["two files in one", concat(goodIdx, goodIdx), /trailing bytes: 36 after the data/],
  ["little-endian dimension", patch(goodIdx, 4, 2, 0, 0, 0), /data is cut short/],
  ["no rows claimed", patch(goodIdx, 4, 0, 0, 0, 0), /trailing bytes: 24 after the data/],
  [
    "dimensions that overflow",
    patch(goodIdx, 4, 255, 255, 255, 255, 255, 255, 255, 255),
    /dimensions \[4294967295, 4294967295\] are too large/,
  ],
];

const goodGzip = gzipSync(text.encode("the quick brown fox jumps over the lazy dog ".repeat(50)));

const brokenGzip: readonly Broken<Uint8Array>[] = [
  ["empty", new Uint8Array(0), /expected a file that begins 1f 8b, received nothing/],
  ["one byte", goodGzip.slice(0, 1), /begins 1f 8b, received 1f/],
  ["not gzip", text.encode("plain text"), /begins 1f 8b, received 70 6c/],
  ["zip instead", text.encode("PK\x03\x04"), /begins 1f 8b, received 50 4b/],
  ["only the magic", goodGzip.slice(0, 2), /cut short: 2 bytes, expected at least 18/],
  ["only the header", goodGzip.slice(0, 10), /cut short: 10 bytes, expected at/],
  ["cut in the middle", goodGzip.slice(0, 40), /corrupt or cut short/],
  ["without its trailer", goodGzip.slice(0, -8), /corrupt or cut short/],
  ["last byte lost", goodGzip.slice(0, -1), /corrupt or cut short/],
  ["another method", patch(goodGzip, 2, 7), /unknown compression method 7, expected 8/],
  ["reserved flags", patch(goodGzip, 3, 0xe0), /reserved flags are set: 0xe0/],
  ["an invalid block", patch(goodGzip, 10, 0x07), /corrupt or cut short/],
  ["wrong checksum", patch(goodGzip, -8, goodGzip.at(-8)! ^ 1), /corrupt or cut short/],
  ["wrong length", patch(goodGzip, -1, 1), /corrupt or cut short/],
  ["junk behind", concat(goodGzip, text.encode("junk")), /corrupt or cut short/],
];

const goodSafetensors = encodeSafetensors(
  new Map([
    ["w", { dtype: "float32", shape: [1, 2], data: Float32Array.of(1, 2) }],
    ["m", { dtype: "bool", shape: [2], data: Uint8Array.of(0, 1) }],
  ]),
);

/** A safetensors file with this header, before ten bytes of data. */
function withHeader(header: string | Uint8Array, data = new Uint8Array(10)): Uint8Array {
  const bytes = typeof header === "string" ? text.encode(header) : header;
  return concat([bytes.length & 255, bytes.length >> 8, 0, 0, 0, 0, 0, 0], bytes, data);
}

function withTensors(tensors: Readonly<Record<string, unknown>>): Uint8Array {
  return withHeader(JSON.stringify(tensors));
}

const w = { dtype: "F32", shape: [1, 2], data_offsets: [0, 8] };
const m = { dtype: "BOOL", shape: [2], data_offsets: [8, 10] };

const brokenSafetensors: readonly Broken<Uint8Array>[] = [
  ["empty", new Uint8Array(0), /too short: 0 bytes, expected at least 8/],
  ["cut inside the length", goodSafetensors.slice(0, 7), /too short: 7 bytes/],
  ["cut inside the header", goodSafetensors.slice(0, 20), /claims 112 bytes, but only 12 follow/],
  ["header past the end", patch(goodSafetensors, 0, 123), /claims 123 bytes, but only 122/],
  ["a length of 2^63", patch(goodSafetensors, 7, 128), /claims 9223372036854775920 bytes/],
  ["no header", withHeader(""), /header is not JSON/],
  ["header cut by one brace", withHeader('{"w":{'), /header is not JSON/],
  ["header not UTF-8", withHeader(Uint8Array.of(0x7b, 0xff, 0x7d)), /header is not UTF-8/],
  ["header with a byte order mark", withHeader("\ufeff{}"), /header is not JSON/],
  ["header a list", withHeader("[]"), /header must be an object, but is \[\]/],
  ["header null", withHeader("null"), /header must be an object, but is null/],
  ["header a text", withHeader('"w"'), /header must be an object, but is "w"/],
  ["space before the header", withHeader(' {"a":1}'), /header must begin with "{"/],
  ["a tensor twice", withHeader(`{"w":${JSON.stringify(w)},"w":1}`), /gives the key "w" twice/],
  ["a dtype twice", withHeader('{"w":{"dtype":"F32","dtype":"U8"}}'), /the key "dtype" twice/],
  ["a tensor that is a list", withTensors({ w: [] }), /tensor "w" must be an object, but is \[\]/],
  ["dtype missing", withTensors({ w: { ...w, dtype: undefined } }), /"w" has dtype nothing/],
  [
    "dtype BF16 with the bytes of F32",
    withTensors({ w: { ...w, dtype: "BF16" } }),
    /"w" has 8 bytes between its offsets, expected 4 for BF16 \[1, 2\]/,
  ],
  [
    "an unknown dtype that leaves a gap",
    withTensors({ w: { ...w, dtype: "X7", data_offsets: [0, 6] }, m }),
    /gap: bytes 6 to 8 belong to no tensor/,
  ],
  [
    "an integer that int32 cannot hold",
    withHeader(
      '{"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}',
      Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0),
    ),
    /tensor "n" holds 4294967296, which an int32 cannot hold; name the tensors that you need/,
  ],
  [
    "a header that nests deeply",
    withHeader("[".repeat(101)),
    /nests lists and objects deeper than 100/,
  ],
  ["dtype 3", withTensors({ w: { ...w, dtype: 3 } }), /"w" has dtype 3/],
  ["shape missing", withTensors({ w: { ...w, shape: undefined } }), /"w" has shape nothing/],
  ["shape not a list", withTensors({ w: { ...w, shape: 2 } }), /"w" has shape 2, which is not/],
  [
    "shape negative",
    withTensors({ w: { ...w, shape: [-1, -2] } }),
    /shape \[-1, -2\], which is not/,
  ],
  ["shape not whole", withTensors({ w: { ...w, shape: [0.5, 4] } }), /shape \[0.5, 4\], which is/],
  ["shape of text", withTensors({ w: { ...w, shape: ["2"] } }), /shape \["2"\], which is not/],
  [
    "shape that overflows",
    withTensors({ w: { ...w, shape: [2 ** 40, 2 ** 40] } }),
    /"w" has shape \[1099511627776, 1099511627776\], which is too large/,
  ],
  [
    "shape whose bytes overflow",
    withTensors({ w: { ...w, shape: [2 ** 52] } }),
    /"w" has shape \[4503599627370496\], which is too large/,
  ],
  [
    "offsets missing",
    withTensors({ w: { ...w, data_offsets: undefined } }),
    /data_offsets nothing/,
  ],
  ["one offset", withTensors({ w: { ...w, data_offsets: [0] } }), /data_offsets \[0\], expected/],
  [
    "offset negative",
    withTensors({ w: { ...w, data_offsets: [-8, 0] } }),
    /offsets \[-8, 0\], exp/,
  ],
  ["offsets reversed", withTensors({ w: { ...w, data_offsets: [8, 0] } }), /offsets \[8, 0\], exp/],
  [
    "offsets too close",
    withTensors({ w: { ...w, data_offsets: [0, 4] } }),
    /"w" has 4 bytes between its offsets, expected 8 for F32 \[1, 2\]/,
  ],
  [
    "tensors that overlap",
    withTensors({ w, m: { ...m, data_offsets: [7, 9] } }),
    /tensors "w" and "m" overlap at byte 7/,
  ],
  [
    "a gap between tensors",
    withTensors({ w: { ...w, shape: [1], data_offsets: [0, 4] }, m }),
    /gap: bytes 4 to 8 belong to no tensor/,
  ],
  ["a gap at the start", withTensors({ m }), /gap: bytes 0 to 8 belong to no tensor/],
  ["a tensor left out", withTensors({ w }), /trailing bytes: 2 after the last tensor/],
  ["no tensor at all", withHeader("{}"), /trailing bytes: 10 after the last tensor/],
  ["one byte more", concat(goodSafetensors, [0]), /trailing bytes: 1 after the last tensor/],
  ["last byte lost", goodSafetensors.slice(0, -1), /"m" ends at byte 10 of the data, which has 9/],
  ["a boolean of 7", patch(goodSafetensors, -1, 7), /"m" holds 7, expected booleans 0 or 1/],
  ["metadata a list", withTensors({ __metadata__: [], w, m }), /__metadata__ must be an object/],
  [
    "metadata a number",
    withTensors({ __metadata__: { step: 3 }, w, m }),
    /__metadata__ may hold only strings, but "step" is 3/,
  ],
];

const float64 = (shape: number[], ...values: number[]) =>
  ({ dtype: "float64", shape, data: Float64Array.from(values) }) as const;

const goodNetwork2 = encodeNetwork2({
  sizes: [2, 3, 1],
  weights: [float64([3, 2], 1, 2, 3, 4, 5, 6), float64([1, 3], 7, 8, 9)],
  biases: [float64([3, 1], 1, 2, 3), float64([1, 1], 4)],
  cost: "QuadraticCost",
});

/** The good network with some of its fields replaced. */
function withFields(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...(JSON.parse(goodNetwork2) as object), ...fields });
}

const goodRow = [[7, 8, 9]];
const firstLayer = [
  [1, 2],
  [3, 4],
  [5, 6],
];

const brokenNetwork2: readonly Broken<string>[] = [
  ["empty", "", /file is not JSON/],
  ["cut in the middle", goodNetwork2.slice(0, 50), /file is not JSON/],
  ["a pickle", "(dp0\nS'sizes'", /file is not JSON/],
  ["NaN, as Python writes it", goodNetwork2.replace("7.0", "NaN"), /file is not JSON/],
  ["a list", "[]", /file must hold an object, but holds \[\]/],
  ["lists without end", "[".repeat(1e5), /file nests lists and objects deeper than 100/],
  ["null", "null", /file must hold an object, but holds null/],
  ["sizes twice", goodNetwork2.replace("{", '{"sizes": [1, 1], '), /gives the key "sizes" twice/],
  ["sizes missing", withFields({ sizes: undefined }), /"sizes" is missing/],
  ["weights missing", withFields({ weights: undefined }), /"weights" is missing/],
  ["biases missing", withFields({ biases: undefined }), /"biases" is missing/],
  ["cost missing", withFields({ cost: undefined }), /"cost" is missing/],
  ["sizes a number", withFields({ sizes: 3 }), /sizes must be two or more.*but is 3/],
  ["one size", withFields({ sizes: [2] }), /sizes must be two or more.*but is \[2\]/],
  ["size 0", withFields({ sizes: [2, 0, 1] }), /sizes must be .*but is \[2, 0, 1\]/],
  ["size 2.5", withFields({ sizes: [2.5, 3, 1] }), /sizes must be .*but is \[2.5, 3, 1\]/],
  ["size as text", withFields({ sizes: ["2", 3, 1] }), /sizes must be .*but is \["2", 3, 1\]/],
  ["cost unknown", withFields({ cost: "os.system" }), /cost must be one of .*but is "os.system"/],
  ["cost null", withFields({ cost: null }), /cost must be one of .*but is null/],
  ["weights an object", withFields({ weights: {} }), /weights must be a list of 2 .*an object/],
  ["a layer lost", withFields({ weights: [firstLayer] }), /weights must be a list of 2 matrices/],
  ["a bias layer more", withFields({ biases: [[], [], []] }), /biases must be a list of 2/],
  [
    "another width",
    withFields({ sizes: [3, 3, 1] }),
    /weights\[0\]\[0\] must have 3 numbers, but is \[1, 2\]/,
  ],
  [
    "another height",
    withFields({ sizes: [2, 2, 1] }),
    /weights\[0\] must have 2 rows, but is \[a list of 2, a/,
  ],
  [
    "weights transposed",
    withFields({ weights: [firstLayer, [[7], [8], [9]]] }),
    /weights\[1\] must have 1 row, but is \[a list of 1, a list of 1, a list of 1\]/,
  ],
  [
    "a ragged row",
    withFields({ weights: [[[1, 2], [3], [5, 6]], goodRow] }),
    /weights\[0\]\[1\] must have 2 numbers, but is \[3\]/,
  ],
  [
    "a weight null",
    withFields({ weights: [firstLayer, [[7, null, 9]]] }),
    /weights\[1\]\[0\]\[1\] must be a finite number, but is null/,
  ],
  [
    "a weight as text",
    withFields({ weights: [firstLayer, [[7, 8, "9"]]] }),
    /weights\[1\]\[0\]\[2\] must be a finite number, but is "9"/,
  ],
  [
    "a weight too large",
    goodNetwork2.replace("7.0", "1e999"),
    /weights\[1\]\[0\]\[0\] must be a finite number, but is Infinity/,
  ],
  [
    "biases as a flat list",
    withFields({ biases: [[1, 2, 3], [[4]]] }),
    /biases\[0\]\[0\] must have 1 number, but is 1/,
  ],
];

describe("the good files are read", () => {
  it("idx", () => expect(decodeIdx(goodIdx).shape).toEqual([2, 3]));
  it("gzip", async () => expect((await gunzip(goodGzip)).length).toBe(2200));
  it("safetensors", () => {
    expect(decodeSafetensors(goodSafetensors).tensors.size).toBe(2);
    expect(decodeSafetensors(withTensors({ w, m })).tensors.size).toBe(2);
  });
  it("network2", () => {
    expect(decodeNetwork2(goodNetwork2).sizes).toEqual([2, 3, 1]);
    expect(decodeNetwork2(withFields({})).sizes).toEqual([2, 3, 1]);
    expect(decodeNetwork2(`\ufeff${withFields({})}`).sizes).toEqual([2, 3, 1]);
  });
});

it("there are more than a hundred broken ones, each damage once", () => {
  const formats = [brokenIdx, brokenGzip, brokenSafetensors, brokenNetwork2];
  for (const files of formats) {
    expect(new Set(files.map(([damage]) => damage)).size).toBe(files.length);
  }
  expect(formats.flat().length).toBeGreaterThan(100);
});

describe("idx refuses", () => {
  it.each(brokenIdx)("%s", (_, file, message) => expectRefusal(() => decodeIdx(file), message));
});

describe("gzip refuses", () => {
  it.each(brokenGzip)("%s", (_, file, message) => expectRefusal(() => gunzip(file), message));
});

describe("safetensors refuses", () => {
  it.each(brokenSafetensors)("%s", (_, file, message) =>
    expectRefusal(() => decodeSafetensors(file), message),
  );
});

describe("network2 refuses", () => {
  it.each(brokenNetwork2)("%s", (_, file, message) =>
    expectRefusal(() => decodeNetwork2(file), message),
  );
});
