// Layers that merge several inputs into one.

import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import {
  addLayer,
  averageLayer,
  concatenateLayer,
  type Merge,
  mergeFromSpec,
  multiplyLayer,
} from "../index.ts";

describe("merge layers", () => {
  const a: Tensor = fromData(new Float64Array([1, 2, 3, 4]), [2, 2]);
  const b: Tensor = fromData(new Float64Array([5, 6, 7, 8]), [2, 2]);
  const cases: [string, Merge, unknown][] = [
    [
      "add",
      addLayer(),
      [
        [6, 8],
        [10, 12],
      ],
    ],
    [
      "multiply",
      multiplyLayer(),
      [
        [5, 12],
        [21, 32],
      ],
    ],
    [
      "average",
      averageLayer(),
      [
        [3, 4],
        [5, 6],
      ],
    ],
    [
      "concatenate",
      concatenateLayer(),
      [
        [1, 2, 5, 6],
        [3, 4, 7, 8],
      ],
    ],
  ];
  it.each(cases)("%s", (_kind, layer, expected) => {
    expect(layer.merge([a, b]).toArray()).toEqual(expected);
    expect(layer.outputShape([[2], [2]])).toEqual(layer.merge([a, b]).shape.slice(1));
    expect(mergeFromSpec(layer.spec!).kind).toBe(layer.kind);
    expect(() => layer.outputShape([[2], [3, 1]])).toThrow("do not fit together");
    expect(() => layer.outputShape([])).toThrow("expected at least one input");
  });
});
