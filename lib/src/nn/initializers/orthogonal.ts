// Weights whose rows or columns stand at right angles (Saxe et al. 2014). Reads what it draws, so it
// cannot be traced.

import { ShapeError } from "../../checks/errors.ts";
import { allocate } from "../../ir/dtype.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import { fromData } from "../../tensor/create.ts";
import { normal } from "../../tensor/random.ts";
import { type InitializerFamily, initializerFamily } from "./initializer.ts";

/** A random orthogonal matrix times gain; all axes but the last count as rows. */
export const orthogonal: InitializerFamily = initializerFamily(
  { gain: 1 },
  ({ key, shape, dtype }, { gain }) => {
    if (shape.length < 2) {
      throw new ShapeError(`orthogonal: expected at least two axes, received ${showShape(shape)}`);
    }
    const columns = shape.at(-1)!;
    const rows = sizeOf(shape.slice(0, -1));
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const drawn = normal(key, [count, length], { dtype: "float64" }).data;
    const vectors = Array.from({ length: count }, (_, i) =>
      Float64Array.from(drawn.subarray(i * length, (i + 1) * length)),
    );
    orthonormalize(vectors);
    const data = allocate(dtype, rows * columns);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        data[r * columns + c] = gain * (rows < columns ? vectors[r]![c]! : vectors[c]![r]!);
      }
    }
    return fromData(data, shape);
  },
);

/** Gram and Schmidt's procedure in place, each vector twice, which is enough (Kahan, in Parlett). */
function orthonormalize(vectors: readonly Float64Array[]): void {
  vectors.forEach((v, i) => {
    for (let pass = 0; pass < 2; pass++) {
      for (const u of vectors.slice(0, i)) {
        const along = dot(u, v);
        for (let k = 0; k < v.length; k++) v[k]! -= along * u[k]!;
      }
    }
    const norm = Math.sqrt(dot(v, v));
    for (let k = 0; k < v.length; k++) v[k]! /= norm;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
  return total;
}
