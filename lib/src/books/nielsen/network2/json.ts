// The file that Nielsen's network2.py saves a network in: JSON {sizes, weights, biases, cost}.

import { ArgumentError, FileError } from "../../../checks/errors.ts";
import { isRecord, showJson } from "../../../formats/json.ts";
import { parseJson } from "../../../formats/parse-json.ts";
import { expectStorable } from "../../../formats/stored-tensor.ts";
import { withoutMark } from "../../../formats/text.ts";
import { sameShape, showShape } from "../../../ir/shape.ts";
import { showType } from "../../../ir/type.ts";
import type { NdArray } from "../../../ops/define.ts";

/** The costs that a file of Nielsen's network2.py can name. */
export const NETWORK2_COSTS = ["QuadraticCost", "CrossEntropyCost"] as const;
/** One of NETWORK2_COSTS. */
export type Network2Cost = (typeof NETWORK2_COSTS)[number];

/** A fully connected sigmoid network, layer by layer, in float64 as network2 computes. */
export interface Network2 {
  /** Neurons of each layer, the inputs first. */
  readonly sizes: readonly number[];
  /** One for each layer after the first: [outputs, inputs]. */
  readonly weights: readonly NdArray[];
  /** One for each layer after the first: [outputs, 1]. */
  readonly biases: readonly NdArray[];
  readonly cost: Network2Cost;
}

/**
 * Reads what `Network.save` of network2.py wrote.
 * @throws FileError naming what is wrong
 */
export function decodeNetwork2(text: string): Network2 {
  const json = parseJson("network2: the file", withoutMark(text));
  if (!isRecord(json)) refuse(`the file must hold an object, but holds ${showJson(json)}`);
  for (const key of ["sizes", "weights", "biases", "cost"]) {
    if (!(key in json)) refuse(`"${key}" is missing`);
  }
  const { sizes, cost } = json;
  if (!isSizes(sizes)) {
    refuse(`sizes must be two or more whole numbers from 1 up, but is ${showJson(sizes)}`);
  }
  if (!isCost(cost)) {
    refuse(`cost must be one of ${NETWORK2_COSTS.join(", ")}, but is ${showJson(cost)}`);
  }
  const weights = readLayers("weights", json.weights, weightShapes(sizes));
  const biases = readLayers("biases", json.biases, biasShapes(sizes));
  return { sizes, weights, biases, cost };
}

/**
 * Writes what `network2.load` reads, every number to the bit.
 * @throws ArgumentError when shapes and sizes do not agree or a number is not finite
 */
export function encodeNetwork2({ sizes, weights, biases, cost }: Network2): string {
  if (!isSizes(sizes)) {
    throw new ArgumentError(`network2: expected two or more sizes, received ${showShape(sizes)}`);
  }
  if (!isCost(cost)) {
    throw new ArgumentError(
      `network2: expected a cost of ${NETWORK2_COSTS.join(", ")}, received ${cost}`,
    );
  }
  const fields = [
    `"sizes": ${showNumbers(sizes, String)}`,
    `"weights": [${showLayers("weights", weights, weightShapes(sizes))}]`,
    `"biases": [${showLayers("biases", biases, biasShapes(sizes))}]`,
    `"cost": "${cost}"`,
  ];
  return `{${fields.join(", ")}}`;
}

type MatrixShape = readonly [rows: number, columns: number];

function weightShapes(sizes: readonly number[]): MatrixShape[] {
  return sizes.slice(1).map((size, layer) => [size, sizes[layer]!]);
}

function biasShapes(sizes: readonly number[]): MatrixShape[] {
  return sizes.slice(1).map((size) => [size, 1]);
}

function isSizes(sizes: unknown): sizes is number[] {
  const valid = (size: unknown): boolean => Number.isSafeInteger(size) && (size as number) > 0;
  return Array.isArray(sizes) && sizes.length >= 2 && sizes.every(valid);
}

function isCost(cost: unknown): cost is Network2Cost {
  return (NETWORK2_COSTS as readonly unknown[]).includes(cost);
}

function readLayers(key: string, layers: unknown, shapes: readonly MatrixShape[]): NdArray[] {
  if (!Array.isArray(layers) || layers.length !== shapes.length) {
    refuse(`${key} must be a list of ${shapes.length} matrices, but is ${showJson(layers)}`);
  }
  return shapes.map((shape, layer) => readMatrix(`${key}[${layer}]`, layers[layer], shape));
}

function readMatrix(where: string, rows: unknown, shape: MatrixShape): NdArray {
  const [height, width] = shape;
  if (!Array.isArray(rows) || rows.length !== height) {
    refuse(`${where} must have ${plural(height, "row")}, but is ${showJson(rows)}`);
  }
  const numbers: number[] = [];
  rows.forEach((row: unknown, i) => {
    if (!Array.isArray(row) || row.length !== width) {
      refuse(`${where}[${i}] must have ${plural(width, "number")}, but is ${showJson(row)}`);
    }
    row.forEach((value: unknown, j) => {
      if (!Number.isFinite(value)) {
        refuse(`${where}[${i}][${j}] must be a finite number, but is ${showJson(value)}`);
      }
      numbers.push(value as number);
    });
  });
  return { dtype: "float64", shape, data: Float64Array.from(numbers) };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function showLayers(
  key: string,
  layers: readonly NdArray[],
  shapes: readonly MatrixShape[],
): string {
  if (layers.length !== shapes.length) {
    throw new ArgumentError(
      `network2: expected ${shapes.length} ${key} for the sizes, received ${layers.length}`,
    );
  }
  return layers
    .map((layer, i) => showMatrix(`network2: ${key}[${i}]`, layer, shapes[i]!))
    .join(", ");
}

function showMatrix(where: string, matrix: NdArray, shape: MatrixShape): string {
  expectStorable(where, matrix);
  if (!sameShape(matrix.shape, shape)) {
    throw new ArgumentError(
      `${where}: expected shape ${showShape(shape)}, received ${showType(matrix)}`,
    );
  }
  if (!matrix.data.every(Number.isFinite)) {
    throw new ArgumentError(
      `${where}: expected finite numbers, received ${matrix.data.find(isBad)}`,
    );
  }
  const [height, width] = shape;
  const rows = Array.from({ length: height }, (_, row) =>
    showNumbers(Array.from(matrix.data.subarray(row * width, (row + 1) * width)), showFloat),
  );
  return `[${rows.join(", ")}]`;
}

function isBad(value: number): boolean {
  return !Number.isFinite(value);
}

function showNumbers(numbers: readonly number[], show: (value: number) => string): string {
  return `[${numbers.map((value) => show(value)).join(", ")}]`;
}

/** Whole numbers keep a point, so that Python reads a float, and -0 its sign. */
function showFloat(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function refuse(problem: string): never {
  throw new FileError(`network2: ${problem}`);
}
