// What is left of a model as parts of it are taken away: memory that lies in all connections fails gently.

import {
  count,
  expectOptions,
  type Kinds,
  listOf,
  notNegative,
  oneOf,
  text,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Examples } from "../../data/dataset.ts";
import { Rng } from "../../data/random.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { rowsBetween, toTensor } from "../../train/batches/examples.ts";
import type { Model } from "../../train/model/model.ts";
import { labelsOf, outputShares } from "../model/predictions.ts";
import { applyWith, layerOf, oneInput, replaceParams } from "./layer-outputs.ts";
import { readersOf } from "./readers.ts";

/** How well a model does without some of its parts. */
export interface DamagedAccuracy {
  /** Units deleted, or the share of weights put to 0. */
  readonly amount: number;
  /** One for each draw. */
  readonly accuracies: readonly number[];
  readonly mean: number;
  readonly worst: number;
}

/** What damage does to a layer. */
export interface Damage {
  readonly layer: string;
  readonly of: "units" | "weights";
  /** How many units, or weights, the layer has. */
  readonly parts: number;
  readonly whole: number;
  readonly amounts: readonly DamagedAccuracy[];
}

/** Options of damageOf(). */
export interface DamageOptions {
  readonly layer: string;
  /** Units with all that they send, or single weights of the layer; units by default. */
  readonly of?: "units" | "weights";
  /** Numbers of units, or shares of weights; by default tenths of them. */
  readonly amounts?: readonly number[];
  /** Which parts go is drawn so many times for each amount; 5 by default. */
  readonly draws?: number;
  readonly seed?: number;
}

const OPTIONS: Kinds<DamageOptions> = {
  layer: text,
  of: oneOf("units", "weights"),
  amounts: listOf(notNegative),
  draws: count,
  seed: whole,
};

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const BATCH = 256;

/**
 * Accuracy over examples after units of a layer were deleted, or weights of it put to 0, drawn at random.
 * A deleted unit sends nothing to any layer that reads it. The model itself stays as it is.
 * (Rumelhart and McClelland 1986, on memories spread over all connections. Of 784-100-10 nets of six seeds, 97.1 to 97.8 %
 * right, 95.6 to 96.9 % is left on average without 10 hidden units, 76.8 to 83.0 % without 50, and 95.5 to 96.6 % with 30 % of
 * the first weights put to 0: `neurite reproduce distributed-memory --full`.)
 * @throws ArgumentError for a layer without weights, amounts it does not have, and layers whose readers
 * mix units with those of others
 */
export function damageOf(
  model: Model,
  examples: Pick<Examples, "x" | "y">,
  options: DamageOptions,
): Damage {
  const where = "damageOf";
  expectOptions(where, options, OPTIONS, ["layer"]);
  const { layer, of = "units", draws = 5, seed = 0 } = options;
  const placed = layerOf(where, model, layer);
  const { w } = model.layer(layer);
  if (!w) throw new ArgumentError(`${where}: "${layer}" has no weights w to damage`);
  const parts = of === "units" ? placed.outputShape.at(-1)! : w.data.length;
  const amounts =
    options.amounts ?? TENTHS.map((t) => (of === "units" ? Math.max(1, Math.round(t * parts)) : t));
  for (const amount of amounts) expectAmount(where, of, amount, parts);
  const accuracy = accuracyUnder(where, model, examples);
  const rng = new Rng(seed);
  const order = Array.from({ length: parts }, (_, part) => part);
  const damaged = (amount: number): number => {
    const gone = rng.shuffle(order).slice(0, of === "units" ? amount : Math.round(amount * parts));
    if (of === "units") return accuracy(withoutUnits(where, model, layer, gone));
    return accuracy(new Map([[`${ownerOf(model, layer)}/w`, without(w, gone)]]));
  };
  return {
    layer,
    of,
    parts,
    whole: accuracy(new Map()),
    amounts: [...new Set(amounts)].map((amount) => {
      const accuracies = Array.from({ length: draws }, () => damaged(amount));
      const mean = accuracies.reduce((a, b) => a + b, 0) / draws;
      return { amount, accuracies, mean, worst: Math.min(...accuracies) };
    }),
  };
}

function expectAmount(where: string, of: "units" | "weights", amount: number, parts: number): void {
  if (of === "weights" ? amount <= 1 : Number.isInteger(amount) && amount <= parts) return;
  const wanted =
    of === "weights" ? "shares of weights from 0 to 1" : `whole numbers of units up to ${parts}`;
  throw new ArgumentError(`${where}: expected amounts to be ${wanted}, received ${amount}`);
}

/** The place under whose name the variables of a layer are. */
export function ownerOf(model: Model, layer: string): string {
  return model.network.placed.find(({ name }) => name === layer)?.shares ?? layer;
}

/** The parameters that change as units send nothing any more. */
function withoutUnits(
  where: string,
  model: Model,
  layer: string,
  units: readonly number[],
): Map<string, Tensor> {
  const gone = new Set(units);
  return new Map(
    readersOf(where, model, layer).map(({ path, w, channelOf }) => {
      const places = Array.from({ length: w.data.length }, (_, i) => i);
      return [
        path,
        without(
          w,
          places.filter((place) => gone.has(channelOf(place))),
        ),
      ] as const;
    }),
  );
}

function without(w: Tensor, places: readonly number[]): Tensor {
  const data = w.data.slice();
  for (const place of places) data[place] = 0;
  return toTensor({ ...w.type, data });
}

/** Accuracy over examples as a function of the parameters that are others. */
function accuracyUnder(where: string, model: Model, examples: Pick<Examples, "x" | "y">) {
  const rows = oneInput(where, model, examples.x);
  const labels = labelsOf(examples);
  const { engine, params } = model.instance;
  const programs = new Map<string, (others: readonly Tensor[], x: Tensor) => Tensor>();
  return (others: ReadonlyMap<string, Tensor>): number => {
    const paths = [...others.keys()];
    const id = paths.join(" ");
    return withCurrent({ engine, recording: false }, () => {
      const forward =
        programs.get(id) ??
        compile((tensors: readonly Tensor[], x: Tensor) => {
          const replaced = new Map(paths.map((path, i) => [path, tensors[i]!]));
          return outputShares(
            model,
            applyWith(model, replaceParams(params.tree, replaced), x).outputs[0]!.y,
          );
        });
      programs.set(id, forward);
      let right = 0;
      for (let from = 0; from < labels.length; from += BATCH) {
        const batch = rowsBetween(rows, from, Math.min(from + BATCH, labels.length));
        const { type, data } = forward([...others.values()], toTensor(batch));
        const outputs = type.shape[1]!;
        for (let row = 0; row < type.shape[0]!; row++) {
          const shares = data.subarray(row * outputs, (row + 1) * outputs);
          if (classOf(shares) === labels[from + row]) right++;
        }
      }
      return right / labels.length;
    });
  };
}

/** The class of some probabilities; a single one is that of class 1. */
function classOf(shares: ArrayLike<number>): number {
  if (shares.length === 1) return shares[0]! > 0.5 ? 1 : 0;
  let best = 0;
  for (let c = 1; c < shares.length; c++) if (shares[c]! > shares[best]!) best = c;
  return best;
}
