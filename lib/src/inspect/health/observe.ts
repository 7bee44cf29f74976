// What a run is judged by: its layers before and after training, on the same examples.

import type { NumberError } from "../../checks/errors.ts";
import { countExamples, type Dataset, type Examples, pickExamples } from "../../data/dataset.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { RunSpec } from "../../spec/runspec.ts";
import type { EpochLogs } from "../../train/callbacks/index.ts";
import type { Model } from "../../train/model/model.ts";
import { modelOf } from "../../train/run/run.ts";
import { labelsOf, largest, predictionsOf, probabilitiesOf } from "../model/predictions.ts";
import { GOOD, LEARNT, LEARNT_CLASSES, WORSE } from "./limits.ts";
import { lookAt, movedFrom, type NetLook } from "./look.ts";

/** Where numbers of a run ceased to be finite; what `firstFaultOf()` gives fits. */
export interface RunFault {
  /** The loss, or a variable by its name. */
  readonly what?: string;
  readonly epoch?: number;
  readonly stepOfEpoch?: number;
  readonly source?: {
    readonly op: string | null;
    readonly path: string | null;
    readonly fault: string;
  } | null;
  /** As in "exp gave an infinity in dense1". */
  readonly finding?: string | null;
  /** It came in with the examples. */
  readonly isGiven: boolean;
}

/** What a NumberError tells of the end of a run. */
export function faultOf({ isGiven, finding, source, place }: NumberError): RunFault {
  return {
    ...place,
    isGiven,
    ...(finding !== undefined && { finding }),
    ...(source && { source }),
  };
}

export interface Observation {
  readonly spec: RunSpec;
  /** Before the first step: the seed makes the same net again. */
  readonly start: NetLook;
  readonly end: NetLook;
  /** How many examples both were looked at with. */
  readonly examples: number;
  readonly epochs: readonly EpochLogs[];
  readonly fault: RunFault | null;
  /** How often each class occurs, and how often examples are taken for it; null where there are no classes. */
  readonly classes: ClassCounts | null;
  /** |w now - w at the start| / |w at the start|. */
  readonly moved: number;
  /** The cost has fallen to half of what it was, and classes are told apart better than by the commonest one. */
  readonly hasLearnt: boolean;
  /** It ended by numbers that are not finite, or with a cost above that of the start. */
  readonly hasDiverged: boolean;
  /** It has come so far that little is left to gain. */
  readonly isGood: boolean;
}

export interface ClassCounts {
  readonly there: readonly number[];
  readonly taken: readonly number[];
  /** The share that is taken for what it is. */
  readonly right: number;
}

export interface Observed {
  readonly spec: RunSpec;
  readonly model: Model;
  readonly data: Dataset;
  readonly epochs: readonly EpochLogs[];
  readonly fault: RunFault | null;
}

/** Numbers that the activations of all examples may take together. */
const MOST_NUMBERS = 1_000_000;
const [FEWEST, MOST] = [16, 1000];

/** Looks at a run. */
export async function observe(run: Observed): Promise<Observation> {
  const { spec, model, data, epochs, fault } = run;
  const each = model.network.placed.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
  const most = Math.max(FEWEST, Math.min(MOST, Math.floor(MOST_NUMBERS / each)));
  const examples = spread(data.train, most);
  const before = modelOf(spec);
  const start = lookAt(before, examples);
  const end = lookAt(model, examples);
  const classes = await classesOf(model, data, examples);
  return {
    spec,
    start,
    end,
    examples: countExamples(examples),
    epochs,
    fault,
    classes,
    moved: movedFrom(before, model),
    hasLearnt: end.cost <= LEARNT * start.cost && wayToRight(classes) >= LEARNT_CLASSES,
    hasDiverged: fault !== null || end.cost > WORSE * start.cost,
    isGood: classes ? wayToRight(classes) >= GOOD : end.cost <= (1 - GOOD) * start.cost,
  };
}

/** How far from always taking the commonest class, 0, to no mistake, 1. */
function wayToRight(classes: ClassCounts | null): number {
  if (!classes) return 1;
  const total = classes.there.reduce((a, b) => a + b, 0);
  const commonest = Math.max(...classes.there) / total;
  return commonest === 1 ? 1 : (classes.right - commonest) / (1 - commonest);
}

/** Some rows of many, evenly spread: sets that are sorted by class give all of them. */
function spread(examples: Examples, most: number): Examples {
  const count = countExamples(examples);
  if (count <= most) return examples;
  return pickExamples(
    examples,
    Array.from({ length: most }, (_, i) => Math.floor((i * count) / most)),
  );
}

/** Counts over the examples for testing, where there are some. */
async function classesOf(model: Model, data: Dataset, own: Examples): Promise<ClassCounts | null> {
  if (data.classes === null || model.network.outputShapes[0]!.length !== 1) return null;
  const judged = countExamples(data.test) > 0 ? spread(data.test, 2 * MOST) : own;
  const there = new Array<number>(data.classes).fill(0);
  const taken = new Array<number>(data.classes).fill(0);
  const predictions = await predictionsOf(model, judged.x);
  let right = 0;
  labelsOf(judged).forEach((label, row) => {
    there[label] = (there[label] ?? 0) + 1;
    const guess = classTaken(probabilitiesOf(predictions, row));
    if (guess < 0) return;
    taken[guess] = (taken[guess] ?? 0) + 1;
    if (guess === label) right++;
  });
  return { there, taken, right: right / predictions.count };
}

/** -1 where what it says is no number. */
function classTaken(shares: readonly number[]): number {
  return shares.every(Number.isFinite) ? largest(shares) : -1;
}
