// The sizes and the padding of windows, which convolution and pooling share.

import { count, type Kind, listOf, number } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import type { Pair } from "../../ir/op-table.ts";
import { showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/** "valid" (none), "same" (output = input / stride, rounded up), or [[top, bottom], [left, right]]. */
export type Padding = "valid" | "same" | readonly [Pair, Pair];

export const isPairOf = (x: unknown, kind: Kind): boolean =>
  listOf(kind).fits(x) && (x as Pair).length === 2;

export const sizesKind: Kind<number | Pair> = {
  says: "a whole number above 0, or a pair of them",
  fits: (x) => count.fits(x) || isPairOf(x, count),
};
// What its numbers are, and which names there are, resolvePadding() says.
export const paddingKind: Kind<never> = {
  says: '"valid", "same" or [[top, bottom], [left, right]]',
  fits: (x) => typeof x === "string" || isPairOf(x, { says: "", fits: (y) => isPairOf(y, number) }),
};

export function resolvePadding(
  op: string,
  padding: Padding,
  size: Pair,
  window: Pair,
  strides: Pair,
): readonly [Pair, Pair] {
  if (padding === "valid")
    return [
      [0, 0],
      [0, 0],
    ];
  if (padding !== "same") {
    if (typeof padding === "string") throw unknownName("padding", padding, ["valid", "same"]);
    if (padding.flat().every((n) => Number.isInteger(n) && n >= 0)) return padding;
    throw new ArgumentError(
      `${op}: expected padding of whole numbers >= 0, ` +
        `received [${padding.map(showShape).join(", ")}]`,
    );
  }
  const along = (i: 0 | 1): Pair => {
    const outputs = Math.ceil(size[i] / strides[i]);
    const total = Math.max((outputs - 1) * strides[i] + window[i] - size[i], 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [along(0), along(1)];
}

export function pairOf(x: number | Pair): Pair {
  return typeof x === "number" ? [x, x] : x;
}

export function expectRank(op: string, x: Tensor, rank: number, axes: string): void {
  if (x.rank === rank) return;
  throw new ShapeError(`${op}: expected ${axes}, received shape ${showShape(x.shape)}`);
}
