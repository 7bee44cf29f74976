// Constant tensors that the runtime itself needs.

import { allocate, type DType } from "../../ir/dtype.ts";
import { Tensor } from "./tensor.ts";

/** The scalar `value`; for bool, anything but 0 is true. */
export function scalar(value: number, dtype: DType): Tensor<[]> {
  const known = allocate(dtype, 1);
  known[0] = dtype === "bool" ? Number(value !== 0) : value;
  return new Tensor<[]>({ type: { dtype, shape: [] }, known });
}

export function one(dtype: DType): Tensor<[]> {
  return scalar(1, dtype);
}

/** The n unit vectors, each shaped like `shape` with n = its size: [n, ...shape]. */
export function basis(shape: readonly number[], dtype: DType): Tensor {
  const n = shape.reduce((size, dim) => size * dim, 1);
  const known = allocate(dtype, n * n);
  for (let i = 0; i < n; i++) known[i * n + i] = 1;
  return new Tensor({ type: { dtype, shape: [n, ...shape] }, known });
}
