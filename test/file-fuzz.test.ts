/** Good files, damaged at random: a reader gives a value or an error of its own, soon and in little memory. */
import { readFileSync } from "node:fs";
import { crc32, deflateSync, gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { toDigit } from "../cli/src/pictures/digit-image.ts";
import { encodePng } from "../cli/src/pictures/encode-png.ts";
import { decodePng } from "../cli/src/pictures/png.ts";
import { readRaster } from "../cli/src/pictures/raster.ts";
import { drawnJpeg } from "../cli/src/pictures/shapes.testing.ts";
import { CliError } from "../cli/src/terminal/failures.ts";
import { decodeNetwork2, encodeNetwork2 } from "../lib/src/books/index.ts";
import { NeuriteError } from "../lib/src/checks/errors.ts";
import { gunzip, Rng, readIdx } from "../lib/src/data/index.ts";
import {
  decodeIdx,
  decodeNpy,
  decodeSafetensors,
  encodeIdx,
  encodeNpy,
  encodeSafetensors,
} from "../lib/src/formats/index.ts";
import { parseJson } from "../lib/src/formats/parse-json.ts";
import { decodeText } from "../lib/src/formats/text.ts";
import { readZip, writeZip } from "../lib/src/formats/zip/index.ts";
import { zipOf } from "../lib/src/formats/zip/zip.testing.ts";
import { compile, graphFromJSON, type Tensor, toJSON, zeros } from "../lib/src/index.ts";
import { exportKeras, importKeras } from "../lib/src/keras/index.ts";
import {
  batchNormalization,
  bidirectional,
  dense,
  flatten,
  gru,
  multiHeadAttention,
} from "../lib/src/nn/index.ts";
import { importOnnx } from "../lib/src/onnx/index.ts";
import { fromStateDict, toStateDict } from "../lib/src/pytorch/index.ts";
import {
  callbacksOf,
  encodeCheckpoint,
  loadModel,
  loadWeights,
  Model,
  modelOf,
  networkOf,
  parseRunSpec,
  readRunSpec,
  saveModel,
  sequential,
} from "../lib/src/train/index.ts";
import { besideOrThrow, GOOD_ONNX, mutantOf } from "./onnx-mutants.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);
/** Of what ONNX files say: there are official cases of every op to be changed. */
const MORE_RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 20260301);

/** What a reader may take beyond what it gives back: bytes, and milliseconds of processor time. */
const MOST_MEMORY = 2e8;
const MOST_TIME = 10_000;

const float64 = (shape: number[], ...values: number[]) =>
  ({ dtype: "float64", shape, data: Float64Array.from(values) }) as const;

const SPEC = {
  version: 1,
  data: { name: "circles", samples: 100, noise: 0.1, seed: 3, train: 20 },
  model: {
    layers: [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 4, activation: { name: "elu", alpha: 0.5 }, weights: "heNormal" },
      { kind: "dropout", p: 0.1 },
      { kind: "dense", units: 1, activation: "sigmoid", bias: true },
    ],
  },
  loss: "binaryCrossentropy",
  optimizer: { name: "adam", learningRate: 0.01 },
  metrics: ["accuracy"],
  regularizer: { kind: "l2", lambda: 0.1, convention: "keras" },
  training: { epochs: 3, batchSize: 10, validationSplit: 0.2, shuffle: true },
  stopping: { monitor: "loss", patience: 3, restoreBest: true },
  seed: 7,
  dtype: "float32",
} as const;

const net = () => sequential([3], dense(4, { activation: "tanh" }), dense(2));
const spec = parseRunSpec(SPEC);
const graph = compile((x: Tensor) => x.mul(2).exp().sum(0, true)).graph(zeros([2, 3]));
const weights = saveModel(net());

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array) => decodeText("file", bytes);

/** Modules of every sort that are turned, joined, added or counted. */
const mixed = () =>
  sequential(
    [4, 4],
    bidirectional(gru(2, { returnSequences: true })),
    batchNormalization(),
    multiHeadAttention(2),
    flatten(),
    dense(2),
  );
const MIXED = toStateDict(mixed());
const arraysIn = (bytes: Uint8Array) =>
  Promise.all(readZip(bytes).map(async (entry) => decodeNpy(await entry.read())));

const MIXED_DATA = 8 + Number(new DataView(MIXED.bytes.buffer).getBigUint64(0, true));
const MIXED_HEADER: unknown = JSON.parse(text(MIXED.bytes.slice(8, MIXED_DATA)));

/** The same numbers behind another header. */
function withHeader(header: Uint8Array): Uint8Array {
  const length = new BigUint64Array([BigInt(header.length)]);
  const data = MIXED.bytes.subarray(MIXED_DATA);
  return Buffer.concat([new Uint8Array(length.buffer), header, data]);
}

const npy = encodeNpy({ dtype: "float32", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
const LABELS = { dtype: "int32", shape: [2], data: Int32Array.of(0, 1) } as const;

const JPEG = drawnJpeg({ shape: "cross", width: 24, height: 20 }, 6);

interface Reader {
  readonly name: string;
  readonly good: Uint8Array;
  /** Files of JSON are also damaged value by value. */
  readonly isJson?: boolean;
  /** Damages what the file says. */
  readonly mutate?: (rng: Rng) => Uint8Array;
  /** Bytes that it may take beyond what it gives back, where it runs what it reads. */
  readonly memory?: number;
  readonly runs?: number;
  /** Milliseconds of processor time in which it ends, for the same reason. */
  readonly time?: number;
  read(bytes: Uint8Array): unknown;
}

const idx = encodeIdx({ dtype: "int32", shape: [3, 4], data: new Int32Array(12).fill(7) });

/** Layers of all sorts: what holds others, what has its own layouts of weights, what remembers. */
const kerasModel = new Model(() =>
  networkOf({
    layers: [
      { kind: "input", shape: [4, 3] },
      { kind: "conv1d", filters: 2, kernelSize: 2, activation: "relu", weights: "heNormal" },
      { kind: "batchNormalization" },
      { kind: "multiHeadAttention", heads: 2 },
      { kind: "bidirectional", layer: { kind: "gru", units: 2 } },
      { kind: "activation", activation: { name: "leakyRelu", alpha: 0.1 } },
      { kind: "dense", units: 2, activation: "softmax" },
    ],
  }),
);
const kerasFile = exportKeras(kerasModel, {
  training: { loss: "huber", optimizer: { name: "sgd", momentum: 0.9 }, metrics: ["accuracy"] },
});
const kerasParts: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  await Promise.all(
    readZip(kerasFile).map(async ({ name, read }) => [name, await read()] as const),
  ),
);
const tfjs = new URL("../lib/src/keras/golden/tfjs/", import.meta.url);

const READERS: readonly Reader[] = [
  { name: "idx", good: idx, read: decodeIdx },
  {
    name: "gzip",
    good: gzipSync(Buffer.alloc(5000, "some text ")),
    read: (bytes) => gunzip(bytes),
  },
  { name: "idx in gzip", good: gzipSync(idx), read: readIdx },
  {
    name: "safetensors",
    good: encodeSafetensors(
      new Map([
        ["a", { dtype: "float32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
        ["b", { dtype: "bool", shape: [3], data: Uint8Array.of(0, 1, 1) }],
      ]),
      { made: "here" },
    ),
    read: (bytes) => decodeSafetensors(bytes),
  },
  { name: "a saved model", good: weights, read: (bytes) => loadModel(bytes) },
  { name: "weights", good: weights, read: (bytes) => loadWeights(net(), bytes) },
  {
    name: "a checkpoint",
    good: encodeCheckpoint(modelOf(spec), { spec, epochs: [], callbacks: callbacksOf(spec) }),
    read: (bytes) => loadModel(bytes),
  },
  {
    name: "a specification",
    good: utf8.encode(JSON.stringify(SPEC)),
    isJson: true,
    read: (bytes) => modelOf(readRunSpec(text(bytes))),
  },
  {
    name: "a graph",
    good: utf8.encode(JSON.stringify(toJSON(graph))),
    isJson: true,
    read: (bytes) => graphFromJSON(parseJson("graph", text(bytes))),
  },
  {
    name: "a network of network2.py",
    good: utf8.encode(
      encodeNetwork2({
        sizes: [2, 1],
        weights: [float64([1, 2], 1, 2)],
        biases: [float64([1, 1], 3)],
        cost: "QuadraticCost",
      }),
    ),
    isJson: true,
    read: (bytes) => decodeNetwork2(text(bytes)),
  },
  {
    name: "an ONNX model",
    good: readFileSync(new URL("../lib/src/onnx/import/golden/small.onnx", import.meta.url)),
    read: (bytes) => runOnnx(bytes),
  },
  {
    name: "what an ONNX model says",
    good: GOOD_ONNX[0]!,
    mutate: (rng) => mutantOf(pick(rng, GOOD_ONNX), rng, "FUZZ_RUNS" in process.env),
    // A result of 512 MiB, what it is made of, and a copy on the way.
    runs: MORE_RUNS,
    memory: 2e9,
    time: 30_000,
    read: (bytes) => runOnnx(bytes),
  },
  { name: "a .keras file of Keras", good: kerasFile, read: (bytes) => importKeras(bytes) },
  {
    name: "an .h5 file of Keras",
    good: exportKeras(kerasModel, { format: "h5" }),
    read: importKeras,
  },
  {
    name: "the weights in a file of Keras, with good sums",
    good: kerasParts["model.weights.h5"]!,
    read: (weights) => importKeras(writeZip({ ...kerasParts, "model.weights.h5": weights })),
  },
  {
    name: "the layers in a file of Keras, with good sums",
    good: kerasParts["config.json"]!,
    isJson: true,
    read: (config) => importKeras(writeZip({ ...kerasParts, "config.json": config })),
  },
  {
    name: "a model of TF.js",
    good: readFileSync(new URL("model.json", tfjs)),
    isJson: true,
    read: (bytes) =>
      importKeras(bytes, {
        shard: (name) => {
          if (!/^group1-shard[12]of2\.bin$/.test(name)) throw new CliError(`${name}: not there`);
          return readFileSync(new URL(name, tfjs));
        },
      }),
  },
  {
    name: "a state_dict of PyTorch",
    good: toStateDict(mixed()).bytes,
    read: (bytes) => {
      const model = mixed();
      loadWeights(model, fromStateDict(model, bytes).weights);
    },
  },
  {
    name: "a state_dict whose header is damaged",
    good: utf8.encode(JSON.stringify(MIXED_HEADER)),
    isJson: true,
    read: (bytes) => fromStateDict(mixed(), withHeader(bytes)),
  },
  {
    name: "a map of a state_dict",
    good: utf8.encode(JSON.stringify({ dense1: "dense1", bidirectional1: "bidirectional1" })),
    isJson: true,
    read: (bytes) => {
      const map = parseJson("map", text(bytes)) as Record<string, string | null>;
      return fromStateDict(mixed(), MIXED.bytes, { map });
    },
  },
  { name: "npy", good: npy, read: (bytes) => decodeNpy(bytes) },
  {
    name: "npy of columns first",
    good: Buffer.concat([
      Buffer.from("\x93NUMPY\x01\0", "latin1"),
      Buffer.from([0x76, 0]),
      Buffer.from("{'descr': '>f8', 'fortran_order': True, 'shape': (2, 3), }".padEnd(0x75)),
      Buffer.from("\n"),
      Buffer.alloc(48, 7),
    ]),
    read: (bytes) => decodeNpy(bytes),
  },
  {
    name: "npz",
    good: zipOf({ "x.npy": npy, "y.npy": encodeNpy(LABELS) }),
    read: (bytes) => arraysIn(bytes),
  },
  {
    name: "npz, packed",
    good: zipOf({ "x.npy": npy, "../y.npy": npy }, true).map((byte, i, all) =>
      // The name that climbs is made one that does not, of the same length.
      byte === 0x2e && all[i + 1] === 0x2e && all[i + 2] === 0x2f ? 0x61 : byte,
    ),
    read: (bytes) => arraysIn(bytes),
  },
  {
    name: "arrays in an npz whose sums are right",
    good: npy,
    read: (bytes) => arraysIn(zipOf({ "x.npy": bytes }, true)),
  },
  {
    name: "a JPEG picture",
    good: JPEG,
    read: (bytes) => readRaster("x.jpg", bytes),
  },
  {
    name: "a PNG picture",
    good: encodePng(30, 30, (x, y) => (Math.abs(x - y) < 4 ? [0, 0, 0] : [255, 255, 250])),
    read: (bytes) => toDigit("x.png", decodePng("x.png", bytes)),
  },
  {
    name: "a PNG picture with good sums",
    good: new Uint8Array(40),
    read: (bytes) => decodePng("x.png", withSums(bytes)),
  },
];

function runOnnx(bytes: Uint8Array): unknown {
  const model = importOnnx(bytes, { external: besideOrThrow });
  const feeds = model.inputs.map(({ name, dtype, shape }): [string, Tensor] => {
    const dims = (shape ?? []).map((dim) => (typeof dim === "number" ? Math.min(dim, 8) : 2));
    return [name, zeros(dims.slice(0, 6), dtype)];
  });
  return model.apply(Object.fromEntries(feeds));
}

/** A picture whose header, EXIF and rows are damaged, while its sums are right: so that damage gets past them. */
function withSums(bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(13);
  head.set([
    0,
    0,
    0,
    1 + (bytes[0]! % 9),
    0,
    0,
    0,
    1 + (bytes[1]! % 9),
    8,
    bytes[2]! % 7,
    0,
    0,
    bytes[3]! % 2,
  ]);
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const rows = Buffer.concat([bytes.subarray(4), Buffer.alloc(400)]).subarray(
    0,
    2 + (bytes[5]! % 4) * 100,
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("eXIf", bytes.subarray(4)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const pick = <T>(rng: Rng, list: readonly T[]): T => list[Math.floor(rng.uniform(0, list.length))]!;

function damageBytes(good: Uint8Array, rng: Rng): Uint8Array {
  let bytes = Buffer.from(good);
  const at = () => Math.floor(rng.uniform(0, bytes.length + 1));
  const filled = (from: number, to: number, value: number) =>
    bytes.map((byte, i) => (i >= from && i < to ? value : byte)) as Buffer;
  for (let times = Math.ceil(rng.uniform(0, 4)); times > 0; times--) {
    const [a, b] = [at(), at()].sort((x, y) => x - y) as [number, number];
    const kinds: (() => Buffer)[] = [
      () => filled(a, a + 1, Math.floor(rng.uniform(0, 256))),
      () => filled(a, Math.min(b, a + 8), pick(rng, [0, 1, 127, 128, 255])),
      () => bytes.subarray(0, b),
      () => Buffer.concat([bytes.subarray(0, a), bytes.subarray(b)]),
      () => Buffer.concat([bytes.subarray(0, b), bytes.subarray(a)]),
      () => Buffer.concat([bytes.subarray(0, a), Buffer.from(pick(rng, WORDS)), bytes.subarray(a)]),
    ];
    bytes = pick(rng, kinds)() as Buffer<ArrayBuffer>;
  }
  return bytes;
}

const WORDS = [
  "\0\0",
  "null",
  "1e999",
  "-1",
  '"',
  "{",
  "[",
  "\ufeff",
  "9".repeat(30),
  "[".repeat(1e4),
];
const VALUES: readonly unknown[] = [
  null,
  true,
  "",
  "x",
  "__proto__",
  -1,
  0,
  0.5,
  2 ** 31,
  2 ** 53,
  1e300,
  -0,
  [],
  {},
  [[]],
  [null],
  { name: null },
  { name: "toString" },
];

/** Another value in place of one, a key left out, a key more. */
function damageJson(good: Uint8Array, rng: Rng): Uint8Array {
  const root: unknown = JSON.parse(new TextDecoder().decode(good));
  const places: [Record<string, unknown>, string][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(root);
  for (let times = Math.ceil(rng.uniform(0, 3)); times > 0; times--) {
    const [holder, key] = pick(rng, places);
    const kinds = [
      () => Reflect.set(holder, key, pick(rng, VALUES)),
      () => Reflect.deleteProperty(holder, key),
      () => Reflect.set(holder, pick(rng, ["extra", "name", "constructor"]), holder[key]),
    ];
    pick(rng, kinds)();
  }
  return utf8.encode(JSON.stringify(root));
}

it.each(READERS)(
  "$name, however it is damaged",
  async ({
    good,
    read,
    isJson,
    name,
    mutate,
    memory = MOST_MEMORY,
    time = MOST_TIME,
    runs = RUNS,
  }) => {
    await read(good);
    for (let run = 0; run < runs; run++) {
      const seed = 1000 * SEED + run;
      const rng = new Rng(seed);
      const damage = isJson && run % 2 === 0 ? damageJson : damageBytes;
      const bytes = mutate?.(rng) ?? damage(good, rng);
      const what = `${name}, seed ${seed}: ${Buffer.from(bytes).toString("latin1").slice(0, 600)}`;
      const before = process.memoryUsage().arrayBuffers;
      const started = process.cpuUsage();
      try {
        await read(bytes);
      } catch (error) {
        const isOwn = error instanceof NeuriteError || error instanceof CliError;
        expect(isOwn, `${what}\n${error instanceof Error ? error.stack : String(error)}`).toBe(
          true,
        );
        expect((error as Error).message.length, what).toBeLessThan(1000);
      }
      expect(process.memoryUsage().arrayBuffers - before, what).toBeLessThan(memory);
      const { user, system } = process.cpuUsage(started);
      expect((user + system) / 1000, what).toBeLessThan(time);
    }
  },
);

afterAll(() => {
  if (!process.env["FUZZ_RUNS"]) return;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(`at most ${peak.toFixed(0)} MB of memory in this process`);
});
