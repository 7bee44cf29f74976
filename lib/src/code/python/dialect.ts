// What Keras 3 and PyTorch say differently, as text: the parts that a Python program is put together from.

import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";

/** A layer of a chain, with what its place tells. */
export interface WrittenLayer {
  readonly spec: LayerSpec;
  /** Under it the weights stand in the file, as in "params/dense1/w". */
  readonly name: string;
  /** Of one example. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/** Functions of arrays by the names they have in a framework. `last` is what says "over the last axis". */
export interface ArrayWords {
  /** Module: "ops" or "torch". */
  readonly of: string;
  readonly clip: string;
  /** Numbers held above one: TensorFlow clips on both sides or not at all. */
  readonly atLeast: (x: string, low: number) => string;
  /** As in "axis=-1" or "dim=-1". */
  readonly last: string;
  /** Of logsumexp, to keep the axis. */
  readonly keep: string;
}

/** What a program trains by. */
export interface TrainingWords {
  /** The loss of each example, an expression in y and a. */
  readonly loss: string;
  /** The penalty on the weights w of one layer, an expression; null for none. */
  readonly penalty: string | null;
  /** The call that makes the optimizer. */
  readonly optimizer: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
}

/** Layers that were written, and what they need before them. */
export interface LayerLines {
  /** Expressions that make layers, in order. */
  readonly made: readonly string[];
  /** Functions that the expressions call, each with its lines. */
  readonly functions: readonly (readonly string[])[];
  /** Statements that put the weights of a file, `weights`, into the model. */
  readonly loaded: readonly string[];
}

/** A whole program's parts. */
export interface ProgramParts {
  readonly note: readonly string[];
  readonly inputShape: readonly number[];
  readonly outputs: number;
  /** Targets are labels, which become rows with a one. */
  readonly isOneHot: boolean;
  readonly layers: LayerLines;
  readonly training: TrainingWords;
}

/** A tuple of Python. */
export function pythonTuple(values: readonly unknown[]): string {
  return `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
}
