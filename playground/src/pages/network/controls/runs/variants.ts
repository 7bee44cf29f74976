// Who may race: settings that differ from the present ones in one thing.

import type { Runner } from "../../../../protocol/index.ts";
import {
  type HiddenLayer,
  nameOf,
  rateOf,
  type Settings,
  stackOf,
  withInitializer,
  withLayer,
  withOptimizer,
  withRate,
} from "../../../../state/index.ts";
import type { Texts } from "../../../../text/catalogue.ts";
import { formatSetting } from "../../../../text/numbers.ts";

export interface Variant {
  readonly name: string;
  readonly settings: Settings;
}

/** A runner, and where it stands. */
export interface Racer {
  readonly name: string;
  readonly runner: Runner;
}

export const RACE_KINDS = [
  "optimizer",
  "rate",
  "activation",
  "units",
  "batch",
  "initializer",
] as const;
export type RaceKind = (typeof RACE_KINDS)[number];

/** The variants of each kind, in the words of the page. */
export function variantsOf(
  kind: RaceKind,
  settings: Settings,
  text: Texts["controls"],
): readonly Variant[] {
  const { run } = settings;
  const made = (name: string, next: Settings["run"]): Variant => ({
    name,
    settings: { ...settings, run: next },
  });
  const withItsRate = (name: string, next: Settings["run"]): Variant =>
    made(`${name}, η ${formatSetting(rateOf(next))}`, next);
  switch (kind) {
    case "optimizer": {
      const own = nameOf(run.optimizer, "sgd");
      const words = text.optimizers;
      return [
        withItsRate(
          words.sgd,
          own === "sgd" ? withOptimizer(run, "sgd", { momentum: 0 }) : withOptimizer(run, "sgd"),
        ),
        withItsRate(
          `${words.sgd}, ${text.options.momentum} 0.9`,
          withOptimizer(withOptimizer(run, "sgd"), "sgd", { momentum: 0.9 }),
        ),
        ...(["adam", "rmsProp", "adagrad", "lion"] as const).map((name) =>
          withItsRate(words[name], withOptimizer(run, name)),
        ),
      ];
    }
    case "rate":
      return [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3].map((rate) =>
        made(formatSetting(rate), withRate(run, rate)),
      );
    case "activation":
      return (["sigmoid", "tanh", "relu", "leakyRelu", "silu", "linear"] as const).map((name) =>
        made(text.activations[name], everyLayer(run, { activation: name })),
      );
    case "units":
      return [1, 2, 3, 4, 8, 16].map((units) => made(String(units), everyLayer(run, { units })));
    case "batch":
      return [1, 4, 10, 50, 200].map((batchSize) =>
        made(String(batchSize), { ...run, training: { ...run.training, batchSize } }),
      );
    case "initializer":
      return (
        ["glorotUniform", "heNormal", "scaledNormal", "normal", "uniform", "zeros"] as const
      ).map((name) => made(text.initializers[name], withInitializer(run, name)));
  }
}

function everyLayer(run: Settings["run"], change: Partial<HiddenLayer["dense"]>): Settings["run"] {
  const count = stackOf(run)?.hidden.length ?? 0;
  return Array.from({ length: count }, (_, at) => at).reduce(
    (next, at) => withLayer(next, at, change),
    run,
  );
}

/** Epochs after which a race of so many is measured: the start, and some forty places. */
export function measuredEpochs(epochs: number): readonly number[] {
  const count = Math.min(epochs, 40);
  return [0, ...Array.from({ length: count }, (_, i) => Math.round(((i + 1) * epochs) / count))];
}
