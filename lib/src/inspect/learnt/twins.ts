// Equal twins: hidden units in another order, or with their signs turned, make another point and the same function.

import { count, expectOptions, type Kinds, text, whole } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { Rng } from "../../data/random.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { examplesFor, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import type { Model } from "../../train/model/model.ts";
import { lossOfResult } from "../../train/step/loss.ts";
import { applyWith, layerOf, layerSpecs, replaceParams } from "./layer-outputs.ts";
import { readersOf, type UnitReader } from "./readers.ts";

/** The losses of a model and of twins that compute the same by other parameters. */
export interface Twins {
  readonly layer: string;
  readonly units: number;
  /** Whether f(-z) = -f(z), so that signs may turn too. */
  readonly hasSigns: boolean;
  /** How many twins there are with the model itself, units! or units! * 2^units; infinite beyond 1e308. */
  readonly count: number;
  /** The decimal logarithm of that number. */
  readonly digits: number;
  readonly loss: number;
  /** Of each twin that was tried: all of them where there are no more than asked for. */
  readonly losses: readonly number[];
  readonly isComplete: boolean;
  /** The largest difference of a loss from the model's own: rounding. */
  readonly difference: number;
  /** How far the parameters of a twin lie from the model's own at most, as a distance. */
  readonly farthest: number;
}

/** Options of twinsOf(). */
export interface TwinsOptions {
  readonly layer: string;
  /** Twins to try at most; 48 by default. */
  readonly most?: number;
  readonly seed?: number;
}

const OPTIONS: Kinds<TwinsOptions> = { layer: text, most: count, seed: whole };
const ODD = ["linear", "tanh", "hardTanh", "softsign", "sin"];

/** Unit i of the twin is unit order[i] of the model, times signs[i]. */
interface Arrangement {
  readonly order: readonly number[];
  readonly signs: readonly number[];
}

/**
 * Tries arrangements of a hidden layer's units, and the loss under each. The model itself stays as it is.
 * (Nielsen and others call parameters hard to interpret: n tanh units alone make n! 2^n equal points.)
 * @throws ArgumentError for a model that is not compiled, and layers whose units cannot change places
 */
export function twinsOf(model: Model, x: RowsOf, y: RowsOf, options: TwinsOptions): Twins {
  const where = "twinsOf";
  expectOptions(where, options, OPTIONS, ["layer"]);
  const { layer, most = 48, seed = 0 } = options;
  const placed = layerOf(where, model, layer);
  if (placed.kind !== "dense" && placed.kind !== "conv2d") {
    throw new ArgumentError(
      `${where}: expected a dense or conv2d layer, received "${layer}", a ${placed.kind} layer`,
    );
  }
  if (Number(layerSpecs(where, model).get(layer)!["groups"] ?? 1) > 1) {
    throw new ArgumentError(`${where}: units of "${layer}" stay in their groups`);
  }
  const readers = readersOf(where, model, layer);
  const units = placed.outputShape.at(-1)!;
  const hasSigns = isOdd(where, model, layer, readers);
  const digits = logFactorial(units) / Math.LN10 + (hasSigns ? units * Math.log10(2) : 0);
  const total = factorial(units) * (hasSigns ? 2 ** units : 1);
  const isComplete = total <= most;
  const arrangements = isComplete
    ? allArrangements(units, hasSigns)
    : drawArrangements(units, hasSigns, most, new Rng(seed));
  const own = parametersAt(model, layer, readers);
  const lossUnder = lossOver(where, model, { x, y, paths: [...own.keys()] });
  const loss = lossUnder(own);
  let farthest = 0;
  const losses = arrangements.map((arrangement) => {
    const twin = rearranged(own, readers, arrangement);
    farthest = Math.max(farthest, distance(own, twin));
    return lossUnder(twin);
  });
  const difference = Math.max(...losses.map((other) => Math.abs(other - loss)));
  return {
    layer,
    units,
    hasSigns,
    count: total,
    digits,
    loss,
    losses,
    isComplete,
    difference,
    farthest,
  };
}

/** Signs turn where f is odd, and nothing between the layer and its readers is not. */
function isOdd(
  where: string,
  model: Model,
  layer: string,
  readers: readonly UnitReader[],
): boolean {
  const spec = layerSpecs(where, model).get(layer)!;
  const named = (spec["activation"] ?? "linear") as string | { name: string };
  const { placed } = model.network;
  const isDirect = readers.every(({ name }) => {
    let at = placed.find((reader) => reader.name === name)!;
    while (at.reads[0] !== layer) {
      at = placed.find(({ name: next }) => next === at.reads[0])!;
      if (at.kind !== "dropout" && at.kind !== "flatten" && at.kind !== "avgPool2d") return false;
    }
    return true;
  });
  return isDirect && ODD.includes(typeof named === "string" ? named : named.name);
}

/** The parameters that an arrangement changes, by path. */
function parametersAt(model: Model, layer: string, readers: readonly UnitReader[]) {
  const found = new Map<string, Variable | Tensor>();
  const owner = model.network.placed.find(({ name }) => name === layer)!.shares ?? layer;
  for (const [name, variable] of Object.entries(model.layer(layer))) {
    found.set(`${owner}/${name}`, variable);
  }
  for (const { path, w } of readers) found.set(path, w);
  return new Map(
    [...found].map(([path, t]) => [path, toTensor({ ...t.type, data: t.data.slice() })]),
  );
}

function rearranged(
  own: ReadonlyMap<string, Tensor>,
  readers: readonly UnitReader[],
  { order, signs }: Arrangement,
): Map<string, Tensor> {
  const units = order.length;
  return new Map(
    [...own].map(([path, t]) => {
      const reader = readers.find((other) => other.path === path);
      const data = t.data.slice();
      for (let i = 0; i < data.length; i++) {
        const unit = reader ? reader.channelOf(i) : i % units;
        const step = reader ? t.type.shape.at(-1)! : 1;
        data[i] = signs[unit]! * t.data[i + (order[unit]! - unit) * step]!;
      }
      return [path, toTensor({ ...t.type, data })];
    }),
  );
}

/** The loss over examples as a function of the parameters at some paths. */
function lossOver(
  where: string,
  model: Model,
  { x, y, paths }: { x: RowsOf; y: RowsOf; paths: readonly string[] },
) {
  const { instance } = model;
  const [loss] = model.training.losses;
  const { x: inputs, y: targets } = examplesFor(where, instance, x, y);
  if (inputs.length !== 1 || targets.length !== 1) {
    throw new ArgumentError(`${where}: expected a model of one input and one output`);
  }
  const [input, target] = [toTensor(inputs[0]!), toTensor(targets[0]!)];
  const forward = compile((others: readonly Tensor[], x: Tensor, y: Tensor) => {
    const replaced = new Map(paths.map((path, i) => [path, others[i]!]));
    const params = replaceParams(instance.params.tree, replaced);
    return lossOfResult(loss!, y, applyWith(model, params, x).outputs[0]!);
  });
  return (others: ReadonlyMap<string, Tensor>): number =>
    withCurrent({ engine: instance.engine, recording: false }, () =>
      forward([...others.values()], input, target).item(),
    );
}

function distance(a: ReadonlyMap<string, Tensor>, b: ReadonlyMap<string, Tensor>): number {
  let sum = 0;
  for (const [path, { data }] of a) {
    const other = b.get(path)!.data;
    for (let i = 0; i < data.length; i++) sum += (data[i]! - other[i]!) ** 2;
  }
  return Math.sqrt(sum);
}

function allArrangements(units: number, hasSigns: boolean): Arrangement[] {
  const orders = permutations(Array.from({ length: units }, (_, i) => i));
  const turns = hasSigns ? 2 ** units : 1;
  return orders.flatMap((order) =>
    Array.from({ length: turns }, (_, bits) => ({
      order,
      signs: order.map((_, i) => ((bits >> i) & 1 ? -1 : 1)),
    })),
  );
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

function drawArrangements(units: number, hasSigns: boolean, most: number, rng: Rng): Arrangement[] {
  return Array.from({ length: most }, () => ({
    order: rng.shuffle(Array.from({ length: units }, (_, i) => i)),
    signs: Array.from({ length: units }, () => (hasSigns && rng.uniform() < 0.5 ? -1 : 1)),
  }));
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
