// What a RunSpec says beside its network: the engine, the loss, the optimizer, and how the rate goes.

import { ArgumentError } from "../../checks/errors.ts";
import { defaultEngine, type EngineOptions, engineNamed } from "../../engines/choose.ts";
import type { Engine } from "../../engines/engine.ts";
import { referenceEngine } from "../../engines/reference/reference.ts";
import { lossOf } from "../../nn/losses/index.ts";
import { metricOf } from "../../nn/metrics/index.ts";
import type { Network } from "../../nn/network/network.ts";
import { clipOf, optimizerOf } from "../../nn/optimizers/index.ts";
import { regularizerOf } from "../../nn/regularizers/index.ts";
import { scheduleOf } from "../../nn/schedules/index.ts";
import { atField } from "../../spec/at-field.ts";
import type { RunSpec } from "../../spec/runspec.ts";
import { averageOf } from "../average.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import { Model } from "../model/model.ts";

/** Where there can be no Wasm engine, of which a notice has told, the reference engine runs the spec. */
function engineOf({ engine, deterministic = false }: RunSpec, machine: Machine): Engine {
  if (engine === "wasm" && defaultEngine() === referenceEngine) return referenceEngine;
  return engineNamed(engine, { deterministic, ...machine });
}

/** What is the machine's, not the run's. */
export type Machine = Pick<EngineOptions, "threads">;

/** The model of a parsed spec over its network, ready to train. */
export function compiledModel(spec: RunSpec, built: Network, machine: Machine): Model {
  const { seed, dtype } = spec;
  const engine = engineOf(spec, machine);
  const model = new Model(() => built, { seed, dtype, engine });
  return model.compile(namedParts(spec));
}

/** What model.compile() takes of a specification. @throws ArgumentError naming the field that is refused */
export function namedParts(spec: RunSpec): CompileModelOptions {
  const { schedule } = spec;
  if (schedule) atField("schedule", () => scheduleOf(schedule)); // refused now, not after an hour
  expectOneRate(spec);
  if (schedule && spec.halving) {
    throw new ArgumentError("spec: halving: expected no schedule besides, which sets the rate too");
  }
  return {
    loss: atField("loss", () => lossOf(spec.loss)),
    optimizer: atField("optimizer", () => optimizerOf(spec.optimizer)),
    metrics: spec.metrics.map((name, i) => atField(`metrics.${i}`, () => metricOf(name))),
    ...(spec.regularizer && {
      regularizer: atField("regularizer", () => regularizerOf(spec.regularizer!)),
    }),
    ...(spec.clip && { clip: atField("clip", () => clipOf(spec.clip!)) }),
    ...(spec.averageWeights && {
      averageWeights: atField("averageWeights", () => {
        averageOf(spec.averageWeights!);
        return spec.averageWeights!;
      }),
    }),
  };
}

/** A schedule sets the rate from the first step on, so that the optimizer's own would mean nothing. */
function expectOneRate({ optimizer, schedule }: RunSpec): void {
  const own = typeof optimizer === "object" ? optimizer["learningRate"] : undefined;
  const rate = typeof schedule === "object" ? schedule["rate"] : undefined;
  if (own === undefined || rate === undefined || own === rate) return;
  throw new ArgumentError(
    `spec: optimizer.learningRate: expected the schedule's rate, ${rate}, or nothing, received ${own}`,
  );
}
