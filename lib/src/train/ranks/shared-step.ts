// A training step that ranks take together: gradients by one program, the sum over all ranks, the update by another.

import { isFloat } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import type { Params } from "../../nn/layers/layer.ts";
import type { Meaning } from "../../nn/metrics/index.ts";
import { tensorsLike } from "../../nn/network/params.ts";
import type { NdArray } from "../../ops/define.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import { Variable } from "../../runtime/state/variable.ts";
import { elementsOf, type Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree } from "../../runtime/values/tree.ts";
import { full, zeros } from "../../tensor/create.ts";
import { cast, div, mul } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { concat } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { foldIn } from "../../tensor/random.ts";
import type { OutputCounter } from "../step/figures.ts";
import type { Found } from "../step/gradients.ts";
import type { Instance } from "../step/instance.ts";
import { findStep, placeOfStep, type StepInputs } from "../step/step.ts";
import { update } from "../step/update.ts";
import type { Exchange, Summands } from "./exchange.ts";
import { SharedSlot } from "./shared-slot.ts";

/** What a step is to tell beside the loss. */
export interface SharedStepOptions {
  readonly rank: number;
  readonly eager: boolean;
  /** Counters whose counts add up. */
  readonly counters: readonly OutputCounter[];
  readonly meanings: readonly Meaning[];
  /** How many sums the losses of a batch are: none where the loss says all. */
  readonly sums: number;
  /** Whether the outputs are wanted. */
  readonly keepsOutputs: boolean;
}

/** A batch of this rank. */
export type OwnBatch = Readonly<Record<"x" | "y" | "w", readonly Tensor[]>>;

/** What all ranks gave in a step. */
export interface SharedResult {
  /** The mean loss of the whole batch, before the update. */
  readonly loss: number;
  /** What the losses of the whole batch add up to, and what its metrics count, end to end. */
  readonly tallied: Float64Array;
  readonly outputs: readonly NdArray[];
}

/** Places in the vector of figures: how much the batch weighs, its loss times that, ranks that leave. */
const [WEIGHT, LOSS, LEAVING, TALLIED] = [0, 1, 2, 3];

export class SharedStep {
  readonly #instance: Instance;
  readonly #find: (batch: OwnBatch) => readonly Tensor[];
  readonly #finish: () => Tensor;
  /** Gradients, then what layers keep, each times the weight of the batch. */
  readonly #slot: SharedSlot;
  /** float64: see the places above. */
  readonly #figures: SharedSlot;
  readonly #keeps: boolean;

  constructor(instance: Instance, given: StepInputs, options: SharedStepOptions) {
    const { rank, eager, keepsOutputs } = options;
    // Each rank draws for itself; as the parts of accumulated batches do.
    const inputs = { ...given, key: foldIn(given.key, rank) };
    const { params, state } = inputs;
    const dtype = instance.dtype;
    const learnt = flattenTree(params.tree);
    const kept = flattenTree(state.tree);
    const shared = [...learnt.leaves, ...kept.leaves.filter(({ dtype: type }) => isFloat(type))];
    this.#instance = instance;
    this.#keeps = keepsOutputs;
    this.#slot = new SharedSlot(
      shared.map(({ type: { shape } }): TensorType => ({ dtype, shape })),
    );
    const counted = options.counters.reduce((sum, { counter, output }) => {
      return sum + counter.size([1, ...instance.network.outputShapes[output]!]);
    }, TALLIED + Math.max(1, options.sums));
    this.#figures = new SharedSlot([{ dtype: "float64", shape: [counted] }]);
    const [figures] = this.#figures.variables as readonly [Variable];
    const others = kept.leaves
      .filter(({ dtype: type }) => !isFloat(type))
      .map((leaf) => new Variable(leaf, { trainable: false }));

    const find = ({ x, y, w }: OwnBatch): readonly Tensor[] => {
      const { found, outputs, sums } = findStep(inputs, x, y, w);
      const weight = weightOf(x, sums);
      // A layer may name what it keeps in another order than before.
      const after = tensorsLike("state", state.tree, found.state).values();
      const all = [...flattenTree(found.gradients).leaves, ...after];
      const [floats, rest] = [all.filter(floating), all.filter((t) => !floating(t))];
      floats.forEach((t, i) => {
        this.#slot.variables[i]!.assign(mul(cast(t, dtype), cast(weight, dtype)));
      });
      rest.forEach((t, i) => void others[i]!.assign(t));
      const loss = reshape(mul(cast(found.loss, "float64"), weight), [1]);
      const counts = options.counters.map(({ counter, output }) =>
        counter.count(y[output]!, outputs[output]!, options.meanings[output]!),
      );
      const head = [reshape(weight, [1]), loss, zeros([1], "float64")];
      figures.assign(concat([...head, sums ?? loss, ...counts]));
      return keepsOutputs ? outputs : [];
    };
    const finish = (): Tensor => {
      const { number, place } = placeOfStep(inputs);
      const weight = at(figures.read(), WEIGHT);
      const scale = cast(weight, dtype);
      const means = this.#slot.variables.map((sum) => div(sum.read(), scale));
      const loss = cast(div(at(figures.read(), LOSS), weight), dtype);
      const gradients = learnt.rebuild(means.slice(0, learnt.leaves.length)) as Params;
      const ours = rebuilt(kept, means.slice(learnt.leaves.length), others);
      const found: Found = { loss, gradients, state: ours };
      const told = update(inputs, number, found, place);
      inputs.step.assign(number);
      return told;
    };
    this.#find = eager ? find : compile(find);
    this.#finish = eager ? finish : compile(finish);
  }

  /**
   * One step on this rank's part of a batch, or on none of it.
   * @param rows where its examples are in the whole batch, and how many that has
   * @returns null where a rank has left: nothing was learnt then
   */
  async run(
    exchange: Exchange,
    own: OwnBatch | null,
    { from, all }: { readonly from: number; readonly all: number },
  ): Promise<SharedResult | null> {
    const find = (batch: OwnBatch) => this.#here(() => this.#find(batch));
    const outputs = own ? this.#instance.explained([own.x], () => find(own)) : [];
    if (!own) this.#clear(0);
    const gathered = this.#keeps ? this.#room(all) : [];
    gathered.forEach(({ data, shape }, i) => {
      if (own) data.set(elementsOf(outputs[i]!), (from * data.length) / shape[0]!);
    });
    const figures = await this.#exchanged(exchange, gathered);
    if (figures[LEAVING]! > 0) return null;
    const loss = this.#here(() => this.#finish().item());
    return { loss, tallied: figures.slice(TALLIED), outputs: gathered };
  }

  /**
   * To be called in the place of a step by a rank that wants no more of them.
   * @param all the examples of the step that the others may be at
   */
  async leave(exchange: Exchange, all: number): Promise<void> {
    this.#clear(1);
    await this.#exchanged(exchange, this.#keeps ? this.#room(all) : []);
  }

  #here<T>(body: () => T): T {
    return withCurrent({ engine: this.#instance.engine }, body);
  }

  #clear(leaving: number): void {
    this.#slot.clear();
    this.#figures.clear();
    const { storage } = this.#figures.variables[0]!;
    const figures = storage.read();
    figures[LEAVING] = leaving;
    storage.write(figures);
  }

  #room(all: number): (NdArray & { readonly data: Summands })[] {
    const { dtype, network } = this.#instance;
    const make = dtype === "float64" ? Float64Array : Float32Array;
    return network.outputShapes.map((one) => {
      const shape = [all, ...one];
      return { dtype, shape, data: new make(sizeOf(shape)) };
    });
  }

  async #exchanged(exchange: Exchange, more: readonly { data: Summands }[]): Promise<Float64Array> {
    return await this.#slot.changed((slot) =>
      this.#figures.changed(async (figures) => {
        await exchange.sum([slot, figures, ...more.map(({ data }) => data)]);
        return Float64Array.from(figures);
      }),
    );
  }
}

const floating = ({ dtype }: Tensor): boolean => isFloat(dtype);

/** How many examples the loss is the mean of: all, or those of one output that are not masked. */
function weightOf(x: readonly Tensor[], sums: Tensor | undefined): Tensor {
  if (sums?.type.shape[0] === 2) return at(sums, 1);
  return full([], x[0]!.type.shape[0]!, "float64");
}

/** What layers keep: averaged over ranks where it is a float, else a rank's own. */
function rebuilt(
  kept: ReturnType<typeof flattenTree>,
  means: readonly Tensor[],
  others: readonly Tensor[],
): Params {
  let [mean, other] = [0, 0];
  const leaves = kept.leaves.map(({ dtype }) =>
    isFloat(dtype) ? cast(means[mean++]!, dtype) : others[other++]!.read(),
  );
  return kept.rebuild(leaves) as Params;
}
