// Decoupled decay: parameters that shrink a little at every update, all of them or chosen ones.

import {
  either,
  func,
  type Kind,
  type Kinds,
  listOf,
  notNegative,
  oneOf,
  text,
  worded,
} from "../../checks/arguments.ts";
import { unknownName } from "../../checks/nearest.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { cast, mul, sub } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import { joinPath, tensorsByPath } from "../network/params.ts";
import type { UpdateArguments } from "./optimizer.ts";

/**
 * Which parameters decay: all; the weights that a network names, so that no bias, scale or offset does;
 * those of some layers or paths, as ["dense1", "dense2/w"]; or those for whose path a function says true.
 */
export type Decayed = "all" | "weights" | readonly string[] | ((path: string) => boolean);

export const DECAYED: Kind<Decayed> = worded(
  '"all", "weights", a list of names, or a function of a path',
  either(oneOf("all", "weights"), either(listOf(text), func)),
) as Kind<Decayed>;

/** The options of a decoupled decay. */
export interface DecayOfChosen {
  /** Parameters shrink by rate * weightDecay. */
  readonly weightDecay?: number;
  /** "all" by default. */
  readonly decayOn?: Decayed;
}

export const DECAY_KINDS: Kinds<DecayOfChosen> = { weightDecay: notNegative, decayOn: DECAYED };

/**
 * p - rate * decay * p at the chosen parameters (Loshchilov and Hutter 2019).
 * @param where the optimizer, as errors name it
 * @throws ArgumentError for a name that no parameter has
 */
export function shrink(
  where: string,
  { params, learningRate, weights }: UpdateArguments,
  { weightDecay, decayOn }: Required<DecayOfChosen>,
): Params {
  if (weightDecay === 0) return params;
  const isChosen = chooser(where, decayOn, params, weights);
  const visit = (tree: Params, path: string): Params =>
    Object.fromEntries(
      Object.entries(tree).map(([name, value]) => {
        const at = joinPath(path, name);
        if (!(value instanceof Tensor)) return [name, visit(value, at)];
        if (!isChosen(at, value)) return [name, value];
        const rate = cast(learningRate, value.dtype);
        return [name, sub(value, mul(mul(value, weightDecay), rate))];
      }),
    );
  return visit(params, "");
}

function chooser(
  where: string,
  chosen: Decayed,
  params: Params,
  weights: ReadonlySet<string> | undefined,
): (path: string, value: Tensor) => boolean {
  if (chosen === "all") return () => true;
  // Outside of a network nobody names the weights: they are what has two axes or more, as in most layers.
  if (chosen === "weights") return (path, { rank }) => weights?.has(path) ?? rank >= 2;
  if (typeof chosen === "function") return chosen;
  const paths = [...tensorsByPath(where, params).keys()];
  const isIn = (path: string, name: string) => path === name || path.startsWith(`${name}/`);
  const lost = chosen.find((name) => !paths.some((path) => isIn(path, name)));
  if (lost !== undefined) {
    const layers = new Set(paths.map((path) => path.split("/", 1)[0]!));
    throw unknownName(`parameter to decay in ${where},`, lost, [...layers, ...paths]);
  }
  return (path) => chosen.some((name) => isIn(path, name));
}
