// Windows that slide over the leading axes of an example: their lengths, steps and padding.

import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { Fn, Show, Shape as TypedShape } from "../../../shapes/index.ts";

/** One length for both axes, or [height, width]. */
export type WindowSize = number | readonly [number, number];

/** One length for all three axes, or [depth, height, width]. */
export type VolumeSize = number | readonly [number, number, number];

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
export const VOLUME: ExampleAxes = ["depth", "height", "width", "channels"];

/** How many axes of an example windows slide over. */
export type Dimensions = 1 | 2 | 3;
export const AXES_OF: Readonly<Record<Dimensions, ExampleAxes>> = {
  1: SEQUENCE,
  2: IMAGE,
  3: VOLUME,
};

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

interface RankError {
  1: "[steps, channels]";
  2: "[height, width, channels]";
  3: "[depth, height, width, channels]";
}

/** A sequence, an image or a volume of other channels; as of images, no type says how long its axes are. */
export type ExampleOf<
  D extends Dimensions,
  S,
  Channels extends number,
  Op extends string,
> = S extends TypedShape
  ? number extends S["length"]
    ? any
    : S extends Readonly<ByDimensions<number>[D]>
      ? ByDimensions<Channels>[D]
      : `${Op}: expected an example ${RankError[D]}, received ${Show<S>}`
  : never;

interface ByDimensions<Channels extends number> {
  1: [number, Channels];
  2: [number, number, Channels];
  3: [number, number, number, Channels];
}

/** What pools, pads, crops or enlarges: an example of as many axes and of the same channels. */
export interface SameChannels<D extends Dimensions, Op extends string> extends Fn {
  readonly out: ExampleOf<D, this["in"], ChannelsOf<this["in"]>, Op>;
}

/** The last length of a shape. */
export type ChannelsOf<S> = S extends readonly [...TypedShape, infer C extends number] ? C : number;

interface Lengths {
  1: [number];
  2: [number, number];
  3: [number, number, number];
}

/** One length for each axis that windows slide over. */
export function lengths<N extends Dimensions>(
  value: number | readonly number[],
  count: N,
): Lengths[N] {
  const each = typeof value === "number" ? new Array<number>(count).fill(value) : [...value];
  return each as Lengths[N];
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
