// The data sets that a run can name, loaded, limited, and made to fit a network.

import { ArgumentError, type DType, ShapeError } from "neurite";
import {
  countExamples,
  type Dataset,
  type Examples,
  pickExamples,
  SYNTHETIC_SETS,
  type SyntheticSet,
  xor,
} from "neurite/data";
import { IRIS_SPECIES, loadIris, loadMnist } from "neurite/data/node";
import { unknownName } from "neurite/ir";
import { lossOf } from "neurite/nn";
import type { RunSpec } from "neurite/train";

/** An array in memory, as data sets hold them. */
export type Rows = Examples["x"];

/** How examples can be shown: as pictures, as points in the plane, or only as numbers. */
export type View = "image" | "plane" | "table";

export interface LoadedData extends Dataset {
  readonly view: View;
  /** What the classes are called. */
  readonly classNames: readonly string[];
}

export const SIDE = 28;

export function dataNames(): string[] {
  return ["mnist", "iris", "xor", ...Object.keys(SYNTHETIC_SETS)];
}

/**
 * The data of a run, with the limits that it sets.
 * @throws ArgumentError naming the field of the specification that is wrong
 */
export async function loadData(data: RunSpec["data"]): Promise<LoadedData> {
  const whole = await loadWhole(data);
  const cut = (part: "train" | "test") => firstRows(whole[part], data[part], `data.${part}`);
  return { ...whole, train: cut("train"), test: cut("test") };
}

async function loadWhole({ name, samples, noise, seed = 0 }: RunSpec["data"]): Promise<LoadedData> {
  const set: SyntheticSet | undefined = Object.hasOwn(SYNTHETIC_SETS, name)
    ? SYNTHETIC_SETS[name as keyof typeof SYNTHETIC_SETS]
    : undefined;
  if (set) {
    const dataset = set({ samples: samples ?? 400, noise: noise ?? 0, seed });
    return { ...dataset, view: "plane", classNames: digits(dataset.classes ?? 0) };
  }
  const given = samples === undefined ? noise !== undefined && "noise" : "samples";
  if (given && dataNames().includes(name)) {
    throw new ArgumentError(`spec: data.${given}: ${name} is a fixed set, it has no ${given}`);
  }
  if (name === "mnist") {
    return { ...(await loadMnist()), view: "image", classNames: digits(10) };
  }
  if (name === "xor") return { ...xor(), view: "plane", classNames: digits(2) };
  if (name === "iris") {
    const dataset = loadIris({ seed, sizes: [120, 0, 30] });
    return { ...dataset, view: "table", classNames: IRIS_SPECIES };
  }
  const { message } = unknownName("data set", name, dataNames());
  throw new ArgumentError(`spec: data.name: ${message}`);
}

function digits(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i));
}

function firstRows(examples: Examples, limit: number | undefined, path: string): Examples {
  const count = countExamples(examples);
  if (limit === undefined || limit === count) return examples;
  if (limit > count) {
    throw new ArgumentError(`spec: ${path}: there are only ${count} examples, received ${limit}`);
  }
  return pickExamples(
    examples,
    Array.from({ length: limit }, (_, row) => row),
  );
}

/** The shapes that matter when data meets a network. */
export interface Ends {
  readonly inputShapes: readonly (readonly number[])[];
  readonly outputShapes: readonly (readonly number[])[];
}

/** True for losses that take class numbers as they are. */
export function takesLabels(loss: RunSpec["loss"]): boolean {
  const { targets } = lossOf(loss);
  return targets === "labels" || targets === "labelsOrDistribution";
}

/**
 * The examples in the shapes that a network and its loss take: inputs of the same size are reshaped,
 * class numbers become rows with a one where the loss compares number by number.
 * @throws ShapeError or ArgumentError where the data does not fit
 */
export function fitData(
  data: LoadedData,
  network: Ends,
  { loss: named, dtype }: Pick<RunSpec, "loss" | "dtype">,
): LoadedData {
  const [input, ...others] = network.inputShapes;
  const [output] = network.outputShapes;
  if (!input || !output || others.length > 0 || network.outputShapes.length > 1) {
    throw new ShapeError("spec: model: the command line needs one input and one output");
  }
  const fit = ({ x, y }: Examples): Examples => ({
    x: inFloats(fitInputs(data.name, x, input), dtype),
    y: inFloats(fitTargets(data, y, output, named), dtype),
  });
  return { ...data, train: fit(data.train), test: fit(data.test) };
}

/** Floats in a model's own float type; bytes and class numbers stay what they are. */
export function inFloats(rows: Rows, dtype: RunSpec["dtype"]): Rows {
  if (rows.dtype === dtype || (rows.dtype !== "float32" && rows.dtype !== "float64")) return rows;
  const { shape, data } = rows;
  return dtype === "float64"
    ? { dtype, shape, data: Float64Array.from(data) }
    : { dtype, shape, data: Float32Array.from(data) };
}

function fitInputs(name: string, x: Rows, shape: readonly number[]): Rows {
  const have = x.shape.slice(1);
  const size = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);
  if (size(have) === size(shape)) return { ...x, shape: [x.shape[0]!, ...shape] };
  throw new ShapeError(
    `spec: model: expected an input of shape [${have}] for ${name}, received [${shape}]`,
  );
}

function fitTargets(
  { name, classes }: LoadedData,
  y: Rows,
  shape: readonly number[],
  loss: RunSpec["loss"],
): Rows {
  const outputs = shape.at(-1) ?? 1;
  if (shape.length !== 1) {
    throw new ShapeError(`spec: model: expected an output of shape [n], received [${shape}]`);
  }
  if (classes === null) return fitValues(name, y, outputs);
  const asLabels = takesLabels(loss);
  if (outputs === 1 && classes === 2 && !asLabels) {
    return { dtype: "float32", shape: [y.shape[0]!, 1], data: Float32Array.from(y.data) };
  }
  if (outputs < classes || (outputs > classes && !asLabels)) {
    throw new ShapeError(
      `spec: model: expected ${classes} outputs for the ${classes} classes of ${name} ` +
        `with the loss ${nameOf(loss)}, received ${outputs}`,
    );
  }
  expectLabels(name, y, outputs);
  return asLabels ? y : oneHotRows(y, outputs);
}

function fitValues(name: string, y: Rows, outputs: number): Rows {
  if (y.shape.length === 2 && y.shape[1] === outputs) return y;
  throw new ShapeError(
    `spec: model: expected ${y.shape[1] ?? 1} outputs for ${name}, received ${outputs}`,
  );
}

/** A compiled step cannot refuse labels, so they are looked at before. */
function expectLabels(name: string, y: Rows, classes: number): void {
  const at = y.data.findIndex((label) => !(label >= 0 && label < classes));
  if (at < 0) return;
  throw new ArgumentError(
    `${name}: expected labels from 0 to ${classes - 1}, received ${y.data[at]} for example ${at}`,
  );
}

function oneHotRows(y: Rows, classes: number): Rows {
  const dtype: DType = "float32";
  const data = new Float32Array(y.data.length * classes);
  y.data.forEach((label, i) => {
    data[i * classes + label] = 1;
  });
  return { dtype, shape: [y.data.length, classes], data };
}

/** The name of a loss, however the specification writes it. */
export function nameOf(named: RunSpec["loss"]): string {
  return typeof named === "string" ? named : named.name;
}
