// What a model holds while it lives: variables, optimizer slots, compiled programs.

import { ArgumentError } from "../../checks/errors.ts";
import type { Engine } from "../../engines/engine.ts";
import { showType } from "../../ir/type.ts";
import { CARRIED, type FloatDType, type Params } from "../../nn/layers/layer.ts";
import type { Network } from "../../nn/network/network.ts";
import type { ClipSpec, Optimizer } from "../../nn/optimizers/index.ts";
import type { Constraint, Regularizer } from "../../nn/regularizers/index.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { current, noGrad, withCurrent } from "../../runtime/interpreter/current.ts";
import { State } from "../../runtime/state/state.ts";
import { Variable } from "../../runtime/state/variable.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { zerosLike } from "../../tensor/create.ts";
import { foldIn, type Key, key } from "../../tensor/random.ts";
import type { Average, WhichWeights } from "../average.ts";
import type { Batches } from "../batches/examples.ts";
import type { ModelOptions } from "../model-options.ts";
import { countersOf, type Figured, type StepsOptions } from "./figures.ts";
import { type PartedParams, partParams, together } from "./frozen.ts";
import { isPlain, lossOfBatch, type StepResult } from "./loss.ts";
import { expectLossOf, type Output, outputsOf } from "./outputs.ts";
import { Resident } from "./resident.ts";
import {
  makeResidentStep,
  makeTrainStep,
  type ResidentStep,
  type StepFunction,
  type StepInputs,
} from "./step.ts";
import { assignTree, makeVariables, type VariableTree } from "./variables.ts";

/** How a model is trained and judged. */
export interface TrainingPlan extends Figured {
  readonly optimizer: Optimizer;
  readonly regularizers: readonly Regularizer[];
  readonly constraint: Constraint | null;
  readonly clip: ClipSpec | null;
  /** The mean of the weights to keep, if any. */
  readonly averaging: Average | null;
}

/** A plan with what it needs to run. */
export interface PreparedTraining extends TrainingPlan {
  readonly slots: VariableTree;
  readonly learningRate: Variable;
  readonly outputs: readonly Output[];
  /** What trainOnBatch() was given first, where the optimizer compares losses of the same examples. */
  readonly searched: { batch: string | null };
  /** Loss of a batch without training, by the averaged weights where they are kept. */
  readonly lossOf: (
    x: readonly Tensor[],
    y: readonly Tensor[],
    w?: readonly Tensor[],
    weights?: WhichWeights,
  ) => StepResult;
}

type Forward = (x: readonly Tensor[]) => readonly Tensor[];

/** Streams of the seed: what is drawn for one purpose never meets another. */
const WEIGHTS = 0;
const STEPS = 1;

const isCarried = (path: string) => path.split("/").includes(CARRIED);

export class Instance {
  /** Its parameters are fixed; which of them are learnt can change. */
  network: Network;
  readonly state: State = new State();
  readonly params: VariableTree;
  readonly layerState: VariableTree;
  /** int32 scalar: steps taken. */
  readonly step: Variable;
  readonly seed: number;
  /** The element type of the parameters, which plain numbers as inputs take too. */
  readonly dtype: FloatDType;
  readonly #key: Key;
  readonly #noticed = new Set<string>();
  /** Training steps by what they are for. */
  readonly #steps = new Map<string, unknown>();
  readonly #residentSteps = new Map<string, unknown>();
  #slotNames: string[] = [];
  #average: {
    readonly kept: VariableTree;
    readonly tree: Params;
    readonly forward: Forward;
  } | null = null;

  /** The outputs without training by the weights as trained, as one program a batch size. */
  readonly forward: Forward;
  /** Where all variables of the model live. */
  readonly engine: Engine;

  constructor(network: Network, options: ModelOptions) {
    const { seed = 0, dtype = "float32", engine = current.engine } = options;
    this.network = network;
    this.seed = seed;
    this.dtype = dtype;
    this.engine = engine;
    const root = key(seed);
    this.#key = foldIn(root, STEPS);
    const { params, state } = network.init(foldIn(root, WEIGHTS), dtype);
    const made = this.#here(() => ({
      params: makeVariables(this.state, "params", params, true),
      layerState: makeVariables(this.state, "state", state, false),
      step: this.state.add("step", new Variable(scalar(0, "int32"), { name: "step" })),
      forward: this.#forwardOf(),
    }));
    this.params = made.params;
    this.layerState = made.layerState;
    this.step = made.step;
    this.forward = made.forward;
  }

  /** Runs `body` on the model's engine. */
  #here<T>(body: () => T): T {
    return withCurrent({ engine: this.engine }, body);
  }

  /** The mean of the weights by path, where the plan keeps one. */
  get average(): VariableTree | null {
    return this.#average?.kept ?? null;
  }

  /** The outputs without training: by the averaged weights where they are kept, unless the trained are meant. */
  forwardBy(weights: WhichWeights = "average"): Forward {
    return (weights === "average" ? this.#average?.forward : undefined) ?? this.forward;
  }

  /** Variables and programs for a plan; those of an earlier plan are forgotten. */
  prepare(plan: TrainingPlan): PreparedTraining {
    return this.#here(() => this.#prepare(plan));
  }

  #prepare(plan: TrainingPlan): PreparedTraining {
    const { inputShapes, outputShapes } = this.network;
    const batch = this.#carried[0]?.type.shape[0] ?? 1;
    const apply = (x: readonly Tensor[]) => this.#apply(x);
    const outputs = outputsOf({ inputShapes, outputShapes, dtype: this.dtype, batch }, apply);
    outputs.forEach((output, i) => {
      const remark = expectLossOf(plan.losses[i]!, output);
      if (remark) this.#notice(`compile: ${remark}`);
    });
    for (const name of this.#slotNames) this.state.remove(name);
    this.#average = null;
    this.#steps.clear();
    this.#residentSteps.clear();
    const before = new Set(this.state.variables.keys());
    const { learnt, frozen } = this.#parted();
    const slots = plan.optimizer.init(learnt.tree);
    // Always in double precision: runs in float64 need the rate exactly.
    const rate = scalar(plan.optimizer.learningRate, "float64");
    if (plan.averaging) {
      const start = mapTree((p) => p.read(), learnt.tree);
      const kept = makeVariables(this.state, "average", start, false);
      const tree = together(kept.tree, frozen);
      this.#average = { kept, tree, forward: this.#forwardOf(tree) };
    }
    const lossBy = (params: Params) =>
      compile<StepFunction>((x, y, w) => {
        const { outputs } = this.#run(x, params);
        const loss = lossOfBatch(plan, y, outputs, w);
        return { ...loss, outputs: outputs.map(({ y: output }) => output) };
      });
    const lossOf = {
      trained: lossBy(this.params.tree),
      average: lossBy(this.#average?.tree ?? this.params.tree),
    };
    const training: PreparedTraining = {
      ...plan,
      outputs,
      searched: { batch: null },
      slots: makeVariables(this.state, "slots", slots, false),
      learningRate: this.state.add(
        "learningRate",
        new Variable(rate, { trainable: false, name: "learningRate" }),
      ),
      lossOf: (x, y, w = [], weights = "average") =>
        this.explained([x], () => lossOf[weights](x, y, w)),
    };
    this.#slotNames = [...this.state.variables.keys()].filter((name) => !before.has(name));
    this.step.assign(scalar(0, "int32"));
    return training;
  }

  /** The training step on batches that it is handed. */
  trainStep(
    training: PreparedTraining,
    batches: Pick<Batches, "count" | "size" | "part">,
    mode: "compiled" | "eager" | "finite",
  ): StepFunction {
    // An op that gave a NaN is found among those of a whole batch.
    const whole = mode === "finite" ? { ...batches, part: undefined } : batches;
    return this.#once(this.#steps, mode, training, whole, (inputs) => {
      const options = { eager: mode === "eager", finite: mode === "finite" };
      const step = makeTrainStep(inputs, options);
      return (x: readonly Tensor[], y: readonly Tensor[], w: readonly Tensor[] = []) =>
        this.explained([x], () => this.#here(() => step(x, y, w)));
    });
  }

  /** The training step on examples in engine memory, and the memory for them. */
  residentStep(
    training: PreparedTraining,
    batches: Batches,
    { isScheduled, meanings }: StepsOptions = { isScheduled: false, meanings: [null] },
  ): { readonly resident: Resident; readonly step: ResidentStep } {
    const { x, y, w = [], count, epochs = 1 } = batches;
    const types = [...x, ...y, ...w].map(showType).join(" ");
    const counters = countersOf(training.metrics);
    return this.#once(
      this.#residentSteps,
      `${isScheduled} ${JSON.stringify(meanings)} ${counters.length} ${epochs} ${types}`,
      training,
      batches,
      (inputs) => {
        // Only the memory of the latest examples is kept.
        this.#residentSteps.clear();
        const { outputs } = training;
        const resident = new Resident(x, y, w, {
          counters,
          meanings,
          outputs: outputs.map(({ shape }) => shape),
          losses: isPlain(training) && w.length === 0 ? 1 : 2 * outputs.length,
          isScheduled,
          places: count * epochs,
        });
        return { resident, step: makeResidentStep(inputs, resident) };
      },
    );
  }

  /** A step of another make, of the same parts. @param kind names it and all that it depends on */
  stepOf<S>(
    kind: string,
    training: PreparedTraining,
    batches: Pick<Batches, "count" | "size" | "part">,
    make: (inputs: StepInputs) => S,
  ): S {
    return this.#once(this.#steps, kind, training, batches, make);
  }

  /** Makes a step when it is first asked for; penalties may depend on the numbers of examples. */
  #once<S>(
    steps: Map<string, unknown>,
    kind: string,
    { regularizers, averaging, ...training }: PreparedTraining,
    { count, size, part }: Pick<Batches, "count" | "size" | "part">,
    make: (inputs: StepInputs) => S,
  ): S {
    const batches = Math.max(1, Math.floor(count / size)); // a part of a batch is not counted, except alone
    const sizes = { trainingSize: count, batchSize: size, batches };
    const id = `${kind} ${part ?? ""} ${regularizers.length > 0 ? JSON.stringify(sizes) : ""}`;
    const known = steps.get(id) as S | undefined;
    if (known) return known;
    const { learnt, frozen } = this.#parted();
    const weights = this.network.weights(this.params.tree);
    const kept = this.average;
    const inputs: StepInputs = {
      ...training,
      weights,
      part,
      average: averaging && kept && { rule: averaging, kept },
      network: this.network,
      params: learnt,
      frozen,
      state: this.layerState,
      step: this.step,
      key: this.#key,
      penalty:
        regularizers.length === 0
          ? null
          : {
              regularizers,
              sizes,
              weights,
            },
      notice: (text: string) => this.#notice(text),
    };
    const made = this.#here(() => make(inputs));
    steps.set(id, made);
    return made;
  }

  /** Says once what the user should know and need not stop for. */
  #notice(text: string): void {
    if (this.#noticed.has(text)) return;
    this.#noticed.add(text);
    console.warn(`neurite: ${text}`);
  }

  /** Sets what goes on from batch to batch back to 0. */
  resetStates(): void {
    for (const variable of this.#carried) variable.assign(zerosLike(variable));
  }

  /** True where layers go on from one batch to the next. */
  get isCarrying(): boolean {
    return this.#carried.length > 0;
  }

  get #carried(): Variable[] {
    const carried = [...this.layerState.variables].filter(([path]) => isCarried(path));
    return carried.map(([, variable]) => variable);
  }

  /** Parameters that are learnt, and those that are frozen. */
  #parted(): PartedParams {
    return partParams(this.params, this.network.frozen(this.params.tree));
  }

  #forwardOf(params?: Params): Forward {
    const forward = compile((x: readonly Tensor[]) =>
      this.#run(x, params).outputs.map(({ y }) => y),
    );
    return (x) => this.explained([x], () => forward(x));
  }

  /**
   * Runs a program on batches. Where it refuses a number, as an index out of range, the layer says which: op by op
   * numbers are known to it, and in a program they are not.
   */
  explained<T>(batches: Iterable<readonly Tensor[]>, program: () => T): T {
    try {
      return program();
    } catch (error) {
      if (error instanceof ArgumentError) {
        for (const x of batches) this.#here(() => noGrad(() => this.#apply(x)));
      }
      throw error;
    }
  }

  /** What the network gives without training; what goes on from batch to batch does so here too. */
  #run(x: readonly Tensor[], params?: Params) {
    const result = this.#apply(x, params);
    if (this.#carried.length > 0) assignTree("state", this.layerState, result.state);
    return result;
  }

  #apply(x: readonly Tensor[], params: Params = this.params.tree) {
    const variables = { params, state: this.layerState.tree };
    return this.network.apply(variables, x, { training: false, key: this.#key });
  }
}
