// Settings in a few words each: what two runs differ in is what of these differs.

import type { RunSpec } from "neurite/spec";
import {
  activationOf,
  initializerOf,
  nameOf,
  rateOf,
  type Settings,
  stackOf,
} from "../../../../state/index.ts";
import type { Texts } from "../../../../text/catalogue.ts";
import { formatSetting } from "../../../../text/numbers.ts";

export type Summary = readonly (readonly [setting: string, value: string])[];

type Words = Readonly<Record<string, string>>;

export function summaryOf({ run, data }: Settings, text: Texts["controls"]): Summary {
  const stack = stackOf(run);
  const hidden = stack?.hidden ?? [];
  const word = (words: Words, name: string) => words[name] ?? name;
  const dense = stack ? [...hidden.map((layer) => layer.dense), stack.output] : [];
  const join = (parts: readonly string[]) => text.list([...new Set(parts)]);
  const sizes = stack
    ? [data.features.length, ...dense.map((layer) => layer["units"])].join("-")
    : text.shelf.none;
  const share = data.source.kind === "named" ? (run.data.testFraction ?? 0.5) : data.testShare;
  const { regularizer } = run;
  return [
    [text.dataSet, dataWords({ run, data }, text)],
    [text.summary.split, text.trainShare(Math.round(100 * (1 - share)))],
    [text.summary.features, text.list(data.features)],
    [text.summary.sizes, sizes],
    [
      text.activation,
      text.list(hidden.map((layer) => word(text.activations, activationOf(layer.dense)))) ||
        text.shelf.none,
    ],
    [
      text.dropout,
      text.list(hidden.map(({ dropout }) => formatSetting(dropout))) || text.shelf.none,
    ],
    [
      text.outputLayer,
      stack ? word(text.activations, activationOf(stack.output)) : text.shelf.none,
    ],
    [text.initializer, join(dense.map((layer) => word(text.initializers, initializerOf(layer))))],
    [text.loss, word(text.losses, nameOf(run.loss, ""))],
    [text.optimizer, optionWords(run.optimizer, text.optimizers, text)],
    [text.rate, formatSetting(rateOf(run))],
    [text.schedule, optionWords(run.schedule ?? "constant", text.schedules, text)],
    [
      text.penalty,
      regularizer
        ? text.bracketed(
            `${regularizer.kind.toUpperCase()} ${formatSetting(regularizer.lambda)}`,
            text.conventions[regularizer.convention],
          )
        : text.penaltyNone,
    ],
    [text.batchSize, String(run.training.batchSize)],
    [text.seed, String(run.seed)],
  ];
}

/** What of a summary differs from another. */
export function differencesOf(summary: Summary, from: Summary): Summary {
  return summary.filter(([, value], i) => value !== from[i]?.[1]);
}

function dataWords({ run, data: { source } }: Settings, text: Texts["controls"]): string {
  if (source.kind === "formula") return `y = ${source.text}`;
  if (source.kind === "points") return text.bracketed(text.ownPoints, String(source.points.length));
  const { name, samples, noise, seed, classes } = run.data;
  const parts = [
    samples === undefined ? "" : `${text.samples} ${samples}`,
    classes === undefined ? "" : `${text.classes} ${classes}`,
    noise ? `${text.noise} ${formatSetting(noise)}` : "",
    seed === undefined ? "" : `${text.dataSeed} ${seed}`,
  ].filter(Boolean);
  const own = (text.sets as Words)[name] ?? name;
  return parts.length === 0 ? own : text.bracketed(own, text.list(parts));
}

/** A name with its options, but for the rate. */
function optionWords(
  named: NonNullable<RunSpec["schedule"]>,
  words: Words,
  text: Texts["controls"],
): string {
  const name = nameOf(named, "");
  const options = typeof named === "object" ? named : {};
  const said = Object.entries(options).flatMap(([option, value]) => {
    if (option === "name" || option === "learningRate" || value === 0) return [];
    const label = (text.options as Words)[option] ?? option;
    return [typeof value === "number" ? `${label} ${formatSetting(value)}` : label];
  });
  const own = words[name] ?? name;
  return said.length === 0 ? own : text.bracketed(own, text.list(said));
}
