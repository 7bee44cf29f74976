// A run of neurite that is served: a saved model of one network, whose tensors are floats.

import type { StoredTensor } from "neurite/formats";
import { outputShares, probabilitiesOf } from "neurite/inspect";
import type { Scale } from "neurite/spec";
import type { Model } from "neurite/train";
import { classNamesOf } from "../../runs/class-names.ts";
import { restoreModel, type StoredRun } from "../../runs/run-folder.ts";
import { columnsOf } from "../../sources/table.ts";
import { tableFile } from "../../sources/table-spec.ts";
import type { Job, ServedModel } from "../served-model.ts";
import {
  type FloatArray,
  type NamedShape,
  type RunAnswer,
  type RunForm,
  tensorOf,
} from "./form.ts";
import { readJsonJob } from "./read-json.ts";
import { requestSchema, responseSchema } from "./schemas.ts";
import { predictionsIn } from "./write-json.ts";

/** @param maxBatch examples that are computed at once */
export async function serveRun(run: StoredRun, maxBatch: number): Promise<ServedModel<RunAnswer>> {
  const { spec } = run;
  const { dtype } = spec;
  const model = restoreModel(run);
  const { network } = model;
  const names = network.placed.filter(({ kind }) => kind === "input").map(({ name }) => name);
  const classes = await classNamesOf(spec);
  const form: RunForm = {
    dtype,
    inputs: network.inputShapes.map((shape, i) => ({ name: names[i] ?? `input${i + 1}`, shape })),
    outputs: network.outputShapes.map((shape, i) => ({ name: network.outputNames[i]!, shape })),
    readsGaps: network.readsGaps,
    classes: hasClasses(model, classes) ? classes : null,
    scale: (spec.data.file?.["scale"] as Scale | undefined) ?? null,
    table:
      spec.data.file?.kind === "table"
        ? { file: tableFile(spec.data.file!), columns: columnsOf(spec.model) }
        : null,
  };
  const port = ({ name, shape }: NamedShape) => ({ name, dtype, shape: ["examples", ...shape] });
  const compute = (jobs: readonly Job[]) => runJobs(model, form, jobs, maxBatch);
  return {
    name: spec.data.name,
    inputs: form.inputs.map(port),
    outputs: form.outputs.map(port),
    ...{ joins: true, maxLength: Number.POSITIVE_INFINITY, run: compute },
    json: {
      read: (bytes) => readJsonJob(form, bytes),
      write: (answer) => ({ predictions: predictionsIn(form, answer) }),
      requestSchema: (maxExamples) => requestSchema(form, maxExamples),
      answerSchema: responseSchema(form),
    },
    warmUp: async (most) => {
      for (let count = 1; count <= most; count *= 2) {
        const x = form.inputs.map(({ shape }) => tensorOf(form, [count, ...shape]));
        await compute([{ count, x }]);
      }
    },
  };
}

/** One output of a number for each class, or of one number for two. */
function hasClasses(model: Model, classes: readonly string[] | null): boolean {
  const [shape, ...others] = model.network.outputShapes;
  if (!classes || others.length > 0 || shape!.length !== 1) return false;
  return shape![0] === classes.length || (shape![0] === 1 && classes.length === 2);
}

/**
 * Requests as one batch. The number of examples is rounded up to a power of two, as the engine compiles a program
 * for each number that it meets.
 */
async function runJobs(
  model: Model,
  form: RunForm,
  jobs: readonly Job[],
  maxBatch: number,
): Promise<RunAnswer[]> {
  const count = jobs.reduce((sum, job) => sum + job.count, 0);
  const rows = Math.min(2 ** Math.ceil(Math.log2(count)), Math.ceil(count / maxBatch) * maxBatch);
  const x = form.inputs.map(({ shape }, i) => {
    const all = tensorOf(form, [rows, ...shape]);
    const size = all.data.length / rows;
    let at = 0;
    for (const job of jobs) {
      all.data.set(job.x[i]!.data, at);
      at += job.count * size;
    }
    // What fills the batch is an example that there is: any number might be none that the model reads.
    for (let row = count; row < rows; row++) all.data.copyWithin(row * size, 0, size);
    return all;
  });
  const outputs = await model.predictAll(x.length === 1 ? x[0]! : x, { batchSize: maxBatch });
  const shares = form.classes ? outputShares(model, outputs[0]!) : null;
  let from = 0;
  return jobs.map((job) => {
    const start = from;
    from += job.count;
    const part = ({ type, data }: (typeof outputs)[number]): StoredTensor => {
      const shape = [job.count, ...type.shape.slice(1)];
      const size = data.length / type.shape[0]!;
      return { dtype: type.dtype, shape, data: data.slice(start * size, from * size) };
    };
    return {
      count: job.count,
      outputs: outputs.map(part),
      shares: shares && sharesOf(part(shares)),
    };
  });
}

function sharesOf({ shape, data }: StoredTensor): number[][] {
  const [count, outputs] = shape as [number, number];
  return Array.from({ length: count }, (_, row) =>
    probabilitiesOf({ count, outputs, values: data as FloatArray }, row),
  );
}
