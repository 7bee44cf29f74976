// A specification with the flags of a command put in.

import { ENGINE_NAMES, type EngineName, MOST_THREADS } from "neurite/engines";
import { unknownName } from "neurite/ir";
import { lossOf, metricOf } from "neurite/nn";
import type { RunSpecInput } from "neurite/train";
import { UsageError } from "../terminal/failures.ts";
import { forFlag } from "../terminal/names.ts";
import { given, type RunFlags } from "./flags.ts";
import { changeModel } from "./layers.ts";
import type { NamedFlag } from "./named.ts";
import { changePenalty } from "./penalty.ts";
import { changeRate } from "./rate.ts";
import { changeWatch } from "./watch.ts";

/** @throws UsageError naming the flag that means nothing */
export function applyFlags(spec: RunSpecInput, flags: RunFlags): RunSpecInput {
  checkEngine(spec, flags);
  const { epochs, batchSize, accumulate, shuffle, validationSplit, classWeights } = flags;
  const { train, test, noise, samples, testFraction, clip, seed, engine, metrics, loss } = flags;
  return {
    ...spec,
    data: { ...spec.data, ...given({ train, test, noise, samples, testFraction }) },
    model: changeModel(spec, flags),
    loss: loss === undefined ? spec.loss : lossFlag(loss),
    ...(metrics && { metrics: metrics.map(metricFlag) }),
    ...changeRate(spec, flags),
    ...changePenalty(spec, flags),
    training: {
      ...spec.training,
      ...given({ epochs, batchSize, accumulate, shuffle, validationSplit, classWeights }),
    },
    ...changeWatch(spec, flags),
    ...given({ seed, engine: engine as EngineName | undefined, dtype: dtypeFlag(flags.dtype) }),
    ...(clip !== undefined && { clip: { globalNorm: clip } }),
  };
}

function checkEngine(spec: RunSpecInput, { engine, threads }: RunFlags): void {
  if (engine !== undefined && !ENGINE_NAMES.includes(engine as EngineName)) {
    throw new UsageError(`--engine: ${unknownName("engine", engine, ENGINE_NAMES).message}`);
  }
  if (threads !== undefined && threads > MOST_THREADS) {
    throw new UsageError(`--threads: expected at most ${MOST_THREADS}, received ${threads}`);
  }
  if (threads !== undefined && threads > 1 && (engine ?? spec.engine) === "reference") {
    throw new UsageError("--threads: the reference engine runs on 1 thread");
  }
}

function lossFlag(named: NamedFlag): NamedFlag {
  const { name } = forFlag("--loss", () => lossOf(named));
  return typeof named === "string" ? name : { ...named, name };
}

function metricFlag(name: string): string {
  return forFlag("--metrics", () => metricOf(name)).name;
}

const DTYPES = ["float32", "float64"] as const;

function dtypeFlag(name: string | undefined): (typeof DTYPES)[number] | undefined {
  const dtype = DTYPES.find((known) => known === name);
  if (name === undefined || dtype) return dtype;
  throw new UsageError(`--dtype: ${unknownName("element type", name, DTYPES).message}`);
}
