// Model: the Keras-like shell over a network, its variables and its training step.

import { expectArgument, expectOptions, func, text } from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { notFetched } from "../../checks/not-fetched.ts";
import type { Network } from "../../nn/network/network.ts";
import { clipOf, optimizerOf } from "../../nn/optimizers/index.ts";
import { constraintOf } from "../../nn/regularizers/index.ts";
import type { NdArray } from "../../ops/define.ts";
import type { State } from "../../runtime/state/state.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape, Unless } from "../../shapes/index.ts";
import { averageOf } from "../average.ts";
import type { PlainRows, RowsOf } from "../batches/rows.ts";
import {
  EVALUATE_OPTIONS,
  type EvaluateOptions,
  type Evaluation,
  evaluateModel,
  JUDGE_OPTIONS,
  type JudgeOptions,
  predictModel,
} from "../loop/evaluate.ts";
import type { FitOptions } from "../loop/fit.ts";
import type { History } from "../loop/history.ts";
import { MODEL_OPTIONS, type ModelOptions } from "../model-options.ts";
import type { EvaluateSourceOptions, FitSourceOptions } from "../source/fit-source.ts";
import { type BatchSource, isRows, isSource } from "../source/source.ts";
import { Instance, type PreparedTraining } from "../step/instance.ts";
import { expectSearchable } from "../step/probe.ts";
import { bringWeights, type ExampleWeights, type TrainingWeights } from "../weights/weights.ts";
import type { InputError, WithBatch } from "./batch-shapes.ts";
import { type CompileModelOptions, expectCompileOptions } from "./compile-options.ts";
import { planOf, regularizersOf } from "./plan.ts";

/** What a model can do that few programs ask of it which train step by step. */
type Abilities = typeof import("./abilities.ts");

/** Fetched when first asked for, unless an entry point has brought it. */
let abilities: Abilities | null = null;

/** Entry points that have everything at hand bring it with them. */
export function bringAbilities(all: Abilities): void {
  abilities = all;
  bringWeights(all.weightsOfExamples);
}

async function fetchAbilities(): Promise<Abilities> {
  if (!abilities) bringAbilities(await import("./abilities.ts"));
  return abilities!;
}

/** What must answer at once cannot be fetched. */
function abilitiesFor(where: string): Abilities {
  if (abilities) return abilities;
  throw notFetched(where, "neurite/train");
}

/**
 * A network with variables that can be trained.
 * @typeParam I the shape of one input example, O of one output
 */
export class Model<out I extends Shape = any, out O extends Shape = any> {
  #options: ModelOptions;
  readonly #build: () => Network;
  #instance: Instance | null = null;
  #training: PreparedTraining | null = null;
  #isTraining = false;
  /** Only so that the compiler keeps the shapes. */
  declare readonly shapes: { readonly input: I; readonly output: O };

  constructor(build: () => Network, options: ModelOptions = {}) {
    expectArgument("Model", "build", build, func);
    expectOptions("Model", options, MODEL_OPTIONS);
    this.#build = build;
    this.#options = options;
  }

  /** The same model with a seed or an element type. @throws NeuriteError once it has been used */
  with(options: ModelOptions): this {
    expectOptions("with", options, MODEL_OPTIONS);
    if (this.built)
      throw new NeuriteError("with: this model is in use already; say it before that");
    this.#options = { ...this.#options, ...options };
    return this;
  }

  /** The network and its variables, made when first needed. */
  get instance(): Instance {
    this.#instance ??= new Instance(this.#build(), this.#options);
    return this.#instance;
  }

  get network(): Network {
    return this.instance.network;
  }

  /** Every variable by name: parameters, running statistics, optimizer slots, the step counter. */
  get state(): State {
    return this.instance.state;
  }

  /** True once variables exist: the network can then no longer change. */
  get built(): boolean {
    return this.#instance !== null;
  }

  /** How to train: loss, optimizer, metrics. Starts the optimizer anew. */
  compile(options: CompileModelOptions): this {
    expectCompileOptions(options);
    if (this.#isTraining) {
      throw new NeuriteError("compile: this model is being trained; wait for that to end");
    }
    const { optimizer, regularizer, constraint, clip, averageWeights } = options;
    const plan = {
      ...planOf(options, this.network),
      optimizer: optimizerOf(optimizer),
      regularizers: regularizersOf(regularizer),
      constraint: constraint === undefined ? null : constraintOf(constraint),
      clip: clip === undefined ? null : clipOf(clip),
      averaging: averageWeights === undefined ? null : averageOf(averageWeights),
    };
    expectSearchable(plan);
    this.#training = this.instance.prepare(plan);
    return this;
  }

  /** What compile() set. @throws NeuriteError before it */
  get training(): PreparedTraining {
    if (this.#training) return this.#training;
    throw new NeuriteError("This model has no loss and optimizer yet: call compile() first.");
  }

  /**
   * Trains for some epochs over examples x with targets y, or over batches as they come.
   * @throws ShapeError where examples do not fit; NumberError when the loss is no longer finite;
   * NeuriteError while another fit() of this model is running, and where a source of batches throws or ends too
   * early; ArgumentError for options that mean nothing
   */
  fit(x: RowsOf, y: RowsOf, options?: FitOptions): Promise<History>;
  fit(batches: BatchSource, options?: FitSourceOptions): Promise<History>;
  async fit(
    x: RowsOf | BatchSource,
    y?: RowsOf | FitSourceOptions,
    options?: FitOptions,
  ): Promise<History> {
    return await this.#alone("fit", async () => {
      const { fitModel, fitSource } = abilities ?? (await fetchAbilities());
      if (isSource(x) && !isRows(y)) {
        expectNoTargets("fit", options);
        return await fitSource(this.instance, this.training, x, y);
      }
      return await fitModel(this.instance, this.training, x as RowsOf, y as RowsOf, options);
    });
  }

  /**
   * One step of training on one batch: the loss before the update, and the metrics of the batch.
   * @throws as fit() does
   */
  async trainOnBatch(x: RowsOf, y: RowsOf, options: TrainingWeights = {}): Promise<Evaluation> {
    return await this.#alone("trainOnBatch", async () => {
      const { trainOnBatch } = abilities ?? (await fetchAbilities());
      return await trainOnBatch(this.instance, this.training, x, y, options);
    });
  }

  /** The loss and the metrics of one batch, without training: what trainOnBatch() would give. */
  async testOnBatch(x: RowsOf, y: RowsOf, options: ExampleWeights = {}): Promise<Evaluation> {
    const { testOnBatch } = abilities ?? (await fetchAbilities());
    return await testOnBatch(this.instance, this.training, x, y, options);
  }

  /** Runs a training that no other may meet. */
  async #alone<T>(where: string, body: () => Promise<T>): Promise<T> {
    if (this.#isTraining) {
      throw new NeuriteError(`${where}: this model is being trained already; wait for that to end`);
    }
    this.#isTraining = true;
    try {
      return await body();
    } finally {
      this.#isTraining = false;
    }
  }

  /** The loss and the metrics over examples, or over all batches of a source, as in `{ loss, accuracy }`. */
  evaluate(x: RowsOf, y: RowsOf, options?: JudgeOptions): Promise<Evaluation>;
  evaluate(batches: BatchSource, options?: EvaluateSourceOptions): Promise<Evaluation>;
  async evaluate(
    x: RowsOf | BatchSource,
    y?: RowsOf | EvaluateSourceOptions,
    options?: JudgeOptions,
  ): Promise<Evaluation> {
    if (isSource(x) && !isRows(y)) {
      expectNoTargets("evaluate", options);
      const { evaluateSource } = abilities ?? (await fetchAbilities());
      return await evaluateSource(this.instance, this.training, x, y);
    }
    expectOptions("evaluate", options, JUDGE_OPTIONS);
    const isWeighed = options?.sampleWeight !== undefined || options?.mask !== undefined;
    if (isWeighed && !abilities) await fetchAbilities();
    return await evaluateModel(this.instance, this.training, x as RowsOf, y as RowsOf, options);
  }

  /**
   * The output for one example, at once: without a promise, and without the axis of the batch.
   * @param x of the input's shape, as [784]; for several inputs a list with one for each
   * @throws ArgumentError where the network has several outputs
   */
  predictOne(x: RowsOf): Tensor<O> {
    this.#expectOneOutput("predictOne");
    return abilitiesFor("predictOne").predictOne(this.instance, x)[0]! as Tensor<O>;
  }

  /**
   * The output for examples.
   * @throws ArgumentError where the network has several outputs; see predictAll
   */
  async predict<MI extends Shape, MO extends Shape, X extends Shape>(
    this: Model<MI, MO>,
    x: Unless<InputError<"predict", X, MI>, Tensor<X>> | NdArrayOnly | PlainRows,
    options: EvaluateOptions = {},
  ): Promise<Tensor<WithBatch<X, MO>>> {
    expectOptions("predict", options, EVALUATE_OPTIONS);
    this.#expectOneOutput("predict");
    const [y] = await predictModel(this.instance, x as RowsOf, options);
    return y!;
  }

  #expectOneOutput(where: string): void {
    const { length } = this.network.outputShapes;
    if (length === 1) return;
    throw new ArgumentError(
      `${where}: expected a network of one output, received one of ${length}: predictAll() gives ` +
        "a list of them",
    );
  }

  /** The outputs for examples, one tensor for each output of the network. */
  async predictAll(x: RowsOf, options: EvaluateOptions = {}): Promise<Tensor[]> {
    expectOptions("predictAll", options, EVALUATE_OPTIONS);
    return await predictModel(this.instance, x, options);
  }

  /** The variables of one layer by name, as in `model.layer("dense1").w`. */
  layer(name: string): Readonly<Record<string, Variable>> {
    expectArgument("layer", "name", name, text);
    const { placed } = this.network;
    const at = placed.find((layer) => layer.name === name);
    if (!at) {
      const names = placed.map((layer) => layer.name);
      throw unknownName("layer", name, names);
    }
    const owner = at.shares ?? name;
    const own = [...this.instance.params.variables].flatMap(([path, variable]) =>
      path.startsWith(`${owner}/`) ? [[path.slice(owner.length + 1), variable] as const] : [],
    );
    return Object.fromEntries(own);
  }

  /**
   * From the next compile() on, fit() leaves the parameters of these layers as they are; without names, of
   * all. Batch normalisation keeps its running statistics too. Summary, code and specification say it.
   * @throws ArgumentError for a name that no layer has, NeuriteError while fit() is running
   */
  freeze(...names: string[]): this {
    return this.#setTrainable("freeze", names, false);
  }

  /** Takes back what freeze() did, or `trainable: false` of these layers; of those inside them it does not. */
  unfreeze(...names: string[]): this {
    return this.#setTrainable("unfreeze", names, true);
  }

  #setTrainable(where: string, names: readonly string[], isTrainable: boolean): this {
    names.forEach((name, i) => {
      expectArgument(where, `argument ${i + 1}`, name, text);
    });
    if (this.#isTraining) {
      throw new NeuriteError(`${where}: this model is being trained; wait for that to end`);
    }
    const { instance } = this;
    const chosen = names.length > 0 ? names : Object.keys(instance.network.layers);
    instance.network = instance.network.trainable(chosen, isTrainable);
    this.#training = null; // the optimizer starts anew with what is learnt now
    return this;
  }

  /** Stateful recurrent layers begin anew: the next batch is the start of its sequences. */
  resetStates(): this {
    this.instance.resetStates();
    return this;
  }

  /** A table of layers, shapes and parameters. */
  summary(): string {
    const { network, params } = this.instance;
    return abilitiesFor("summary").summarize(network, params, network.frozen(params.tree));
  }
}

/** A batch holds its own targets. */
function expectNoTargets(where: string, options: unknown): void {
  if (options === undefined) return;
  throw new ArgumentError(
    `${where}: expected a source of batches and options, received targets besides: a batch is [x, y]`,
  );
}

/** An array that is no tensor: those say their shape to the compiler. */
type NdArrayOnly = NdArray & { readonly type?: undefined };
