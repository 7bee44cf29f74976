// Class labels are checked before a compiled step sees them: a program cannot refuse a number.

import { ArgumentError } from "../ir/errors.ts";
import type { Network } from "../nn/network.ts";
import type { NdArray } from "../ops/define.ts";
import type { Training } from "./instance.ts";

/** @throws ArgumentError for a label that no output stands for */
export function expectLabels(
  what: string,
  { outputShapes }: Network,
  { losses }: Pick<Training, "losses">,
  targets: readonly NdArray[],
): void {
  losses.forEach((loss, i) => {
    if (loss.name !== "sparseCategoricalCrossentropy") return;
    const classes = outputShapes[i]!.at(-1) ?? 0;
    const { data } = targets[i]!;
    for (let row = 0; row < data.length; row++) {
      const label = data[row]!;
      if (label >= 0 && label < classes) continue;
      throw new ArgumentError(
        `${what}: expected labels from 0 to ${classes - 1}, received ${label} at example ${row}`,
      );
    }
  });
}
