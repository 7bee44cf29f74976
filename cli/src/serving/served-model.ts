// What is served: tensors that go in and come out by name, how they look in JSON, and how requests are computed.

import type { DType } from "neurite";
import type { StoredTensor } from "neurite/formats";

/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

export interface ServedPort {
  readonly name: string;
  readonly dtype: DType;
  /** True where dtype holds integers that are int64 to whoever asks. */
  readonly isInt64?: boolean;
  /** Lengths of the axes: a number, a name for one that may be any, or null; null where nothing is known of it. */
  readonly shape: readonly (number | string | null)[] | null;
}

/** Tensors of one request: one for each input. */
export interface Job {
  /** Examples, which batches and the queue are measured in. */
  readonly count: number;
  readonly x: readonly StoredTensor[];
}

/** What is given for one request: a tensor for each output. */
export interface Answer {
  readonly count: number;
  readonly outputs: readonly StoredTensor[];
}

/** How requests and answers look in JSON. */
export interface JsonForm<A extends Answer = Answer> {
  /**
   * @returns the job, and sentences on what was left out or not known
   * @throws Refusal 400 for what is no JSON, 422 for what does not fit the model
   */
  read(bytes: Uint8Array): { readonly job: Job; readonly notices: readonly string[] };
  /** @throws Refusal where an output is no number, which JSON cannot hold */
  write(answer: A): Schema;
  /** @param maxExamples that one request may hold */
  requestSchema(maxExamples: number): Schema;
  readonly answerSchema: Schema;
}

export interface ServedModel<A extends Answer = Answer> {
  readonly name: string;
  readonly inputs: readonly ServedPort[];
  readonly outputs: readonly ServedPort[];
  /** Whether the first axis counts examples that are computed apart, so that requests may be joined. */
  readonly joins: boolean;
  /** How long an axis of any length may be, the first one of examples apart. */
  readonly maxLength: number;
  readonly json: JsonForm<A>;
  run(jobs: readonly Job[]): Promise<readonly A[]>;
  /** Makes the programs for batches of up to so many examples, so that no request waits for a compiler. */
  warmUp(maxBatch: number): Promise<void>;
}
