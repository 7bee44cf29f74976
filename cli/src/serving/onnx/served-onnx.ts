// An ONNX file that is served: its tensors by name, joined along the first axis where that counts examples.

import { fromData, type Tensor } from "neurite";
import type { StoredTensor } from "neurite/formats";
import type { OnnxModel, OnnxPort } from "neurite/onnx";
import type { Answer, Job, ServedModel, ServedPort } from "../served-model.ts";
import { joined, sameButCount, someRows } from "./joining.ts";
import { hasFreeLengths, samplesOf, whyApart } from "./probe.ts";
import { answerJson, jobInJson, tensorsSchema } from "./tensors-json.ts";

export interface ServedOnnx extends ServedModel {
  /** Why requests are computed one at a time; null where they are joined. */
  readonly apart: string | null;
}

interface OnnxServing {
  readonly name: string;
  /** Examples that are computed at once. */
  readonly maxBatch: number;
  /** How long an axis of any length may be. */
  readonly maxLength: number;
}

/** The model has been run on samples when this returns, so that one that cannot run is known of. */
export function serveOnnx(
  model: OnnxModel,
  { name, maxBatch, maxLength }: OnnxServing,
): ServedOnnx {
  const [inputs, outputs] = [model.inputs.map(portOf), model.outputs.map(portOf)];
  const compute = (x: readonly StoredTensor[]) => computed(model, x);
  const apart = whyApart(inputs, compute);
  const joins = apart === null;
  const ports = { inputs, outputs, joins, maxLength };
  const served: ServedOnnx = {
    ...{ name, apart, ...ports },
    json: {
      read: (bytes) => ({ job: jobInJson(served, bytes), notices: [] }),
      write: (answer) => answerJson(served, answer),
      requestSchema: (maxExamples) => tensorsSchema("inputs", served, maxExamples),
      answerSchema: tensorsSchema("outputs", ports, null),
    },
    run: (jobs) => (joins ? runJoined(compute, jobs, maxBatch) : runEach(compute, jobs)),
    warmUp: async (most) => {
      if (joins && !hasFreeLengths(inputs)) makePrograms(compute, samplesOf(inputs, 1, 0), most);
    },
  };
  return served;
}

/** Milliseconds that a batch may take for a larger one to be tried ahead of requests. */
const QUICK = 500;

function makePrograms(compute: Compute, x: readonly StoredTensor[], most: number): void {
  for (let count = 4; count <= most; count *= 2) {
    const start = performance.now();
    compute(joined(Array.from({ length: count }, () => x)));
    if (performance.now() - start > QUICK) return;
  }
}

const portOf = ({ name, dtype, onnxType, shape }: OnnxPort): ServedPort => ({
  ...{ name, dtype, shape, isInt64: onnxType === "int64" },
});

type Compute = (x: readonly StoredTensor[]) => StoredTensor[];

function computed(model: OnnxModel, x: readonly StoredTensor[]): StoredTensor[] {
  const feeds = model.inputs.map(({ name }, i): [string, Tensor] => {
    const { dtype, shape, data } = x[i]!;
    return [name, fromData(data, [...shape], dtype) as Tensor];
  });
  const results = model.run(Object.fromEntries(feeds));
  return model.outputs.map(({ name }) => {
    const { dtype, type, data } = results[name]!;
    return { dtype, shape: type.shape, data };
  });
}

const answer = (count: number, outputs: readonly StoredTensor[]): Answer => ({ count, outputs });

async function runEach(compute: Compute, jobs: readonly Job[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { count, x } of jobs) {
    answers.push(answer(count, compute(x)));
    await othersTurn();
  }
  return answers;
}

/** Requests of one shape together, as many examples at once as a batch may have. */
async function runJoined(
  compute: Compute,
  jobs: readonly Job[],
  maxBatch: number,
): Promise<Answer[]> {
  const groups = new Map<string, Job[]>();
  for (const job of jobs) {
    const key = sameButCount(job.x);
    groups.set(key, [...(groups.get(key) ?? []), job]);
  }
  const answers = new Map<Job, Answer>();
  for (const group of groups.values()) {
    const all = joined(group.map(({ x }) => x));
    const count = all[0]!.shape[0]!;
    const pieces: StoredTensor[][] = [];
    for (let from = 0; from < count; from += maxBatch) {
      const rows = Math.min(maxBatch, count - from);
      const x = all.map((tensor) => someRows(tensor, from, rows));
      // A program is made for each number of examples that comes: powers of two are few.
      const filled = Math.min(2 ** Math.ceil(Math.log2(rows)), maxBatch);
      const rest = Array.from({ length: filled - rows }, () => x.map((y) => someRows(y, 0, 1)));
      const outputs = compute(rest.length > 0 ? joined([x, ...rest]) : x);
      pieces.push(outputs.map((tensor) => someRows(tensor, 0, rows)));
      await othersTurn();
    }
    const outputs = joined(pieces);
    let at = 0;
    for (const job of group) {
      const own = outputs.map((tensor) => someRows(tensor, at, job.count));
      answers.set(job, answer(job.count, own));
      at += job.count;
    }
  }
  return jobs.map((job) => answers.get(job)!);
}

/** Computing holds up everything else: between two turns of it, health is answered. */
const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
