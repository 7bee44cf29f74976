// The three partial derivatives of a layer z = W a + b, a' = sigma(z), as matrices.

import { eye, grad, jacobian, type Tensor, tensor } from "neurite";

export interface Values {
  readonly z1: number;
  readonly z2: number;
  readonly i: number;
  readonly j: number;
}

const w = tensor(
  [
    [0.5, -1, 2],
    [1, 0.25, -0.5],
  ],
  "float64",
) as Tensor;
const a = tensor([0.2, 0.5, 1], "float64") as Tensor;
/** The error term of the layer, as the layers above would send it. */
const delta = tensor([0.3, -0.2], "float64") as Tensor;

const rows = (matrix: Tensor): number[][] =>
  Array.from({ length: matrix.shape[0]! }, (_, i) => Array.from(matrix.at(i).data));

export function run({ z1, z2, i, j }: Values) {
  const z = tensor([z1, z2], "float64") as Tensor;
  // The bias that gives these net inputs.
  const b = z.sub(w.matmul(a)) as Tensor;
  const byBias = jacobian((b) => w.matmul(a).add(b))(b);
  const byNetInput = jacobian((z) => z.sigmoid())(z);
  const byInput = jacobian((a) => w.matmul(a).add(b))(a);
  // [units of z, rows of W, columns of W]: dz/dw_ij is one of its columns.
  const byWeights = jacobian((w) => w.matmul(a).add(b))(w);
  const byOneWeight = byWeights.at(":", i - 1, j - 1);
  const gradient = grad((w: Tensor): Tensor<[]> => delta.mul(w.matmul(a).add(b)).sum())(w);
  return {
    numbers: {
      offIdentity: byBias.sub(eye(2, "float64")).abs().max().item(),
      axes: byBias.rank,
      s1: byNetInput.at(0, 0).item(),
      s2: byNetInput.at(1, 1).item(),
      inner: byOneWeight.mul(delta).sum().item(),
      product: delta
        .at(i - 1)
        .mul(a.at(j - 1))
        .item(),
      byRule: gradient.at(i - 1, j - 1).item(),
    },
    tables: {
      byBias: rows(byBias),
      byNetInput: rows(byNetInput),
      byInput: rows(byInput),
      byOneWeight: [Array.from(byOneWeight.data), Array.from(delta.data)],
    },
  };
}
