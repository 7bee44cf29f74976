// onnxLayer: what an ONNX file holds as a layer among others.

import { expectOptions, having, type Kind, type Kinds, text } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import type { DType } from "../../ir/dtype.ts";
import { type Shape, showShape } from "../../ir/shape.ts";
import { LAYER } from "../../nn/layers/arguments.ts";
import type { Layer, LayerOptions, Params } from "../../nn/layers/layer.ts";
import { traceGraph } from "../../runtime/interpreter/tracing.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Fn } from "../../shapes/index.ts";
import { fromData } from "../../tensor/create.ts";
import { cast } from "../../tensor/elementwise.ts";
import { type OnnxModel, wiringOf } from "./import.ts";
import { applyGraph, type OnnxWiring, showPort } from "./session.ts";

/** Options of onnxLayer(). */
export interface OnnxLayerOptions extends LayerOptions {
  /** Which of the model's outputs goes on; needed where there are several. */
  readonly output?: string;
}

const OPTIONS: Kinds<OnnxLayerOptions> = { output: text, ...LAYER };
const MODEL: Kind = having("a model, as importOnnx() gives it", "run", "apply");

/** What comes out, the compiler does not know. */
interface OnnxShape extends Fn {
  // biome-ignore lint/suspicious/noExplicitAny: the file says it, at run time
  readonly out: any;
}

/**
 * A model out of an ONNX file as a layer: among other layers, frozen or trained on, and saved with them. Its
 * weights that can be trained are the layer's parameters under their names in the file; what is kept, as running
 * averages, is its state. They begin as they are in `model` and are the layer's own from then on.
 * It reads the model's first input, [batch, ...], and by connect(layer, x, mask) the others; what is whole numbers in
 * the file is cast. A network that holds it has no specification: saveModel() and loadWeights() keep its weights for
 * the same program, exportOnnx() writes all of it as one file.
 * @throws ArgumentError for what is no such model, and for an output that it has not
 * @throws ShapeError for examples that do not fit, or where the batch does not stay in front
 */
export function onnxLayer(model: OnnxModel, options: OnnxLayerOptions = {}): Layer<OnnxShape> {
  if (!MODEL.fits(model)) {
    throw new ArgumentError(`onnxLayer: expected ${MODEL.says}`);
  }
  expectOptions("onnxLayer", options, OPTIONS);
  const wiring = wiringOf(model);
  const output = outputOf(wiring, options.output);
  const [first, ...others] = wiring.inputs;
  if (!first) throw new ArgumentError("onnxLayer: the model has no input");
  const compute = (weights: Readonly<Record<string, Tensor>>, given: readonly Tensor[]): Tensor => {
    const feeds = wiring.inputs.slice(0, given.length).map(({ name, dtype, shape }, i) => {
      expectFit(name, shape, given[i]!.type.shape);
      return [name, asType(given[i]!, dtype)] as const;
    });
    return applyGraph({ ...wiring, weights }, Object.fromEntries(feeds))[output]!;
  };
  const of = (trainable: boolean) =>
    Object.entries(wiring.weights).filter(([, weight]) => weight.trainable === trainable);
  const copies = (trainable: boolean): Params =>
    Object.fromEntries(of(trainable).map(([name, weight]) => [name, copyOf(weight)]));
  return {
    kind: "onnx",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    spec: null,
    alsoReads: others.map(({ name }) => name),
    outputShape: (...shapes) => shapeAfter(shapes, (given) => compute(wiring.weights, given)),
    shapes: () => Object.fromEntries(of(true).map(([name, { type }]) => [name, type.shape])),
    init: (_key, _input, dtype) => {
      const other = of(true).find(([, weight]) => weight.dtype !== dtype);
      if (other) {
        throw new ArgumentError(
          `onnxLayer: weight ${JSON.stringify(other[0])} is ${other[1].dtype}, and the network is ${dtype}`,
        );
      }
      return { params: copies(true), state: copies(false) };
    },
    apply: ({ params, state }, x, { also = [] }) => {
      const weights = { ...params, ...state } as Record<string, Tensor>;
      return { y: compute(weights, [x, ...also]), state };
    },
  };
}

function outputOf({ outputs }: OnnxWiring, asked: string | undefined): string {
  const names = outputs.map(({ name }) => name);
  if (asked !== undefined && !names.includes(asked)) throw unknownName("output", asked, names);
  if (asked === undefined && names.length !== 1) {
    throw new ArgumentError(
      `onnxLayer: the model has ${names.length} outputs (${names.slice(0, 8).join(", ")}): choose one, as { output: "${names[0]}" }`,
    );
  }
  return asked ?? names[0]!;
}

const copyOf = ({ type, data }: Tensor): Tensor =>
  fromData(data.slice(), type.shape, type.dtype) as Tensor;

const asType = (x: Tensor, dtype: DType): Tensor => (x.dtype === dtype ? x : cast(x, dtype));

function expectFit(
  name: string,
  wanted: readonly (number | string | null)[] | null,
  received: Shape,
): void {
  const fits =
    wanted === null ||
    (wanted.length === received.length &&
      wanted.every((dim, axis) => typeof dim !== "number" || dim === received[axis]));
  if (fits) return;
  throw new ShapeError(
    `onnxLayer: input ${JSON.stringify(name)} is ${showPort(wanted)}, received ${showShape(received)}`,
  );
}

/** The model is traced with two examples: what has the batch in front has a length of two there. */
function shapeAfter(shapes: readonly Shape[], compute: (x: readonly Tensor[]) => Tensor): Shape {
  const types = shapes.map((one) => ({ dtype: "float32", shape: [2, ...one] }) as const);
  const { graph } = traceGraph("onnxLayer", types, (x) => [compute(x)]);
  const [batch, ...after] = graph.outputs[0]!.type.shape;
  if (batch === 2) return after;
  throw new ShapeError(
    `onnxLayer: expected the model to keep the batch in front, received ${showShape(graph.outputs[0]!.type.shape)} ` +
      `of a batch of 2`,
  );
}
