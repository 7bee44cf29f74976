// What backpropagation found, layer by layer, in a few numbers: sizes, shares, shifts.

import { expectArgument, type Kind, object } from "../../checks/arguments.ts";
import type { Activation } from "../../nn/activations/activation.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import type { Backpropagation, LayerErrors } from "../model/backpropagation.ts";
import { slopeOf } from "../model/slope.ts";
import { type Moments, momentsOf, normOf } from "./numbers.ts";

/** One layer in numbers. */
export interface LayerStatistics {
  readonly name: string;
  readonly kind: string;
  /** The name of the activation; null where there is none, or no function of z alone. */
  readonly activation: string | null;
  /** Of the net inputs: their mean is the shift of the layer, against which its biases begin at 0. */
  readonly z: Moments | null;
  /**
   * How far units are shifted: the usual distance of a unit's mean z from 0, in usual deviations of z within a
   * unit. Null without z, and where z does not vary.
   */
  readonly shift: number | null;
  readonly a: Moments;
  /** Of delta = dC_x/dz. */
  readonly delta: Moments | null;
  /** The share of activations that are exactly 0: how sparse the layer is. */
  readonly zeros: number;
  /** The share of slopes f'(z) that are flat; see FLAT. Null where f is not applied element by element. */
  readonly flat: number | null;
  /** Units (of images: channels) that are flat for every example; null as `flat` is. */
  readonly dead: readonly number[] | null;
  /** How many units there are. */
  readonly units: number;
  readonly gradients: readonly GradientStatistics[];
}

/** The gradient of one parameter. */
export interface GradientStatistics {
  /** As "w" or "b". */
  readonly name: string;
  /** Its Euclidean length. */
  readonly length: number;
  readonly moments: Moments;
}

/**
 * A slope is flat below this share of the steepest one of its function: that of the sigmoid at |z| = 5, where
 * Nielsen (chapter 3) calls a unit saturated, or of tanh at 2.5. What is 0, as that of a ReLU left of 0, is flat.
 */
export const FLAT: number = 4 * 0.006648056670790033;

const FOUND: Kind<Backpropagation> = {
  says: "what backpropagationOf() gives",
  fits: (value) => object.fits(value) && Array.isArray((value as Backpropagation).layers),
};

/** Every layer of a model in numbers, from what backpropagation found. */
export function statisticsOf(found: Backpropagation): LayerStatistics[] {
  expectArgument("statisticsOf", "found", found, FOUND);
  return found.layers.map(layerStatistics);
}

function layerStatistics(layer: LayerErrors): LayerStatistics {
  const { delta, gradients } = layer;
  return {
    ...unitStatistics(layer),
    delta: delta && momentsOf(numbersOf(delta)),
    gradients: [...gradients].map(([parameter, gradient]) => ({
      name: parameter,
      length: normOf(numbersOf(gradient)),
      moments: momentsOf(numbersOf(gradient)),
    })),
  };
}

/** What a layer's units say, without its gradients. */
export type UnitStatistics = Omit<LayerStatistics, "delta" | "gradients">;

export function unitStatistics(layer: LayerErrors): UnitStatistics {
  const { name, kind, activation, a, z, slope } = layer;
  const slopes = slope && flatness(slope, FLAT * steepestOf(activation!));
  return {
    name,
    kind,
    activation: activation?.name ?? null,
    z: z && momentsOf(numbersOf(z)),
    shift: z && shiftOf(z),
    a: momentsOf(numbersOf(a)),
    zeros: shareOfZeros(numbersOf(a)),
    flat: slopes ? slopes.share : null,
    dead: slopes ? slopes.dead : null,
    units: (z ?? a).shape.at(-1) ?? 1,
  };
}

function numbersOf({ data }: Tensor): ArrayLike<number> {
  return data;
}

function shiftOf(z: Tensor): number | null {
  const values = numbersOf(z);
  const units = z.shape.at(-1) ?? 1;
  const rows = values.length / units;
  let [means, variances] = [0, 0];
  for (let unit = 0; unit < units; unit++) {
    let [sum, squares] = [0, 0];
    for (let i = unit; i < values.length; i += units) {
      sum += values[i]!;
      squares += values[i]! * values[i]!;
    }
    means += (sum / rows) ** 2;
    variances += Math.max(0, squares / rows - (sum / rows) ** 2);
  }
  return variances > 0 ? Math.sqrt(means / variances) : null;
}

function shareOfZeros(values: ArrayLike<number>): number {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === 0) zeros++;
  return values.length === 0 ? 0 : zeros / values.length;
}

/** The share of slopes that are flat, and the units all of whose slopes are. NaN is not flat. */
function flatness(slope: Tensor, below: number) {
  const values = numbersOf(slope);
  const units = slope.shape.at(-1)!;
  const alive = new Array<boolean>(units).fill(false);
  let flat = 0;
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) < below) flat++;
    else alive[i % units] = true;
  }
  const dead = alive.flatMap((lives, unit) => (lives || values.length === 0 ? [] : [unit]));
  return { share: values.length === 0 ? 0 : flat / values.length, dead };
}

/** By function, since it is asked of each many times. */
const steepest = new WeakMap<Activation, number>();
/** Beyond it no built-in function is at its steepest. */
const REACH = 8;

/** The largest |f'(z)| from -8 to 8, in steps of 1/16; the slope at 0 is that which autodiff takes. */
export function steepestOf(activation: Activation): number {
  const known = steepest.get(activation);
  if (known !== undefined) return known;
  const places = Float64Array.from({ length: 32 * REACH + 1 }, (_, i) => i / 16 - REACH);
  const slopes = slopeOf(activation, fromData(places, [places.length], "float64"));
  const found = momentsOf(numbersOf(slopes)).largest;
  steepest.set(activation, found);
  return found;
}
