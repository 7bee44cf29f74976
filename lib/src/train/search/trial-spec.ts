// Specifications with values put in at paths, as a search does; a path that leads nowhere is refused.

import { ArgumentError } from "../../checks/errors.ts";
import { didYouMean } from "../../checks/nearest.ts";
import { isRecord } from "../../formats/json.ts";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import type { Values } from "./space.ts";

/** Paths that a specification may have beside those that it has. */
const OTHERS: readonly string[] = [
  "optimizer.name",
  "optimizer.learningRate",
  "optimizer.momentum",
  "optimizer.weightDecay",
  "regularizer.lambda",
  "regularizer.kind",
  "clip.globalNorm",
  "clip.norm",
  "clip.value",
  "averageWeights.decay",
  "training.batchSize",
  "training.accumulate",
  "training.shuffle",
  "training.epochs",
  "schedule.name",
  "schedule.rate",
  "stopping.patience",
  "halving.patience",
  "halving.factor",
  "loss",
  "optimizer",
  "seed",
];

/** What a part is taken for where the specification has none: lambda counts as in the books. */
const MISSING: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  regularizer: { kind: "l2", convention: "network2", lambda: 0 },
  averageWeights: { kind: "ema" },
};

/** All paths to plain values of a specification, and others that it may have. */
export function pathsOf(spec: RunSpecInput): readonly string[] {
  const found = leaves(spec, "").filter((path) => path !== "version" && !/^search\b/.test(path));
  return [...new Set([...found, ...OTHERS])];
}

function leaves(value: unknown, path: string): string[] {
  const inside = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (Array.isArray(value)) return value.flatMap((item, i) => leaves(item, inside(String(i))));
  if (!isRecord(value)) return value === undefined ? [] : [path];
  return Object.entries(value).flatMap(([name, field]) => leaves(field, inside(name)));
}

/**
 * The full path that a shorter one stands for: its end, where only one path ends so.
 * @throws ArgumentError where several do
 */
export function fullPath(spec: RunSpecInput, path: string): string {
  const all = pathsOf(spec);
  if (all.includes(path)) return path;
  const ends = all.filter((one) => one.endsWith(`.${path}`));
  // The last layer is as the data want it.
  const last = "layers" in spec.model ? `model.layers.${spec.model.layers.length - 1}.` : "";
  const meant = ends.filter((one) => last === "" || !one.startsWith(last));
  if (meant.length === 1 || ends.length <= 1) return meant[0] ?? ends[0] ?? path;
  throw new ArgumentError(
    `search: space.${path}: several paths end so; write one of ${ends.join(", ")}`,
  );
}

/** What a specification has at a path; undefined where it has nothing. */
export function valueAtPath(spec: RunSpecInput, path: string): unknown {
  return path.split(".").reduce<unknown>((at, name) => {
    if (typeof at === "string") return name === "name" ? at : undefined;
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    return (at as Record<string, unknown>)[name];
  }, spec);
}

/**
 * A specification with other values at some paths, checked; without its `search`.
 * @throws ArgumentError for a path that leads nowhere, with the nearest one, and for a value that the
 * specification refuses
 */
export function withValues(spec: RunSpecInput, values: Values): RunSpec {
  const { search: _, ...rest } = spec;
  let changed: unknown = rest;
  for (const [path, value] of Object.entries(values)) {
    changed = put(changed, path.split("."), value, () => unknownPath(spec, path));
  }
  const rate = values["optimizer.learningRate"];
  const { schedule } = spec;
  // A schedule that names its rate sets it, not the optimizer; it begins with the rate that is tried.
  if (rate !== undefined && typeof schedule === "object" && "rate" in schedule) {
    changed = put(changed, ["schedule", "rate"], rate, () => unknownPath(spec, "schedule.rate"));
  }
  return parseRunSpec(changed);
}

function put(
  at: unknown,
  [name, ...rest]: readonly string[],
  value: unknown,
  refuse: () => Error,
): unknown {
  if (name === undefined) return value;
  if (Array.isArray(at)) {
    const i = Number(name);
    if (!Number.isInteger(i) || i < 0 || i >= at.length || !/^\d+$/.test(name)) throw refuse();
    return at.map((item: unknown, j) => (j === i ? put(item, rest, value, refuse) : item));
  }
  if (!isRecord(at) || name === "" || name === "__proto__") throw refuse();
  if (rest.length === 0) return { ...at, [name]: value };
  const own = Object.hasOwn(at, name) ? at[name] : MISSING[name];
  // An optimizer that is a name alone gets options so.
  const inner = typeof own === "string" ? { name: own } : (own ?? {});
  return { ...at, [name]: put(inner, rest, value, refuse) };
}

/** The error for a path that is none of a specification's. */
export function unknownPath(spec: RunSpecInput, path: string): ArgumentError {
  const known = pathsOf(spec);
  const last = path.split(".").at(-1)!;
  // The nearest whole path, else one that ends alike.
  const meant =
    didYouMean(path, known) ||
    didYouMean(
      last,
      known.map((one) => one.split(".").at(-1)!),
    );
  // Data cannot vary, and the columns of a table are many.
  const told = known.filter((one) => !/^data\.|\.columns\./.test(one));
  return new ArgumentError(
    `search: space.${path}: the specification has no such path.${meant} It has ${told.join(", ")}.`,
  );
}
