// Settings that go together badly, as codes: the page says why, beside the control.

import type { Settings } from "../settings.ts";
import { activationOf, initializerOf, nameOf, stackOf } from "./layers.ts";
import { classesOf } from "./task.ts";

/** Each with what its sentence needs. */
export interface ConflictData {
  linearCollapse: { readonly layers: number };
  stepNoSlope: { readonly layer: number };
  sameWeights: { readonly name: string };
  deadStart: { readonly name: string };
  vanishing: { readonly layers: number; readonly activation: string };
  slowSigmoid: { readonly loss: string };
  outputRange: { readonly activation: string };
  batchTooLarge: { readonly batch: number; readonly examples: number };
  dropoutOne: { readonly layer: number };
  penaltyOvershoots: { readonly product: number };
  nesterovAlone: Record<string, never>;
  fullBatchOnly: { readonly batch: number; readonly examples: number };
  rateLarge: { readonly optimizer: string; readonly rate: number };
  twoPenalties: { readonly decay: number };
}

export type ConflictCode = keyof ConflictData;

/** Where it is said. */
export type ConflictPlace = "layers" | "output" | "optimizer" | "regularizer" | "batch";

export type Conflict = {
  [C in ConflictCode]: {
    readonly code: C;
    readonly place: ConflictPlace;
    readonly data: ConflictData[C];
  };
}[ConflictCode];

/** Steps of about the rate's own size in each weight: more than this throws the weights about. */
const LARGEST_ADAPTIVE = 0.3;
const ADAPTIVE = ["adam", "adamW", "nadam", "radam", "rmsProp", "lion"];

/** @param examples how many there are to train with; null where that is not known yet */
export function conflictsOf(settings: Settings, examples: number | null): readonly Conflict[] {
  return [
    ...inLayers(settings),
    ...inOutput(settings),
    ...inTraining(settings),
    ...inBatches(settings, examples),
  ];
}

function inLayers({ run }: Settings): Conflict[] {
  const stack = stackOf(run);
  if (!stack) return [];
  const { hidden, output } = stack;
  const found: Conflict[] = [];
  const activations = hidden.map(({ dense }) => activationOf(dense));
  if (hidden.length > 0 && activations.every((name) => name === "linear")) {
    found.push({ code: "linearCollapse", place: "layers", data: { layers: hidden.length } });
  }
  const step = [...activations, activationOf(output)].indexOf("step");
  if (step >= 0) found.push({ code: "stepNoSlope", place: "layers", data: { layer: step + 1 } });
  const flat = activations.filter((name) => name === "sigmoid");
  if (flat.length >= 4) {
    const data = { layers: flat.length, activation: "sigmoid" };
    found.push({ code: "vanishing", place: "layers", data });
  }
  const initial = [...hidden.map(({ dense }) => dense), output].map(initializerOf);
  const same = initial.find((name) => ["zeros", "ones", "constant"].includes(name));
  if (same !== undefined && hidden.some(({ dense }) => (dense["units"] as number) > 1)) {
    const isDead = same === "zeros" && activations.some((name) => name === "relu");
    const code = isDead ? "deadStart" : "sameWeights";
    found.push({ code, place: "layers", data: { name: same } });
  }
  const single = hidden.findIndex(({ dense, dropout }) => dropout > 0 && dense["units"] === 1);
  if (single >= 0) {
    found.push({ code: "dropoutOne", place: "layers", data: { layer: single + 1 } });
  }
  return found;
}

function inOutput(settings: Settings): Conflict[] {
  const stack = stackOf(settings.run);
  if (!stack) return [];
  const activation = activationOf(stack.output);
  const loss = nameOf(settings.run.loss, "");
  const isSquared = loss === "quadratic" || loss === "meanSquaredError";
  if (classesOf(settings) === null) {
    const isBounded = ["sigmoid", "tanh", "relu", "softplus"].includes(activation);
    return isBounded ? [{ code: "outputRange", place: "output", data: { activation } }] : [];
  }
  const isSlow = isSquared && (activation === "sigmoid" || activation === "softmax");
  return isSlow ? [{ code: "slowSigmoid", place: "output", data: { loss } }] : [];
}

function inTraining({ run }: Settings): Conflict[] {
  const found: Conflict[] = [];
  const { optimizer, regularizer } = run;
  const name = nameOf(optimizer, "");
  const options: Readonly<Record<string, unknown>> = typeof optimizer === "object" ? optimizer : {};
  const rate = typeof options["learningRate"] === "number" ? options["learningRate"] : null;
  if (options["nesterov"] === true && !options["momentum"]) {
    found.push({ code: "nesterovAlone", place: "optimizer", data: {} });
  }
  if (rate !== null && ADAPTIVE.includes(name) && rate > LARGEST_ADAPTIVE) {
    found.push({ code: "rateLarge", place: "optimizer", data: { optimizer: name, rate } });
  }
  const decay = options["weightDecay"];
  if (regularizer?.kind === "l2" && regularizer.lambda > 0 && typeof decay === "number") {
    if (decay > 0) found.push({ code: "twoPenalties", place: "regularizer", data: { decay } });
  }
  if (regularizer?.kind === "l2" && rate !== null && name === "sgd") {
    const isPlain = ["nndl", "playground", "keras"].includes(regularizer.convention);
    const factor = regularizer.convention === "keras" ? 2 : 1;
    const product = factor * rate * regularizer.lambda;
    // w <- (1 - product) w: beyond 1 its sign turns at every step, beyond 2 it grows.
    if (isPlain && product > 1)
      found.push({ code: "penaltyOvershoots", place: "regularizer", data: { product } });
  }
  return found;
}

function inBatches({ run }: Settings, examples: number | null): Conflict[] {
  const batch = run.training.batchSize;
  if (examples === null) return [];
  if (nameOf(run.optimizer, "") === "lbfgs" && batch < examples) {
    return [{ code: "fullBatchOnly", place: "batch", data: { batch, examples } }];
  }
  if (batch <= examples) return [];
  return [{ code: "batchTooLarge", place: "batch", data: { batch, examples } }];
}
