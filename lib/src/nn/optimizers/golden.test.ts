// Optimizers against the steps that PyTorch and optax take: see scripts/golden/optimizers.py.

import { expect, test } from "vitest";
import "../../tensor/methods.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor } from "../../tensor/create.ts";
import { add, cos, mul, sin, sub } from "../../tensor/elementwise.ts";
import { sum } from "../../tensor/reduce.ts";
import golden from "./golden/trajectories.json" with { type: "json" };
import { type OptimizerSpec, optimizerOf } from "./index.ts";

const CASES = golden.cases;

function cost(p: Tensor): Tensor {
  const apart = sub(p, 1);
  const bowl = mul(mul(apart, apart), mul(tensor(golden.curves, p.dtype), 0.5));
  return sum(add(bowl, sin(p)));
}

/** Of sum of c (p - 1)^2 / 2 + sin p. */
function slope(p: Tensor): Tensor {
  return add(mul(sub(p, 1), tensor(golden.curves, p.dtype)), cos(p));
}

test.each(CASES.map(({ spec, rows }) => [JSON.stringify(spec), spec, rows] as const))(
  "%s",
  (_, spec, rows) => {
    const optimizer = optimizerOf(spec as OptimizerSpec);
    let params: { p: Tensor } = { p: tensor(golden.start, "float64") };
    let slots = optimizer.init(params);
    // L-BFGS has the next trial where PyTorch has its parameters.
    const placeOf = (p: Tensor, at: typeof slots) =>
      (optimizer.probe?.({ p }, at) ?? { p })["p"] as Tensor;
    const update = compile((p: Tensor, old: typeof slots, step: Tensor, learningRate: Tensor) =>
      optimizer.update({
        params: { p },
        gradients: { p: slope(placeOf(p, old)) },
        loss: cost(placeOf(p, old)),
        slots: old,
        learningRate,
        step,
      }),
    );
    const rate = tensor(optimizer.learningRate, "float64");
    let shown = 0;
    for (let step = 1; step <= golden.steps.at(-1)!; step++) {
      const next = update(params.p, slots, tensor(step, "int32"), rate);
      params = next.params as typeof params;
      slots = next.slots;
      if (golden.steps[shown] !== step) continue;
      const expected = rows[shown++]!;
      placeOf(params.p, slots).data.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!), `step ${step}, parameter ${i}`).toBeLessThan(1e-11);
      });
    }
    expect(shown).toBe(golden.steps.length);
  },
);
