// What is to be learnt, and which losses and output layers can learn it.

import type { NamedSpec, RunSpec } from "neurite/spec";
import type { DataSource, DataSpec, Settings } from "../settings.ts";
import { activationOf, nameOf, stackOf, withStack } from "./layers.ts";

/** Two classes by one output, or by one each; more classes; values. */
export type Task = "two" | "many" | "values";

/** Named sets with their number of classes; null of values. Those of any number name it in the run. */
export const SETS: Readonly<Record<string, number | null | "any">> = {
  xor: 2,
  quadrants: 2,
  circles: 2,
  moons: 2,
  spirals: 2,
  gaussians: 2,
  arms: "any",
  blobs: "any",
  rings: "any",
  regressionPlane: null,
  regressionGaussian: null,
  regressionWaves: null,
};

/** How many classes the examples have; null where they are values. */
export function classesOf({ run, data }: Settings): number | null {
  if (data.source.kind !== "named") return data.source.classes;
  const classes = SETS[run.data.name];
  return classes === "any" ? (run.data.classes ?? 3) : (classes ?? null);
}

export function taskOf(settings: Settings): Task {
  const classes = classesOf(settings);
  if (classes === null) return "values";
  const stack = stackOf(settings.run);
  return classes === 2 && (stack?.output["units"] ?? 1) === 1 ? "two" : "many";
}

const ANY = ["sigmoid", "tanh", "linear", "relu", "softplus"];

/** The losses of each task, each with the output activations that it can take; the first is the usual one. */
export const LOSSES: Readonly<Record<Task, Readonly<Record<string, readonly string[]>>>> = {
  two: {
    binaryCrossentropy: ["sigmoid"],
    crossEntropy: ["sigmoid"],
    quadratic: ANY,
    meanSquaredError: ANY,
    meanAbsoluteError: ANY,
    huber: ANY,
    hinge: ["linear", "tanh"],
  },
  many: {
    sparseCategoricalCrossentropy: ["softmax"],
    categoricalCrossentropy: ["softmax"],
    logLikelihood: ["softmax"],
    klDivergence: ["softmax"],
    crossEntropy: ["sigmoid"],
    quadratic: ["sigmoid", "softmax", "tanh", "linear"],
    meanSquaredError: ["softmax", "sigmoid", "tanh", "linear"],
    categoricalHinge: ["linear", "tanh"],
  },
  values: {
    meanSquaredError: ["linear", "tanh", "sigmoid", "relu", "softplus"],
    quadratic: ["linear", "tanh", "sigmoid", "relu", "softplus"],
    meanAbsoluteError: ["linear", "tanh", "sigmoid", "relu", "softplus"],
    huber: ["linear", "tanh", "sigmoid", "relu", "softplus"],
  },
};

/** Another loss, with an output activation that it can take. */
export function withLoss(settings: Settings, loss: NamedSpec): Settings {
  return fitted({ ...settings, run: { ...settings.run, loss } });
}

/** One output for two classes, or one for each. */
export function withOutputs(settings: Settings, units: 1 | 2): Settings {
  const stack = stackOf(settings.run);
  if (!stack) return settings;
  const run = withStack(settings.run, { ...stack, output: { ...stack.output, units } });
  return fitted({ ...settings, run });
}

/** Other examples; what no longer fits them is changed with them. */
export function withData(
  settings: Settings,
  change: { readonly data?: Partial<DataSpec>; readonly run?: RunSpec["data"] },
): Settings {
  const data = { ...settings.data, ...change.data };
  const run = change.run ? { ...settings.run, data: change.run } : settings.run;
  return fitted({ run, data: { ...data, features: featuresFor(data, namesOf(data.source)) } });
}

/** What the raw inputs are called. */
export function namesOf(source: DataSource): readonly string[] {
  return source.kind === "points" ? source.names : ["x1", "x2"];
}

/** Features of other inputs mean nothing: then the inputs are taken as they are. */
function featuresFor({ features }: DataSpec, names: readonly string[]): readonly string[] {
  const isKnown = features.every((text) =>
    (text.match(/[\p{L}_][\p{L}\p{Nd}_]*(?!\s*\()(?![\p{L}\p{Nd}_])/gu) ?? []).every(
      (word) => names.includes(word) || ["pi", "e"].includes(word),
    ),
  );
  return isKnown ? features : names;
}

/** The settings with as many inputs and outputs as the examples have, and a loss that can learn them. */
export function fitted(settings: Settings): Settings {
  const { run, data } = settings;
  const stack = stackOf(run);
  if (!stack) return settings;
  const classes = classesOf(settings);
  const units = unitsFor(classes, (stack.output["units"] as number | undefined) ?? 1);
  const sized = withStack(run, {
    ...stack,
    input: { ...stack.input, shape: [data.features.length] },
    output: { ...stack.output, units },
  });
  const task = taskOf({ run: sized, data });
  const losses = LOSSES[task];
  const isFit = Object.hasOwn(losses, nameOf(run.loss, ""));
  const loss: NamedSpec = isFit ? run.loss : Object.keys(losses)[0]!;
  const activations = losses[nameOf(loss, "")]!;
  const given = activationOf(stack.output);
  const isKept = isFit && activations.includes(given);
  const activation = isKept ? stack.output["activation"] : activations[0];
  const metrics = classes === null ? ["r2", "rootMeanSquaredError"] : ["accuracy"];
  const next = stackOf(sized)!;
  const { activation: _, ...output } = next.output;
  const bent = activation === undefined ? output : { ...output, activation };
  return {
    run: { ...withStack(sized, { ...next, output: bent as typeof next.output }), loss, metrics },
    data,
  };
}

function unitsFor(classes: number | null, units: number): number {
  if (classes === null) return 1;
  if (classes > 2) return classes;
  return units <= 2 ? units : 1;
}
