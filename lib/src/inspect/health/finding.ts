// What is wrong with a run, as a record: where, by which numbers, why, and what helps.

/** The illnesses that a run is searched for; each is told once, for all layers that have it. */
export type FindingId =
  | "not-finite"
  | "divergence"
  | "one-class"
  | "dead-relu"
  | "exploding"
  | "vanishing"
  | "saturation"
  | "saturated-output"
  | "standstill"
  | "bias-shift";

/** A failure: the run learnt nothing, or ended. A warning: it learns more slowly than it could, or with less. */
export type FindingSeverity = "failure" | "warning";

/** A layer that has the illness. */
export interface FindingPlace {
  /** As in `summary()`. */
  readonly layer: string;
  /** Which units, from 0, where single ones are ill; none where all are, or where units do not matter. */
  readonly units: readonly number[];
}

/** A way to mend it; `applyRemedy()` makes the change. */
export interface Remedy {
  /** As in "leaky-relu". */
  readonly id: RemedyId;
  /** What it does, in words. */
  readonly says: string;
}

/** The changes of a specification that are known to help. */
export type RemedyId =
  | "leaky-relu"
  | "relu"
  | "tanh"
  | "batch-norm"
  | "scaled-start"
  | "smaller-rate"
  | "larger-rate"
  | "cross-entropy"
  | "scale-inputs"
  | "center-inputs"
  | "clean-data";

/** One thing that is wrong with a run. Plain data. */
export interface Finding {
  readonly id: FindingId;
  readonly severity: FindingSeverity;
  /** What is wrong, in a few words with its numbers. */
  readonly says: string;
  /** The layers, in the order in which they run; none where it is the run as a whole. */
  readonly where: readonly FindingPlace[];
  /** The numbers that it was told by, by name. */
  readonly evidence: Readonly<Record<string, number>>;
  readonly cause: string;
  /** What helps, the likeliest first. */
  readonly remedies: readonly Remedy[];
}
