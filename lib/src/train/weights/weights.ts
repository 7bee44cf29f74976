// What examples weigh: sample weights, class weights and masks.

import { anything, type Kinds } from "../../checks/arguments.ts";
import { notFetched } from "../../checks/not-fetched.ts";
import type { Shape } from "../../ir/shape.ts";
import type { FloatDType } from "../../nn/layers/layer.ts";
import type { NdArray } from "../../ops/define.ts";
import type { RowsOf } from "../batches/rows.ts";
import type { ClassWeight } from "./class-weights.ts";

/** What single examples weigh. */
export interface ExampleWeights {
  /**
   * What each example's loss is multiplied by, numbers of 0 or more: [n], or [n, steps] for a weight at each
   * step of a sequence; for several outputs a list with one for each. As in Keras the mean is over examples,
   * whatever they weigh.
   */
  readonly sampleWeight?: RowsOf;
  /**
   * True or 1 where an example, or a step of one, counts, false or 0 where neither losses nor metrics look:
   * [n] or [n, steps], or a list with one for each output. Means are over what counts.
   */
  readonly mask?: RowsOf;
}

/** What examples weigh in training. */
export interface TrainingWeights extends ExampleWeights {
  /** What the examples of a class weigh; they multiply sample weights. Only for models of one output. */
  readonly classWeight?: ClassWeight;
}

/** Arrays are checked when they are read. */
export const EXAMPLE_WEIGHTS: Kinds<ExampleWeights> = { sampleWeight: anything, mask: anything };

/** The outputs of a model whose examples are weighed. */
export interface Weighed {
  readonly where: string;
  readonly y: readonly NdArray[];
  readonly outputShapes: readonly Shape[];
  readonly dtype: FloatDType;
}

type Reader = (weights: TrainingWeights, weighed: Weighed) => NdArray[];

/** What reads them: few programs have any. */
let reader: Reader | null = null;

/** From now on weights are read. */
export function bringWeights(read: Reader): void {
  reader = read;
}

/**
 * One array for each output, of its first axes; -1 where it is masked. Undefined where all count alike.
 * @throws ArgumentError or ShapeError for weights that do not fit their targets, or are below 0
 */
export function readWeights(weights: TrainingWeights, weighed: Weighed): NdArray[] | undefined {
  const { sampleWeight, mask, classWeight } = weights;
  if (sampleWeight === undefined && mask === undefined && classWeight === undefined)
    return undefined;
  if (reader) return reader(weights, weighed);
  throw notFetched("weights of examples", "neurite/train");
}
