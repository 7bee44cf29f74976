// The surface of figure 4.9: the loss of y = σ(w₂ σ(w₁ x)) for x = 1 and the target 1, its slopes and bends.

import { grad, hessian, linspace, type Tensor, tensor } from "neurite";
import { eigenOf } from "neurite/inspect";

export interface Values {
  readonly loss: "squared" | "negativeLog";
  readonly w1: number;
  readonly w2: number;
}

const answer = (w1: Tensor, w2: Tensor): Tensor => w2.mul(w1.sigmoid()).sigmoid();
const LOSSES = {
  squared: (y: Tensor): Tensor => y.sub(1).square(),
  negativeLog: (y: Tensor): Tensor => y.log().neg(),
};

const RANGE = [-10, 10] as const;

export function run({ loss, w1, w2 }: Values) {
  const point: Tensor = tensor([w1, w2], "float64");
  const costOf = (w: Tensor): Tensor<[]> => LOSSES[loss](answer(w.at(0), w.at(1))).sum();
  const gradient = Array.from(grad(costOf)(point).data);
  const bends = Array.from(hessian(costOf)(point).data);
  const matrix = [bends.slice(0, 2), bends.slice(2)];
  const { values, vectors } = eigenOf(matrix);
  // Straight through the point, in the directions in which the surface bends least and most.
  const t = linspace(-4, 4, 161, "float64");
  const along = ([d1, d2]: readonly number[]) => {
    const y = answer(t.mul(d1!).add(w1), t.mul(d2!).add(w2));
    return { x: Array.from(t.data), y: Array.from(LOSSES[loss](y).data) };
  };
  const isFlat = Math.hypot(...gradient) < 1e-9;
  const isBowl = values.every((value) => value > 0);
  const flatKind = isBowl ? 1 : 2;
  return {
    numbers: {
      value: costOf(point).item(),
      byW1: gradient[0]!,
      byW2: gradient[1]!,
      least: Math.min(...values),
      most: Math.max(...values),
      // 0: no critical point; 1: a minimum; 2: a saddle or a maximum.
      place: isFlat ? flatKind : 0,
      zero: 0,
    },
    curves: { leastCurve: along(vectors[0]!), mostCurve: along(vectors.at(-1)!) },
    tables: { hessian: matrix },
    surface: { of: { kind: "figure49" as const, loss }, u: RANGE, v: RANGE },
  };
}
