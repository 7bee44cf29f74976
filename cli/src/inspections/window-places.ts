// How many places a convolution's window has, and would have by other strides and paddings.

import type { ConvolutionCell } from "neurite/inspect";
import { conv2d } from "neurite/nn";
import type { Model } from "neurite/train";
import { table } from "../terminal/table.ts";

type Sides = readonly [height: number, width: number];

export interface WindowPlaces {
  /** The map that the layer reads, and the window, dilation included. */
  readonly reads: Sides;
  readonly window: Sides;
  /** The map that comes of each stride; without padding none where the window is larger than what it reads. */
  readonly maps: readonly {
    readonly stride: number;
    readonly valid: Sides | null;
    readonly same: Sides;
  }[];
}

const STRIDES = [1, 2, 3];

/** Of the layer of a cell. */
export function windowPlacesOf(
  { network }: Model,
  { layer, shape: [height, width], window: { dilation } }: ConvolutionCell,
): WindowPlaces {
  const { reads } = network.placed.find(({ name }) => name === layer)!;
  const before = network.placed.find(({ name }) => name === reads[0]);
  const input = before?.outputShape ?? network.inputShapes[0]!;
  const [rows, columns] = input as readonly [number, number];
  const window = [(height - 1) * dilation[0] + 1, (width - 1) * dilation[1] + 1] as const;
  const mapOf = (strides: number, padding: "valid" | "same") => {
    const moved = conv2d(1, [...window], { strides, padding });
    return moved.outputShape(input).slice(0, 2) as unknown as Sides;
  };
  const fits = window[0] <= rows && window[1] <= columns;
  return {
    reads: [rows, columns],
    window,
    maps: STRIDES.map((stride) => ({
      stride,
      valid: fits ? mapOf(stride, "valid") : null,
      same: mapOf(stride, "same"),
    })),
  };
}

export function placesLines({ reads, window, maps }: WindowPlaces): string[] {
  const sides = (map: Sides | null) => map?.join(" x ") ?? "none";
  return [
    `Places of a window of ${sides(window)} in ${sides(reads)}: the map, by stride and padding`,
    ...table(
      ["stride", "no padding", "zeros around"],
      maps.map(({ stride, valid, same }) => [String(stride), sides(valid), sides(same)]),
    ),
  ];
}
