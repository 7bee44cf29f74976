// What a change of the settings does to a run that is under way.

import { isSame } from "./same.ts";
import type { Settings } from "./settings.ts";

/** It acts at once; it keeps the weights and trains on in another way; or training begins anew. */
export type Effect = "live" | "keepsWeights" | "restarts";

/** By field of the settings, as in a link; the longest name that fits decides. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  "run.optimizer.learningRate": "live",
  "run.training.epochs": "live",
  "run.arithmetic": "live",
  "run.metrics": "keepsWeights",
  "run.optimizer": "keepsWeights",
  "run.loss": "keepsWeights",
  "run.regularizer": "keepsWeights",
  "run.schedule": "keepsWeights",
  "run.stopping": "keepsWeights",
  "run.halving": "keepsWeights",
  "run.training": "keepsWeights",
  "run.model.dropout": "keepsWeights",
  run: "restarts",
  data: "restarts",
};

/** What a change of that field does, as in `effectOf("run.training.batchSize")`. */
export function effectOf(field: string): Effect {
  for (let name = field; name !== ""; name = name.slice(0, Math.max(name.lastIndexOf("."), 0))) {
    if (Object.hasOwn(EFFECTS, name)) return EFFECTS[name]!;
  }
  return "restarts";
}

const ORDER: readonly Effect[] = ["live", "keepsWeights", "restarts"];

/** What going from one to the other does; null where both say the same. */
export function effectBetween(before: Settings, after: Settings): Effect | null {
  const fields = changedFields(before, after, "");
  const effects = fields.map((field) => effectOf(field));
  return ORDER.findLast((effect) => effects.includes(effect)) ?? null;
}

/** The fields that differ, as in "run.model.layers.1.units"; a rate of dropout as "run.model.dropout". */
export function changedFields(before: unknown, after: unknown, path: string): string[] {
  if (isSame(before, after)) return [];
  if (!isTree(before) || !isTree(after)) return [path];
  if (path === "run.model" && isSame(withoutDropout(before), withoutDropout(after)))
    return ["run.model.dropout"];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    changedFields(before[name], after[name], path === "" ? name : `${path}.${name}`),
  );
}

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}

/** Dropout has no weights: with other rates, with more of it or without, all weights keep their places. */
function withoutDropout({ layers, ...model }: Tree): unknown {
  if (!Array.isArray(layers)) return { ...model, layers };
  return {
    ...model,
    layers: layers.filter((layer: unknown) => !isTree(layer) || !isDropout(layer)),
  };
}

function isDropout(layer: Tree): boolean {
  return layer["kind"] === "dropout";
}
