// What recurrent layers share: weights for input and state, and a loop over the steps.

import { count, flag } from "../../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape, Show } from "../../../shapes/index.ts";
import { where } from "../../../tensor/comparison.ts";
import { zeros } from "../../../tensor/create.ts";
import { add } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { flip, swapAxes } from "../../../tensor/movement.ts";
import { foldIn } from "../../../tensor/random.ts";
import type { ActivationSpec } from "../../activations/index.ts";
import { fansOf, type InitializerSpec, initializerOf } from "../../initializers/index.ts";
import { LAYER, type LayerSignature, nameOption } from "../arguments.ts";
import { WEIGHTED } from "../core/weighted.ts";
import { CARRIED, type Layer, type LayerOptions, type Params, specOf } from "../layer.ts";
import { expectMaskOrLength, maskOf, overSteps } from "./masks.ts";

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
  /** What a sequence gives for a step that the mask leaves out: 0, or (default) the output before it. */
  readonly zeroOutputForMask?: boolean;
  /**
   * True: a batch goes on where the one before it ended, sequence by sequence, in fit(), evaluate() and
   * predict(), until model.resetStates(). Say batchSize besides, and fit with shuffle: false.
   */
  readonly stateful?: boolean;
  /** How many sequences go on beside each other, where `stateful` is true: every batch has so many. */
  readonly batchSize?: number;
}

export const RECURRENT: LayerSignature<RecurrentOptions> = {
  leading: { units: count },
  options: {
    ...WEIGHTED,
    recurrentWeights: nameOption,
    returnSequences: flag,
    goBackwards: flag,
    zeroOutputForMask: flag,
    stateful: flag,
    batchSize: count,
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

/** A recurrent layer, of which another can be made that differs in some options. */
export interface RecurrentLayer extends Layer {
  readonly options: RecurrentOptions;
  readonly again: (changes: RecurrentOptions) => Layer;
}

/** A layer that carries a cell's state, zero at first, along the steps of [steps, features]. */
export function recurrent(
  kind: string,
  units: number,
  options: RecurrentOptions,
  cell: Cell,
): Layer<any, any> {
  const { bias = true, returnSequences = false, goBackwards = false } = options;
  const { zeroOutputForMask = false, stateful = false, batchSize } = options;
  expectBatchSize(kind, stateful, batchSize);
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
  const firstState = (batch: number, dtype: Tensor["dtype"]): readonly Tensor[] =>
    Array.from({ length: cell.states }, () => zeros([batch, units], dtype));
  const layer: RecurrentLayer = {
    kind,
    options,
    again: (changes) => recurrent(kind, units, { ...options, ...changes }, cell),
    alsoReads: ["mask"],
    keepsMask: returnSequences,
    weights: ["w", "wRecurrent"],
    shapes: shapesOf,
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    spec: specOf(kind, { units, ...options }),
    outputShape: (input, mask) => {
      if (input.length !== 2) {
        throw new ShapeError(
          `${kind}: expected an example [steps, features], received ${showShape(input)}`,
        );
      }
      if (mask) expectMaskOrLength(kind, input, mask);
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
      if (!stateful) return { params, state: {} };
      const carried = firstState(batchSize!, dtype).map((h, i) => [STATES[i]!, h] as const);
      return { params, state: { [CARRIED]: Object.fromEntries(carried) } };
    },
    apply: ({ params, state }, x, told) => {
      const { watch } = told;
      const mask = told.also?.[0] ?? told.mask;
      const { w, b } = params as unknown as RecurrentParams;
      const product = matmul(swapAxes(x, 0, 1), w); // [steps, batch, gates * units]
      const sum = b ? add(product, b) : product;
      const fromInput = watch ? swapAxes(watch(swapAxes(sum, 0, 1), null), 0, 1) : sum;
      const batch = x.type.shape[0]!;
      if (stateful) expectBatch(kind, batchSize!, batch);
      const start = stateful
        ? (Object.values(state[CARRIED] as Params) as Tensor[])
        : firstState(batch, x.dtype);
      const step = cell.step(params as unknown as RecurrentParams);
      const seen = mask && maskOf(kind, mask, x.type.shape[1]!);
      const [last, outputs] = scan(
        (before: readonly Tensor[], { z, counts }: OneStep): [readonly Tensor[], Tensor | null] => {
          const fresh = step(before, z);
          const after = counts ? fresh.map((h, i) => where(counts, h, before[i]!)) : fresh;
          const y = counts && zeroOutputForMask ? where(counts, fresh[0]!, 0) : after[0]!;
          return [after, returnSequences ? y : null];
        },
        start,
        { z: fromInput, ...(seen && { counts: overSteps(seen) }) } as OneStep,
        { reverse: goBackwards },
      );
      const kept = stateful ? { [CARRIED]: namedStates(last) } : state;
      if (!outputs) return { y: last[0]!, state: kept };
      const y = swapAxes(outputs, 0, 1); // [batch, steps, units], each where its input was
      if (!goBackwards) return { y, state: kept };
      return { y: flip(y, 1), state: kept, mask: seen && flip(seen, 1) };
    },
  };
  return layer;
}

/** What a step takes of the sequences: of the input [batch, gates units], and where it counts [batch, 1]. */
interface OneStep {
  readonly z: Tensor;
  readonly counts?: Tensor;
}

/** Names of what goes from step to step: the output, and the memory of an LSTM. */
const STATES = ["h", "c"] as const;

function namedStates(states: readonly Tensor[]): Params {
  return Object.fromEntries(states.map((h, i) => [STATES[i]!, h]));
}

/** @throws ArgumentError for one of `stateful` and `batchSize` without the other */
function expectBatchSize(kind: string, stateful: boolean, batchSize: number | undefined): void {
  if (stateful && batchSize === undefined) {
    throw new ArgumentError(
      `${kind}: expected batchSize besides stateful: the number of sequences that go on, as in ` +
        "{ stateful: true, batchSize: 32 }",
    );
  }
  if (!stateful && batchSize !== undefined) {
    throw new ArgumentError(
      `${kind}: batchSize belongs to { stateful: true }; other layers take batches of any size`,
    );
  }
}

/** @throws ShapeError for a batch of another number of sequences than go on */
function expectBatch(kind: string, expected: number, received: number): void {
  if (expected === received) return;
  throw new ShapeError(
    `${kind}: expected batches of ${expected} sequences, as its batchSize says, received one of ` +
      `${received}: a stateful layer goes on with the same sequences in every batch`,
  );
}

/** h U + b: what the state gives to every gate. */
export function fromState(h: Tensor, { wRecurrent, bRecurrent }: RecurrentParams): Tensor {
  const product = matmul(h, wRecurrent);
  return bRecurrent ? add(product, bRecurrent) : product;
}
