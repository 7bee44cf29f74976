// What a model makes of the plane: its outputs at every cell of a square.

import {
  count,
  expectArgument,
  finite,
  instance,
  type Kind,
  listOf,
  object,
} from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import type { Examples } from "../../data/dataset.ts";
import { showType } from "../../ir/type.ts";
import { Model } from "../../train/model/model.ts";
import { type Predictions, predictionsOf } from "./predictions.ts";

/** A square part of the plane. */
export interface PlaneWindow {
  readonly center: readonly [x: number, y: number];
  /** From the centre to each side. */
  readonly reach: number;
}

/** Outputs over a square, row by row from the top left. */
export interface DecisionSurface extends Predictions {
  readonly window: PlaneWindow;
  /** How many there are to a side. */
  readonly cells: number;
}

const WINDOW: Kind = {
  says: "a window { center: [x, y], reach }",
  fits: (value) => {
    if (!object.fits(value)) return false;
    const { center, reach } = value as PlaneWindow;
    return listOf(finite).fits(center) && center.length === 2 && finite.fits(reach) && reach > 0;
  },
};

/** A tenth more than the points need, so that none lies on an edge. */
const MARGIN = 1.1;

/**
 * The square that holds all points, with a margin.
 * @param parts examples whose x is [n, 2]
 * @throws ShapeError for examples that are no points
 */
export function windowOf(...parts: readonly Pick<Examples, "x">[]): PlaneWindow {
  expectArgument("windowOf", "parts", parts, listOf(object));
  const bounds = [0, 1].map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (const { x } of parts) {
      if (x?.shape?.length !== 2 || x.shape[1] !== 2) {
        throw new ShapeError(
          `windowOf: expected points x [n, 2], received ${x ? showType(x) : "none"}`,
        );
      }
      for (let i = axis; i < x.data.length; i += 2) {
        low = Math.min(low, x.data[i]!);
        high = Math.max(high, x.data[i]!);
      }
    }
    return low > high
      ? { center: 0, half: 0 }
      : { center: (low + high) / 2, half: (high - low) / 2 };
  });
  const [x, y] = bounds as [(typeof bounds)[0], (typeof bounds)[0]];
  return { center: [x.center, y.center], reach: MARGIN * Math.max(x.half, y.half, 1e-3) };
}

/**
 * What a compiled model of two inputs gives for the middle of every cell: values [cells * cells, outputs],
 * as `predictionsOf` gives them.
 * @throws ShapeError (as a rejection) for a model of other inputs
 */
export async function decisionSurfaceOf(
  model: Model,
  window: PlaneWindow,
  cells = 120,
): Promise<DecisionSurface> {
  expectArgument("decisionSurfaceOf", "model", model, instance("a model", Model));
  expectArgument("decisionSurfaceOf", "window", window, WINDOW);
  expectArgument("decisionSurfaceOf", "cells", cells, count);
  const { center, reach } = window;
  const at = (i: number) => reach * ((2 * (i + 0.5)) / cells - 1);
  const data = Float32Array.from({ length: cells * cells * 2 }, (_, i) => {
    const cell = i >> 1;
    return i % 2 === 0 ? center[0] + at(cell % cells) : center[1] - at(Math.floor(cell / cells));
  });
  const x = { dtype: "float32", shape: [cells * cells, 2], data } as const;
  return { ...(await predictionsOf(model, x)), window, cells };
}
