// What recurrent layers share: weights for input and state, and a loop over the steps.

import { count, flag } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape, Show } from "../../../shapes/index.ts";
import { zeros } from "../../../tensor/create.ts";
import { add } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { flip, swapAxes } from "../../../tensor/movement.ts";
import { foldIn } from "../../../tensor/random.ts";
import type { ActivationSpec } from "../../activations/index.ts";
import { fansOf, type InitializerSpec, initializerOf } from "../../initializers/index.ts";
import { LAYER, type LayerSignature, nameOption } from "../arguments.ts";
import { WEIGHTED } from "../core/weighted.ts";
import { type Layer, type LayerOptions, specOf } from "../layer.ts";

/** A recurrent layer over [steps, features]: the last state, or the state after every step. */
export interface Recurrent<
  Op extends string,
  Units extends number,
  Sequences extends boolean = false,
> extends Fn {
  readonly out: RecurrentOut<this["in"], Op, Units, Sequences>;
}

type RecurrentOut<
  S,
  Op extends string,
  Units extends number,
  Sequences extends boolean,
> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer Steps extends number, number]
      ? RecurrentShape<Steps, Units, Sequences>
      : `${Op}: expected an example [steps, features], received ${Show<S>}`
  : never;

type RecurrentShape<
  Steps extends number,
  Units extends number,
  Sequences extends boolean,
> = boolean extends Sequences ? any : Sequences extends true ? [Steps, Units] : [Units];

/** Options that all recurrent layers share; Q is returnSequences, I the shape of one example. */
export interface RecurrentOptions<Q extends boolean = boolean, I extends Shape = any>
  extends LayerOptions<I> {
  /** Of the new state; "tanh" by default. */
  readonly activation?: ActivationSpec;
  /** False leaves the biases out. */
  readonly bias?: boolean;
  /** How the weights of the input start; "glorotUniform" by default. */
  readonly weights?: InitializerSpec;
  /** How the weights of the state start; "orthogonal" by default. */
  readonly recurrentWeights?: InitializerSpec;
  /** How the biases start; "zeros" by default. */
  readonly biases?: InitializerSpec;
  /** True: the outputs of all steps, [steps, units]. False (default): that of the last, [units]. */
  readonly returnSequences?: Q;
  /** Reads from the last step to the first, and returns sequences in that order. */
  readonly goBackwards?: boolean;
}

export const RECURRENT: LayerSignature<RecurrentOptions> = {
  leading: { units: count },
  options: {
    ...WEIGHTED,
    recurrentWeights: nameOption,
    returnSequences: flag,
    goBackwards: flag,
    ...LAYER,
  },
};

/** G gates side by side: w [in, G units], wRecurrent [units, G units], biases [G units]. */
export interface RecurrentParams {
  readonly w: Tensor;
  readonly wRecurrent: Tensor;
  readonly b?: Tensor;
  /** Where state and input each have a bias of their own. */
  readonly bRecurrent?: Tensor;
}

/** What the state is after one step. Its first tensor, [batch, units], is the step's output. */
type Step = (state: readonly Tensor[], fromInput: Tensor) => readonly Tensor[];

export interface Cell {
  readonly gates: number;
  /** How many tensors [batch, units] the state has. */
  readonly states: number;
  /** True where the state has a bias of its own. */
  readonly recurrentBias?: boolean;
  /** Changes a bias as it has been drawn. */
  readonly startBias?: (b: Tensor) => Tensor;
  /** A step takes x w + b of its input, computed for all steps at once. */
  readonly step: (params: RecurrentParams) => Step;
}

type Shapes = Readonly<Record<"w" | "wRecurrent", readonly number[]>> &
  Readonly<Partial<Record<"b" | "bRecurrent", readonly number[]>>>;

/** A layer that carries a cell's state, zero at first, along the steps of [steps, features]. */
export function recurrent(
  kind: string,
  units: number,
  options: RecurrentOptions,
  cell: Cell,
): Layer<any, any> {
  const { bias = true, returnSequences = false, goBackwards = false } = options;
  const initial = {
    w: initializerOf(options.weights ?? "glorotUniform"),
    wRecurrent: initializerOf(options.recurrentWeights ?? "orthogonal"),
    b: initializerOf(options.biases ?? "zeros"),
  };
  const columns = cell.gates * units;
  const hasRecurrentBias = bias && cell.recurrentBias === true;
  const shapesOf = (input: readonly number[]): Shapes => ({
    w: [input[1]!, columns],
    wRecurrent: [units, columns],
    ...(bias && { b: [columns] }),
    ...(hasRecurrentBias && { bRecurrent: [columns] }),
  });
  return {
    kind,
    weights: ["w", "wRecurrent"],
    shapes: shapesOf,
    name: options.name,
    inputShape: options.inputShape,
    spec: specOf(kind, { units, ...options }),
    outputShape: (input) => {
      if (input.length !== 2) {
        throw new ShapeError(
          `${kind}: expected an example [steps, features], received ${showShape(input)}`,
        );
      }
      return returnSequences ? [input[0]!, units] : [units];
    },
    init: (key, input, dtype) => {
      const draw = (name: keyof typeof initial, stream: number, shape: readonly number[]) =>
        initial[name].init(foldIn(key, stream), shape, fansOf(shape), dtype);
      const shapes = shapesOf(input);
      const startBias = cell.startBias ?? ((b) => b);
      const params = {
        w: draw("w", 0, shapes.w),
        wRecurrent: draw("wRecurrent", 1, shapes.wRecurrent),
        ...(shapes.b && { b: startBias(draw("b", 2, shapes.b)) }),
        ...(shapes.bRecurrent && { bRecurrent: draw("b", 3, shapes.bRecurrent) }),
      };
      return { params, state: {} };
    },
    apply: ({ params, state }, x, { watch }) => {
      const { w, b } = params as unknown as RecurrentParams;
      const product = matmul(swapAxes(x, 0, 1), w); // [steps, batch, gates * units]
      const sum = b ? add(product, b) : product;
      const fromInput = watch ? swapAxes(watch(swapAxes(sum, 0, 1), null), 0, 1) : sum;
      const start = zeros([x.type.shape[0]!, units], x.dtype);
      const step = cell.step(params as unknown as RecurrentParams);
      const [last, outputs] = scan(
        (before: readonly Tensor[], z: Tensor): [readonly Tensor[], Tensor | null] => {
          const after = step(before, z);
          return [after, returnSequences ? after[0]! : null];
        },
        new Array<Tensor>(cell.states).fill(start),
        fromInput,
        { reverse: goBackwards },
      );
      if (!outputs) return { y: last[0]!, state };
      const y = swapAxes(outputs, 0, 1); // [batch, steps, units], each where its input was
      return { y: goBackwards ? flip(y, 1) : y, state };
    },
  };
}

/** h U + b: what the state gives to every gate. */
export function fromState(h: Tensor, { wRecurrent, bRecurrent }: RecurrentParams): Tensor {
  const product = matmul(h, wRecurrent);
  return bRecurrent ? add(product, bRecurrent) : product;
}
