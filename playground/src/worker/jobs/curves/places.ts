// Places on an axis, and values with slopes there.

import { fromData, grad, type Tensor } from "neurite";
import type { Places } from "../../../protocol/index.ts";

type FloatType = "float32" | "float64";

/** Places as numbers; both ends are among them. */
export function placesOf(places: Places): number[] {
  if (!("count" in places)) return [...places];
  const { from, to, count } = places;
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

export function columnOf(x: readonly number[], dtype: FloatType = "float64"): Tensor {
  const data = dtype === "float64" ? Float64Array.from(x) : Float32Array.from(x);
  return fromData(data, [x.length], dtype);
}

export interface Sampled {
  readonly values: number[];
  readonly slopes: number[];
}

/** An elementwise function and its derivative, by automatic differentiation. */
export type Sampler = (x: readonly number[]) => Sampled;

export function samplerOf(f: (x: Tensor) => Tensor, dtype: FloatType = "float64"): Sampler {
  const slopes = grad((x: Tensor): Tensor<[]> => f(x).sum());
  return (x) => {
    const at = columnOf(x, dtype);
    return { values: Array.from(f(at).data), slopes: Array.from(slopes(at).data) };
  };
}
