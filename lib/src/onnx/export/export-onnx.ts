// Models and functions as ONNX files.

import {
  anything,
  count,
  either,
  expectOptions,
  func,
  instance,
  type Kinds,
  listOf,
  object,
  oneOf,
  show,
  text,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { TensorType } from "../../ir/type.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree, type TreeFunction } from "../../runtime/values/tree.ts";
import { Model } from "../../train/model/model.ts";
import { recogniseLayers } from "./layers/recognise.ts";
import { asItIs, type Recognise } from "./lower.ts";
import { FIXED, lengthsOf } from "./same-program.ts";
import { type TracedFunction, traced } from "./traced.ts";
import { type Labels, writeModel } from "./write-model.ts";

/** Options of exportOnnx() that models and functions share. */
interface Common {
  /** What the graph is called; "neurite" by default. */
  readonly name?: string;
  /** What the inputs are called, one name each. */
  readonly inputNames?: readonly string[];
  /** Texts that travel with the file, by name: names of classes, say. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What the outputs are called; by default after the layers that they come from. */
  readonly outputNames?: readonly string[];
}

/** Options of exportOnnx() for a model. */
export interface ExportModelOptions extends Common {
  /** How many examples the file takes at once: "dynamic" (default) any number, a number just so many. */
  readonly batch?: number | "dynamic";
  /**
   * Instead of the outputs, a whole training step on batches of these shapes: it gives the loss, the
   * outputs and all variables as they are after it (`name/next`), and takes the variables as inputs,
   * with their present numbers as defaults. The model must be compiled.
   */
  readonly step?: {
    readonly x: Tensor | readonly Tensor[];
    readonly y: Tensor | readonly Tensor[];
  };
}

/** Options of exportOnnx() for a function. */
export interface ExportFunctionOptions extends Common {
  /** Arguments to trace it with: of tensors only the types count. */
  readonly args: readonly unknown[];
  /** "dynamic": the first axis of every tensor among the arguments is the batch, of any size. */
  readonly batch?: "dynamic";
}

const NAMES = { name: text, inputNames: listOf(text), outputNames: listOf(text), metadata: object };
const MODEL: Kinds<ExportModelOptions> = {
  ...NAMES,
  batch: either(count, oneOf("dynamic")),
  step: object,
};
const FUNCTION: Kinds<ExportFunctionOptions> = {
  ...NAMES,
  args: listOf(anything),
  batch: oneOf("dynamic"),
};
const modelKind = instance("a model", Model);

/** Batches that a program of any batch is traced with: no two lengths of it meet by chance in all. */
const BATCHES = [5, 7, 11] as const;

/**
 * The bytes of an ONNX file (opset 21, IR 10) that computes what a model predicts, or what a function
 * computes. Weights keep their names. Products with biases, convolutions, pools, softmax, batch and layer
 * normalisation and recurrent layers are the nodes of those names, all else is primitives.
 * Images are [batch, height, width, channels], as in Neurite. The same model gives the same bytes.
 * @throws ArgumentError where a program depends on the batch in ways that ONNX cannot say, and for 2 GiB or more
 * @throws DTypeError for an op on an element type that ONNX has not, as convolutions of whole numbers
 */
export function exportOnnx(model: Model, options?: ExportModelOptions): Uint8Array<ArrayBuffer>;
export function exportOnnx<F extends TreeFunction>(
  f: F,
  options: ExportFunctionOptions & { readonly args: Parameters<F> },
): Uint8Array<ArrayBuffer>;
export function exportOnnx(
  what: Model | TreeFunction,
  options: ExportModelOptions | ExportFunctionOptions = {},
): Uint8Array<ArrayBuffer> {
  if (modelKind.fits(what)) {
    expectOptions("exportOnnx", options, MODEL);
    return exportModel(what as Model, options as ExportModelOptions);
  }
  if (!func.fits(what)) {
    throw new ArgumentError(
      `exportOnnx: expected a model, or a function and { args }, received ${show(what)}`,
    );
  }
  expectOptions("exportOnnx", options, FUNCTION);
  const { args, batch } = options as ExportFunctionOptions;
  if (!args) {
    throw new ArgumentError(
      "exportOnnx: expected { args } beside a function: arguments to trace it with, as in { args: [zeros([1, 4])] }",
    );
  }
  const types = flattenTree(args).leaves.map(({ type }) => type);
  const trace = (of: readonly TensorType[]) => traced(what as TreeFunction, args, of);
  return written(trace, types, batch === "dynamic" ? BATCHES : null, {}, options);
}

function exportModel(model: Model, options: ExportModelOptions): Uint8Array<ArrayBuffer> {
  const { instance, network } = model;
  const { batch = "dynamic", step } = options;
  const inside = (body: () => TracedFunction) => withCurrent({ engine: instance.engine }, body);
  if (step) return exportStep(model, options, step, inside);
  const forward = instance.forwardBy();
  const size = batch === "dynamic" ? BATCHES[0] : batch;
  const types = network.inputShapes.map((shape): TensorType => {
    return { dtype: instance.dtype, shape: [size, ...shape] };
  });
  const trace = (of: readonly TensorType[]) =>
    inside(() => traced((...x: Tensor[]) => forward(x), of.map(placeholder), of));
  const labels = { outputs: network.outputNames };
  const layers = (of: TracedFunction) => recogniseLayers(of, network.layers);
  return written(trace, types, batch === "dynamic" ? BATCHES : null, labels, options, layers);
}

function exportStep(
  model: Model,
  options: ExportModelOptions,
  { x, y }: NonNullable<ExportModelOptions["step"]>,
  inside: (body: () => TracedFunction) => TracedFunction,
): Uint8Array<ArrayBuffer> {
  const { instance, training } = model;
  const [xs, ys] = [x, y].map((given) => (given instanceof Tensor ? [given] : given)) as [
    readonly Tensor[],
    readonly Tensor[],
  ];
  const size = xs[0]!.type.shape[0]!;
  const run = instance.trainStep(training, { count: size, size }, "compiled");
  const types = [...xs, ...ys].map(({ type }) => type);
  const trace = (of: readonly TensorType[]) =>
    inside(() =>
      traced(
        (...all: Tensor[]) => {
          const { loss, outputs } = run(all.slice(0, xs.length), all.slice(xs.length));
          return [loss, outputs];
        },
        of.map(placeholder),
        of,
      ),
    );
  const inputs = [...numbered("input", xs.length), ...numbered("target", ys.length)];
  const labels = { inputs, outputs: ["loss", ...model.network.outputNames] };
  return written(trace, types, null, labels, options);
}

function written(
  trace: (types: readonly TensorType[]) => TracedFunction,
  types: readonly TensorType[],
  batches: readonly number[] | null,
  labels: Partial<Labels>,
  { name = "neurite", inputNames, outputNames, metadata = {} }: Common,
  layers: (of: TracedFunction) => Recognise = () => asItIs,
): Uint8Array<ArrayBuffer> {
  const sized = (size: number) =>
    types.map(({ dtype, shape }) => ({ dtype, shape: [size, ...shape.slice(1)] }));
  const programs = batches ? batches.map((size) => trace(sized(size))) : [trace(types)];
  const [first] = programs as [TracedFunction];
  const lengths = batches
    ? lengthsOf(
        batches,
        programs.map(({ graph }) => graph),
      )
    : FIXED;
  const all: Labels = {
    name,
    metadata,
    inputs: labelled(
      "inputNames",
      inputNames ?? labels.inputs ?? numbered("input", first.args),
      first.args,
    ),
    outputs: labelled(
      "outputNames",
      outputNames ?? labels.outputs ?? numbered("output", first.results),
      first.results,
    ),
  };
  return writeModel(first, all, lengths, layers(first));
}

function labelled(what: string, names: readonly string[], expected: number): readonly string[] {
  if (names.length === expected) return names;
  throw new ArgumentError(
    `exportOnnx: ${what}: expected ${expected} names, received ${names.length}`,
  );
}

const numbered = (name: string, length: number): string[] =>
  Array.from({ length }, (_, i) => (length === 1 ? name : `${name}${i + 1}`));

/** A tensor to stand for its type. */
function placeholder(type: TensorType): Tensor {
  return new Tensor({ type });
}
