// How gradients flow while a model trains: a callback that measures a few examples now and then.

import {
  anything,
  count,
  expectArgument,
  expectOptions,
  instance,
  type Kinds,
} from "../../checks/arguments.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { examplesFor, takeRows, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import type { Callback } from "../../train/callbacks/index.ts";
import { Memory } from "../../train/callbacks/memory.ts";
import { Model } from "../../train/model/model.ts";
import { layersOf, passOf } from "../model/backpropagation.ts";
import {
  type FlowRow,
  flowLayer,
  KEPT,
  type KeptFlow,
  type LayerWeights,
  layerWeightsOf,
  NAME,
  rounded,
} from "./flow-row.ts";

/** Options of gradientFlow(). */
export interface GradientFlowOptions {
  /** The model that fit() is called on. */
  readonly model: Model;
  /** Examples to measure by, as for fit(): some evenly spread rows of them are taken. */
  readonly x: RowsOf;
  readonly y: RowsOf;
  /** How many rows; 32 by default. */
  readonly examples?: number;
  /**
   * Steps from one measurement to the next. By default so many that measuring costs some per cent of training.
   * Where there are more than 128 measurements, every second one is dropped and the interval doubled.
   */
  readonly every?: number;
  /** How many epochs fit() is asked for: short runs are then measured at least 24 times. */
  readonly epochs?: number;
}

const OPTIONS: Kinds<GradientFlowOptions> = {
  model: instance("a model", Model),
  x: anything,
  y: anything,
  examples: count,
  every: count,
  epochs: count,
};

const MOST_ROWS = 128;
/** A measurement of one example costs about as much as a few in training, and shall cost a few per cent of it. */
const COST = 120;
const FEWEST_ROWS = 24;

/** The callback, and what it has measured so far. */
export interface GradientFlow extends Callback {
  readonly rows: readonly FlowRow[];
}

/**
 * A callback for fit() that keeps, for every layer, the norms of its gradients, the size and direction of its
 * updates, how far z and a have shifted, and which units are flat or dead. It measures the same few examples each
 * time, before the first step and then every some steps; training goes on as without it.
 * @throws ArgumentError or ShapeError where examples do not fit the model, or it is not compiled
 */
export function gradientFlow(options: GradientFlowOptions): GradientFlow {
  expectOptions("gradientFlow", options, OPTIONS, ["model", "x", "y"]);
  const { model, examples = 32, every = 0, epochs = 0 } = options;
  const given = examplesFor("gradientFlow", model.instance, options.x, options.y);
  const total = Math.min(examples, given.count);
  const places = Array.from({ length: total }, (_, i) => Math.floor((i * given.count) / total));
  const x = given.x.map((array) => toTensor(takeRows(array, places)));
  const y = given.y.map((array) => toTensor(takeRows(array, places)));
  const pass = passOf(model);
  const { params, layerState, engine } = model.instance;
  const run = withCurrent({ engine }, () =>
    compile((xs: readonly Tensor[], ys: readonly Tensor[]) =>
      pass.run({ params: params.tree, state: layerState.tree }, xs, ys),
    ),
  );
  const memory = new Memory<KeptFlow>(() => ({ rows: [], every }));
  const isWeight = model.network.weights(params.tree);
  let before: LayerWeights | null = null;

  const weights = () => layerWeightsOf(model, isWeight);
  const measure = (epoch: number) => {
    const now = weights();
    const row = withCurrent({ engine, recording: false }, (): FlowRow => {
      const tensors = run(x, y);
      const layers = layersOf(model, pass, tensors)
        .filter(({ z, gradients }) => z !== null || gradients.size > 0)
        .map((layer) => flowLayer(layer, isWeight, now, before));
      const loss = rounded(tensors.loss.item());
      return { step: model.instance.step.item(), epoch, loss, layers };
    });
    before = memory.now.every === 1 ? now : null;
    memory.now = thinned({ ...memory.now, rows: [...memory.now.rows, row] });
  };
  return {
    name: NAME,
    get rows() {
      return memory.now.rows;
    },
    onTrainBegin(control) {
      memory.begin(control);
      if (memory.now.rows.length === 0) measure(0);
    },
    onEpochBegin() {
      const { every: interval } = memory.now;
      if (interval > 0 && (model.instance.step.item() + 1) % interval === 0) before = weights();
    },
    pauses(_epoch, steps) {
      if (memory.now.every === 0) {
        const cheap = Math.ceil((COST * total * steps) / given.count);
        const often = epochs > 0 ? Math.ceil((epochs * steps) / FEWEST_ROWS) : cheap;
        memory.now = { ...memory.now, every: Math.min(often, cheap) };
      }
      const taken = model.instance.step.item();
      const due = Array.from({ length: steps }, (_, i) => i + 1).filter(
        (place) => (taken + place) % memory.now.every === 0,
      );
      return [...new Set(due.flatMap((place) => (place > 1 ? [place - 1, place] : [place])))];
    },
    onPause({ epoch, step, steps }) {
      const isDue = model.instance.step.item() % memory.now.every === 0;
      if (isDue) measure(epoch + (step + 1) / steps);
      else before = weights();
    },
    save: () => memory.now,
    load(saved) {
      expectArgument(NAME, "what was saved of it", saved, KEPT);
      memory.load(saved as KeptFlow);
    },
  };
}

/** Half as many rows, and twice the interval, where there are too many. */
function thinned(kept: KeptFlow): KeptFlow {
  if (kept.rows.length <= MOST_ROWS || kept.every === 0) return kept;
  const every = 2 * kept.every;
  return { rows: kept.rows.filter(({ step }) => step % every === 0), every };
}
