// NNDL section 4.4: the three partial derivatives of a layer as matrices, and the error term out of them.

import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { jacobian } from "../../../runtime/derivatives/jacobian.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, tensor } from "../../../tensor/create.ts";
import { add, mul, sigmoid, square, sub } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { reshape, transpose } from "../../../tensor/movement.ts";
import { sum } from "../../../tensor/reduce.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import { experimentPoint, type Parameters, real, reals } from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface ThreePartialsPoint {
  readonly z: readonly number[];
  readonly weights: readonly number[];
  readonly biases: readonly number[];
  readonly target: number;
}

/** The point of this experiment: two units below, two above. */
export const PARAMETERS: Parameters<ThreePartialsPoint> = {
  z: reals("net inputs of the layer below", [0, 2]),
  weights: reals("w11, w12, w21, w22 of the layer above", [1, -2, 3, 0.5]),
  biases: reals("its biases", [0.1, -0.2]),
  target: real("what both of its units should answer", 1),
};

/** The matrices in the book's layout, in which a derivative by a column has its numerators along the columns. */
export interface ThreePartials {
  /** da/dz of the layer below: diag(f'(z)). */
  readonly slopes: Tensor;
  /** dz/da: W transposed. */
  readonly byActivation: Tensor;
  /** dz/db: the unit matrix. */
  readonly byBias: Tensor;
  /** dz/dw_ij = I_i(a_j), by i and j: a row each. */
  readonly byWeight: readonly (readonly Tensor[])[];
  /** delta of the layer above and of the one below, by autodiff. */
  readonly delta: Tensor;
  readonly deltaBelow: Tensor;
  /** dL/dW, by autodiff. */
  readonly gradient: Tensor;
  readonly a: Tensor;
}

const UNITS = 2;

/** Takes all of them by differentiation, none from a formula. */
export function matricesAt(given: Partial<ThreePartialsPoint> = {}): ThreePartials {
  const point = experimentPoint("three-partials", PARAMETERS, given);
  const column = (values: readonly number[]) =>
    fromData(Float64Array.from(values), [values.length, 1]);
  const [z, b] = [column(point.z), column(point.biases)];
  const w = fromData(Float64Array.from(point.weights), [UNITS, UNITS]);
  const above = (w: Tensor, a: Tensor, b: Tensor) => add(matmul(w, a), b);
  const loss = (z: Tensor) => sum(mul(square(sub(sigmoid(z), point.target)), 0.5)) as Tensor<[]>;
  const square2 = (x: Tensor) => reshape(x, [UNITS, -1]);
  const a = sigmoid(z);
  const net = above(w, a, b);
  const byWeights = square2(jacobian((w: Tensor) => above(w, a, b))(w)); // [units, units units]
  return {
    slopes: transpose(square2(jacobian(sigmoid)(z))),
    byActivation: transpose(square2(jacobian((a: Tensor) => above(w, a, b))(a))),
    byBias: transpose(square2(jacobian((b: Tensor) => above(w, a, b))(b))),
    byWeight: [0, 1].map((i) =>
      [0, 1].map((j) =>
        tensor(
          [0, 1].map((k) => byWeights.data[k * 4 + i * 2 + j]!),
          "float64",
        ),
      ),
    ),
    delta: grad(loss)(net),
    deltaBelow: grad((z: Tensor) => loss(above(w, sigmoid(z), b)))(z),
    gradient: grad((w: Tensor) => loss(above(w, a, b)))(w),
    a,
  };
}

function shown(matrix: Tensor): string {
  const [rows, columns] = matrix.type.shape as [number, number];
  return Array.from({ length: rows }, (_, i) =>
    Array.from(matrix.data.subarray(i * columns, (i + 1) * columns), String).join(" "),
  ).join("; ");
}

const TRANSPOSED =
  "The notes write the last step as I_i(a_j) delta_i. It is the row I_i(a_j) times the column delta: only delta_i " +
  "meets a number that is not 0.";

/** The matrices by their elements, and what they give of the error below and of each weight. */
export function claims(given: Partial<ThreePartialsPoint> = {}): Claim[] {
  const point = experimentPoint("three-partials", PARAMETERS, given);
  const { slopes, byActivation, byBias, byWeight, ...found } = matricesAt(point);
  const { delta, deltaBelow, gradient, a } = found;
  const [w11, w12, w21, w22] = point.weights;
  const chained = matmul(matmul(slopes, byActivation), delta);
  const gap = (x: Tensor, y: Tensor) =>
    Math.max(...Array.from(x.data, (value, i) => Math.abs(value - y.data[i]!)));
  const places = [0, 1].flatMap((i) => [0, 1].map((j) => [i, j] as const));
  const products = places.map(([i, j]) =>
    sum(mul(byWeight[i]![j]!, reshape(delta, [UNITS]))).item(),
  );
  const away = (others: readonly number[]) =>
    Math.max(...products.map((product, n) => Math.abs(product - others[n]!)));
  const outer = places.map(([i, j]) => delta.data[i]! * a.data[j]!);
  const second = `${0} ${a.data[0]!}`;
  return [
    claim("diag(f'(z)): first of its diagonal", 0.25, slopes.data[0]!, decimals(5)),
    claim("diag(f'(z)): second", 0.10499, slopes.data[3]!, decimals(5)),
    claim("diag(f'(z)): beside the diagonal", "0 0", `${slopes.data[1]} ${slopes.data[2]}`, 0),
    claim("dz/da = W transposed", `${w11} ${w21}; ${w12} ${w22}`, shown(byActivation), 0),
    claim("dz/db = I", "1 0; 0 1", shown(byBias), 0),
    claim("dz/dw21 = I_2(a1)", second, Array.from(byWeight[1]![0]!.data, String).join(" "), 0),
    claim("diag(f') W' delta against autodiff", 0, gap(chained, deltaBelow), 1e-15),
    claim("I_i(a_j) delta against delta_i a_j", 0, away(outer), 0, TRANSPOSED),
    claim("the same against autodiff", 0, away([...gradient.data]), 1e-15),
  ];
}
