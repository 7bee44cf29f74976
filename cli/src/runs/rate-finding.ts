// neurite train --find-rate: a range test of learning rates, as a picture in plain text.

import { findRate, type RateRange } from "neurite/train";
import { figure } from "../terminal/progress.ts";
import type { Prepared } from "./training.ts";

const ROWS = 25;
const WIDTH = 40;

/** The range test of a run that is prepared; its model stays as it is. */
export async function rangeOf({ spec, model, data }: Prepared): Promise<RateRange> {
  const { batchSize, accumulate = 1 } = spec.training;
  return await findRate(model, data.train.x, data.train.y, { batchSize, accumulate });
}

/** A bar a rate, as long as the smoothed loss is high, and what follows from it. */
export function rangeTold({ rates, smoothed, suggestion }: RateRange): string[] {
  const least = Math.min(...smoothed);
  const first = smoothed[0] ?? 0;
  const spread = Math.max(first - least, Number.MIN_VALUE);
  const every = Math.max(1, Math.ceil(rates.length / ROWS));
  const shown = rates.map((_, i) => i).filter((i) => i % every === 0 || rates[i] === suggestion);
  const bars = shown.map((i) => {
    const length = Math.round((WIDTH * (smoothed[i]! - least)) / spread);
    // What left for good is cut off at one and a half times where it began.
    const bar = "#".repeat(Math.max(1, Math.min(length, 1.5 * WIDTH)));
    const mark = rates[i] === suggestion ? "  < falls most" : "";
    return `${written(rates[i]!).padStart(8)}  ${figure("loss", smoothed[i]!).padStart(8)}  ${bar}${mark}`;
  });
  return [
    `${"rate".padStart(8)}  ${"loss".padStart(8)}`,
    ...bars,
    ...(suggestion === null
      ? ["The loss fell at no rate: the network, the loss or the data may be the matter."]
      : [
          `Suggested rate: ${written(suggestion)}, where the loss falls most (Smith 2017). Nothing was trained.`,
          `Next, the same command with --learning-rate ${written(suggestion)} in place of --find-rate.`,
        ]),
  ];
}

/** Two digits, as a flag takes them. */
function written(rate: number): string {
  return String(Number(rate.toPrecision(2)));
}
