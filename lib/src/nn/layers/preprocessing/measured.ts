// Data that a layer is fitted to: an array or a tensor, as plain numbers.

import { expectArgument, type Kind } from "../../../checks/arguments.ts";
import type { NdArray } from "../../../ops/define.ts";
import { elementsOf, Tensor } from "../../../runtime/values/tensor.ts";

/** What can be measured: a tensor, or an array { dtype, shape, data } as data sets hold them. */
export type Measured = Tensor | NdArray;

const MEASURED: Kind<Measured> = {
  says: "a tensor or an array { dtype, shape, data } of examples",
  fits: (value) => value instanceof Tensor || isFilled(value),
};

function isFilled(value: unknown): boolean {
  const { shape, data } = (value ?? {}) as { shape?: unknown; data?: ArrayLike<number> };
  return (
    Array.isArray(shape) &&
    ArrayBuffer.isView(data) &&
    shape.reduce((product: number, extent: number) => product * extent, 1) === data.length
  );
}

/**
 * The numbers, and how many stand next to each other along the last axis.
 * @throws ArgumentError for what is no array
 */
export function measured(
  where: string,
  data: Measured,
): { readonly values: ArrayLike<number>; readonly width: number } {
  expectArgument(where, "data", data, MEASURED);
  const [shape, values] =
    data instanceof Tensor ? [data.type.shape, elementsOf(data)] : [data.shape, data.data];
  return { values, width: shape.at(-1) ?? 1 };
}
