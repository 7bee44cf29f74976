// A model that is served: what it reads and gives, and how it computes batches of requests.

import { outputShares, probabilitiesOf } from "neurite/inspect";
import type { ColumnSpec, Scale } from "neurite/spec";
import type { Model } from "neurite/train";
import { classNamesOf } from "../runs/class-names.ts";
import { restoreModel, type StoredRun } from "../runs/run-folder.ts";
import { columnsOf } from "../sources/table.ts";
import { type TableFile, tableFile } from "../sources/table-spec.ts";

export type FloatArray = Float32Array | Float64Array;

export interface NamedShape {
  readonly name: string;
  /** Of one example. */
  readonly shape: readonly number[];
}

/** Examples of one request: an array for each input. */
export interface Job {
  readonly count: number;
  readonly x: readonly FloatArray[];
}

/** What is given for one request. */
export interface Answer {
  readonly count: number;
  /** An array for each output. */
  readonly outputs: readonly FloatArray[];
  /** Probabilities by example and class, where the outputs are for classes. */
  readonly shares: readonly (readonly number[])[] | null;
}

export interface ServedModel {
  readonly name: string;
  readonly dtype: "float32" | "float64";
  readonly inputs: readonly NamedShape[];
  readonly outputs: readonly NamedShape[];
  /** For each input whether NaN, null in JSON, is a gap that the model fills. */
  readonly readsGaps: readonly boolean[];
  /** Names of the classes that the outputs are for; null where they are values. */
  readonly classes: readonly string[] | null;
  /** Of values that were learnt scaled; null where the outputs are what they are. */
  readonly scale: Scale | null;
  /** Of a run on a table of one's own: the rows that it reads. */
  readonly table: { readonly file: TableFile; readonly columns: readonly ColumnSpec[] } | null;
  run(jobs: readonly Job[]): Promise<readonly Answer[]>;
}

/** @param maxBatch examples that are computed at once */
export async function serveRun(run: StoredRun, maxBatch: number): Promise<ServedModel> {
  const { spec } = run;
  const model = restoreModel(run);
  const { network } = model;
  const names = network.placed.filter(({ kind }) => kind === "input").map(({ name }) => name);
  const classes = await classNamesOf(spec);
  return {
    name: spec.data.name,
    dtype: spec.dtype,
    inputs: network.inputShapes.map((shape, i) => ({ name: names[i] ?? `input${i + 1}`, shape })),
    outputs: network.outputShapes.map((shape, i) => ({ name: network.outputNames[i]!, shape })),
    readsGaps: network.readsGaps,
    classes: hasClasses(model, classes) ? classes : null,
    scale: (spec.data.file?.["scale"] as Scale | undefined) ?? null,
    table:
      spec.data.file?.kind === "table"
        ? { file: tableFile(spec.data.file!), columns: columnsOf(spec.model) }
        : null,
    run: (jobs) => runJobs(model, spec.dtype, jobs, { maxBatch, classes }),
  };
}

/** One output of a number for each class, or of one number for two. */
function hasClasses(model: Model, classes: readonly string[] | null): boolean {
  const [shape, ...others] = model.network.outputShapes;
  if (!classes || others.length > 0 || shape!.length !== 1) return false;
  return shape![0] === classes.length || (shape![0] === 1 && classes.length === 2);
}

interface Running {
  readonly maxBatch: number;
  readonly classes: readonly string[] | null;
}

/**
 * Requests as one batch. The number of examples is rounded up to a power of two, as the engine compiles a program
 * for each number that it meets.
 */
async function runJobs(
  model: Model,
  dtype: "float32" | "float64",
  jobs: readonly Job[],
  { maxBatch, classes }: Running,
): Promise<Answer[]> {
  const { inputShapes, outputShapes } = model.network;
  const count = jobs.reduce((sum, job) => sum + job.count, 0);
  const rows = Math.min(2 ** Math.ceil(Math.log2(count)), Math.ceil(count / maxBatch) * maxBatch);
  const x = inputShapes.map((shape, i) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const data =
      dtype === "float64" ? new Float64Array(rows * size) : new Float32Array(rows * size);
    let at = 0;
    for (const job of jobs) {
      data.set(job.x[i]!, at);
      at += job.count * size;
    }
    // What fills the batch is an example that there is: any number might be none that the model reads.
    for (let row = count; row < rows; row++) data.copyWithin(row * size, 0, size);
    return { dtype, shape: [rows, ...shape], data };
  });
  const outputs = await model.predictAll(x.length === 1 ? x[0]! : x, { batchSize: maxBatch });
  const shares = hasClasses(model, classes) ? outputShares(model, outputs[0]!) : null;
  const sizes = outputShapes.map((shape) => shape.reduce((a, b) => a * b, 1));
  let from = 0;
  return jobs.map((job) => {
    const start = from;
    from += job.count;
    const part = (data: FloatArray, size: number) => data.slice(start * size, from * size);
    const width = sizes[0]!;
    return {
      count: job.count,
      outputs: outputs.map(({ data }, i) => part(data as FloatArray, sizes[i]!)),
      shares: shares && sharesOf(part(shares.data as FloatArray, width), job.count, width),
    };
  });
}

function sharesOf(values: FloatArray, count: number, outputs: number): number[][] {
  return Array.from({ length: count }, (_, row) =>
    probabilitiesOf({ count, outputs, values }, row),
  );
}
