// The section "window": how one cell of a convolution comes about, what pooling keeps, what sharing saves.

import { countExamples, pickExamples } from "neurite/data";
import {
  convolutionCellOf,
  poolingCellOf,
  sharedWeightsOf,
  shiftReportOf,
  strongestOf,
} from "neurite/inspect";
import type { Model } from "neurite/train";
import { UsageError } from "../terminal/failures.ts";
import { forFlag } from "../terminal/names.ts";
import { type InspectContext, inspection, NotHere } from "./section.ts";
import { placesLines, windowPlacesOf } from "./window-places.ts";
import {
  cellLines,
  type FoundWindow,
  poolLines,
  sharedLines,
  windowPictures,
} from "./window-text.ts";

/** Pictures that are moved. */
const MOVED = 100;

export const window = inspection<FoundWindow>({
  id: "window",
  title: "The window of a convolution",
  look: ({ model, data, row, place }: InspectContext) => {
    const layer = layerOf(model, place.layer);
    if (layer === null) {
      const { layer: asked } = place;
      return new NotHere(
        asked === undefined ? "it has no conv2d layer" : `${asked} is no conv2d layer`,
      );
    }
    if (countExamples(data.test) === 0) return new NotHere("there are no test examples");
    const one = pickExamples(data.test, [row]).x;
    const { at, filter } = placeIn(model, one, layer, place);
    const cell = forFlag("--at", () => convolutionCellOf(model, one, { layer, at, filter }));
    const [height, width, channels] = cell.shape;
    const channelSums = Array.from({ length: channels }, (_, c) => {
      let sum = 0;
      for (let i = 0; i < height * width; i++) sum += cell.products[i * channels + c]!;
      return sum;
    });
    const sizes = channelSums.map(Math.abs);
    const pool = poolBehind(model, layer);
    const moved = Math.min(MOVED, countExamples(data.test));
    const some = pickExamples(
      data.test,
      Array.from({ length: moved }, (_, i) => i),
    ).x;
    return {
      cell,
      channel: sizes.indexOf(Math.max(...sizes)),
      channelSums,
      pool:
        pool &&
        poolingCellOf(model, one, { layer: pool.name, at: poolPlace(pool, at), channel: filter }),
      shift: pool && shiftReportOf(model, some, { layer: pool.name }),
      places: windowPlacesOf(model, cell),
      shared: sharedWeightsOf(model),
    };
  },
  text: (found) => [
    ...cellLines(found),
    "",
    ...placesLines(found.places),
    "",
    ...poolLines(found),
    "",
    ...sharedLines(found.shared),
  ],
  html: (found, context) => windowPictures(found, context),
});

/** The layer that was asked for, or the first convolution. */
function layerOf({ network }: Model, asked: string | undefined): string | null {
  const found = network.placed.filter(({ kind }) => kind === "conv2d");
  if (asked === undefined) return found[0]?.name ?? null;
  if (found.some(({ name }) => name === asked)) return asked;
  return null;
}

/** What was asked for, or the cell of the example that is largest. */
function placeIn(
  model: Model,
  one: InspectContext["data"]["test"]["x"],
  layer: string,
  { at, channel }: InspectContext["place"],
): { at: readonly [number, number]; filter: number } {
  const channels = model.network.placed.find(({ name }) => name === layer)!.outputShape[2]!;
  if (channel !== undefined && channel >= channels) {
    throw new UsageError(
      `--channel: expected 0 to ${channels - 1} of ${layer}, received ${channel}`,
    );
  }
  if (at !== undefined) return { at, filter: channel ?? 0 };
  const units = channel === undefined ? {} : { units: [channel] };
  const found = strongestOf(model, one, { layer, most: 1, ...units });
  const best = found.reduce((a, b) => (largest(b) > largest(a) ? b : a));
  const [row = 0, column = 0] = best.responses[0]?.at ?? [];
  return { at: [row, column], filter: best.unit };
}

function largest({ responses }: { responses: readonly { readonly value: number }[] }): number {
  return responses[0]?.value ?? Number.NEGATIVE_INFINITY;
}

/** The pooling layer that reads a convolution directly. */
function poolBehind({ network }: Model, layer: string) {
  const next = network.placed.find(({ reads }) => reads.includes(layer));
  return next && /Pool2d$/.test(next.kind) ? next : null;
}

/** The pooled cell whose window is nearest to where a cell lies. */
function poolPlace(
  { outputShape }: { outputShape: readonly number[] },
  at: readonly [number, number],
): [number, number] {
  return [Math.min(outputShape[0]! - 1, at[0] >> 1), Math.min(outputShape[1]! - 1, at[1] >> 1)];
}
