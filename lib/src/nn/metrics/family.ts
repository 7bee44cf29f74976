// Metrics by name are families that differ by options; all of them count batch by batch.

import { expectArgument, type Kind } from "../../checks/arguments.ts";
import type { Shape } from "../../ir/shape.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Config } from "../spec.ts";
import { expectTargets, type Targets } from "../targets/index.ts";
import type { Counter, Direction, Meaning, Metric } from "./metric.ts";

/** Metrics that differ by options alone. */
export interface MetricFamily<C extends Config = Config> {
  readonly defaults: C;
  /** What an option must be, where its default's type does not say enough. */
  readonly kinds?: Readonly<Record<string, Kind>>;
  readonly direction: Direction;
  readonly targets: Targets;
  /** Of metrics that add up over batches. */
  readonly counter?: (config: C) => Counter;
  /** Of those that need all examples at once; fit() keeps the outputs of an epoch for them. */
  readonly compute?: (
    config: C,
  ) => (target: Tensor, prediction: Tensor, meaning: Meaning) => number;
  /** @throws ArgumentError where outputs of this shape and meaning give no such figure */
  readonly expectOutputs?: (prediction: Shape, meaning: Meaning, config: C) => void;
}

/** A family in the type that tables hold. */
export function metricFamily<C extends Config>(whole: MetricFamily<C>): MetricFamily {
  return whole as unknown as MetricFamily;
}

/** The metric of a family with these options. */
export function metric(name: string, entry: MetricFamily, config: Config): Metric {
  const { direction, targets } = entry;
  const counter = entry.counter?.(config);
  const whole = entry.compute?.(config);
  const expectOutputs = (prediction: Shape, meaning: Meaning) =>
    entry.expectOutputs?.(prediction, meaning, config);
  return {
    name,
    config,
    direction,
    targets,
    ...(counter && { counter }),
    expectOutputs,
    compute: (target, prediction, given) => {
      expectArgument(name, "the target", target, tensorKind);
      expectArgument(name, "the prediction", prediction, tensorKind);
      const { shape } = prediction.type;
      const rows = { shape: target.type.shape, data: target.data };
      const meaning = given === undefined ? meaningOfValues(rows.data) : given;
      expectOutputs(shape, meaning);
      expectTargets("metric", name, targets, rows, shape);
      if (whole) return whole(target, prediction, meaning);
      return counter!.figure(counter!.count(target, prediction, meaning).data);
    },
  };
}

/** Outputs that are compared with -1 and 1 are scores: their halfway is 0. */
export function meaningOfValues(targets: ArrayLike<number>): "values" | "scores" {
  for (let i = 0; i < targets.length; i++) if (targets[i]! < 0) return "scores";
  return "values";
}
