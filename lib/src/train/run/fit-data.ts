// Data made to fit a network and its loss, in the shapes and element types that these take.

import { expectArgument, type Kind, object, oneOf } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import type { Dataset, Examples } from "../../data/dataset.ts";
import { type Shape, sameShape, sizeOf } from "../../ir/shape.ts";
import type { FloatDType } from "../../nn/layers/layer.ts";
import { lossOf } from "../../nn/losses/index.ts";
import type { NdArray } from "../../ops/define.ts";
import type { RunSpec } from "../../spec/runspec.ts";

/** The shapes that matter when data meets a network. */
export interface Ends {
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
}

/** True for losses that take class numbers as they are. */
export function takesLabels(loss: RunSpec["loss"]): boolean {
  const { targets } = lossOf(loss);
  return targets === "labels" || targets === "labelsOrDistribution";
}

const isRecord = (value: unknown): value is Record<string, unknown> => object.fits(value);
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(Array.isArray);
const DATA: Kind = {
  says: "a data set, with examples { x, y } under train and test",
  fits: (value) => isRecord(value) && isRecord(value["train"]) && isRecord(value["test"]),
};
const ENDS: Kind = {
  says: "a network, or its { inputShapes, outputShapes }",
  fits: (value) => isRecord(value) && isList(value["inputShapes"]) && isList(value["outputShapes"]),
};
const DTYPE = oneOf("float32", "float64");

/**
 * A data set in the shapes and float type that a network and its loss take: inputs of the same size are
 * reshaped, x [n, ...inputShape]; class numbers become rows with a one, y [n, outputs], where the loss
 * compares number by number. A set without classes may have a label for every step of a sequence: y int32
 * [n, ...steps] for an output [...steps, classes].
 * @param spec the run's loss and dtype
 * @throws ShapeError where examples do not fit the network, or it has several inputs or outputs
 * @throws ArgumentError for an unknown loss, or a label that is no class
 */
export function fitData<D extends Dataset>(
  data: D,
  network: Ends,
  spec: Pick<RunSpec, "loss" | "dtype">,
): D {
  expectArgument("fitData", "data", data, DATA);
  expectArgument("fitData", "network", network, ENDS);
  expectArgument("fitData", "spec", spec, object);
  const { loss: named, dtype } = spec;
  expectArgument("fitData", "spec.dtype", dtype, DTYPE);
  const [input, ...others] = network.inputShapes;
  const [output] = network.outputShapes;
  if (!input || !output || others.length > 0 || network.outputShapes.length > 1) {
    const counts = `${network.inputShapes.length} and ${network.outputShapes.length}`;
    throw new ShapeError(`spec: model: expected one input and one output, received ${counts}`);
  }
  const fit = ({ x, y }: Examples): Examples => ({
    x: inFloats(fitInputs(data.name, x, input), dtype),
    y: inFloats(fitTargets(data, y, output, named), dtype),
  });
  return { ...data, train: fit(data.train), test: fit(data.test) };
}

/** Floats in a model's own float type; bytes and class numbers stay what they are. */
export function inFloats(rows: NdArray, dtype: FloatDType): NdArray {
  if (rows.dtype === dtype || (rows.dtype !== "float32" && rows.dtype !== "float64")) return rows;
  const { shape, data } = rows;
  return dtype === "float64"
    ? { dtype, shape, data: Float64Array.from(data) }
    : { dtype, shape, data: Float32Array.from(data) };
}

function fitInputs(name: string, x: NdArray, shape: Shape): NdArray {
  const have = x.shape.slice(1);
  if (sizeOf(have) === sizeOf(shape)) return { ...x, shape: [x.shape[0]!, ...shape] };
  throw new ShapeError(
    `spec: model: expected an input of shape [${have}] for ${name}, received [${shape}]`,
  );
}

function fitTargets(
  { name, classes }: Dataset,
  y: NdArray,
  shape: Shape,
  loss: RunSpec["loss"],
): NdArray {
  if (classes === null && takesLabels(loss) && isLabelled(y, shape)) {
    expectLabels(name, y, shape.at(-1)!);
    return y;
  }
  if (classes === null && takesLabels(loss)) {
    const compares = `the loss ${nameOf(loss)} compares class numbers`;
    throw new ArgumentError(`spec: loss: ${compares}, but ${name} has values to learn, no classes`);
  }
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

/** A class number for every step of a sequence: [n, ...steps] for an output [...steps, classes]. */
function isLabelled({ dtype, shape: [, ...steps] }: NdArray, shape: Shape): boolean {
  return shape.length > 1 && dtype === "int32" && sameShape(steps, shape.slice(0, -1));
}

function fitValues(name: string, y: NdArray, outputs: number): NdArray {
  if (y.shape.length === 2 && y.shape[1] === outputs) return y;
  const wanted = y.shape.length === 2 ? `${y.shape[1]} outputs` : "values of shape [n, outputs]";
  const received = y.shape.length === 2 ? outputs : `[${y.shape}]`;
  throw new ShapeError(`spec: model: expected ${wanted} for ${name}, received ${received}`);
}

/** A compiled step cannot refuse labels, so they are looked at before. */
function expectLabels(name: string, y: NdArray, classes: number): void {
  const at = y.data.findIndex((label) => !(label >= 0 && label < classes));
  if (at < 0) return;
  throw new ArgumentError(
    `${name}: expected labels from 0 to ${classes - 1}, received ${y.data[at]} for example ${at}`,
  );
}

function oneHotRows(y: NdArray, classes: number): NdArray {
  const data = new Float32Array(y.data.length * classes);
  y.data.forEach((label, i) => {
    data[i * classes + label] = 1;
  });
  return { dtype: "float32", shape: [y.data.length, classes], data };
}

/** The name of a loss, however the specification writes it. */
function nameOf(named: RunSpec["loss"]): string {
  return typeof named === "string" ? named : named.name;
}
