// Windows that slide over the leading axes of an example: their lengths, steps and padding.

import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { Show, Shape as TypedShape } from "../../../shapes/index.ts";

/** One length for both axes, or [height, width]. */
export type WindowSize = number | readonly [number, number];

/** "valid": windows stay inside. "same": one for each step, so that they may reach out. */
export type WindowPadding = "valid" | "same";

/** What slides: for each axis the window's length, the step, and how far apart its places lie. */
export interface Windows {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  /** "valid": only windows that lie inside. All others: one for each step, padded with zeros. */
  readonly padding: string;
}

/** The axes of an example, as errors name them. */
export type ExampleAxes = readonly string[];

export const IMAGE: ExampleAxes = ["height", "width", "channels"];
export const SEQUENCE: ExampleAxes = ["steps", "channels"];

/**
 * An image of other channels. How high and wide it is, no type says: it would have to count and to
 * divide, and `flatten` would forget it. A kernel larger than its input is refused at run time.
 */
export type ImageOf<S, Channels extends number, Op extends string> = S extends TypedShape
  ? number extends S["length"]
    ? any
    : S extends readonly [number, number, number]
      ? [number, number, Channels]
      : `${Op}: expected an example [height, width, channels], received ${Show<S>}`
  : never;

/** One length for each axis that windows slide over. */
export function lengths<N extends 1 | 2>(
  value: WindowSize,
  count: N,
): N extends 1 ? [number] : [number, number] {
  const each = typeof value === "number" ? new Array<number>(count).fill(value) : [...value];
  return each as N extends 1 ? [number] : [number, number];
}

/** @throws ShapeError unless an example has these axes */
export function expectExampleAxes(kind: string, input: Shape, axes: ExampleAxes): void {
  if (input.length === axes.length) return;
  throw new ShapeError(
    `${kind}: expected an example [${axes.join(", ")}], received ${showShape(input)}`,
  );
}

/** From the first place of a window to its last. */
export function spansOf({ size, dilation }: Pick<Windows, "size" | "dilation">): number[] {
  return size.map((n, axis) => (n - 1) * dilation[axis]! + 1);
}

/**
 * How many windows there are along each axis.
 * @param what the window, as errors name it
 * @throws ShapeError where no window fits
 */
export function countWindows(kind: string, what: string, input: Shape, windows: Windows): number[] {
  const { size, strides, padding } = windows;
  return spansOf(windows).map((span, axis, spans) => {
    const length = input[axis]!;
    if (padding !== "valid") return Math.ceil(length / strides[axis]!);
    if (span <= length) return Math.floor((length - span) / strides[axis]!) + 1;
    const spread = span > size[axis]! ? `, dilated to ${spans.join("x")},` : "";
    const named = size.length > 1 ? `${size.join("x")} ${what}` : `${what} of ${size}`;
    throw new ShapeError(
      `${kind}: the ${named}${spread} is larger than its input ${showShape(input)}`,
    );
  });
}
