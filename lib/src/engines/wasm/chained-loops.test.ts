// Loops after, around and beside each other, their derivatives and batches: planned at all, and right.

import { expect, test } from "vitest";
import "../../tensor/methods.ts";
import { expectClose } from "../../ops/arrays.testing.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import { hessian, jacobian } from "../../runtime/derivatives/jacobian.ts";
import { graphOf } from "../../runtime/interpreter/graph-of.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { vmap } from "../../runtime/loops/vmap.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor } from "../../tensor/create.ts";
import { evaluate } from "../reference/evaluate.ts";
import { createWasmEngine } from "./index.ts";

const engine = createWasmEngine();

/** The last carry of h = tanh(w h + x) over the elements of `xs`. */
function run(w: Tensor, start: Tensor, xs: Tensor, reverse = false): Tensor {
  const step = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
    const next = h.mul(w).add(x).tanh();
    return [next, next.mul(w)];
  };
  return scan(step, start, xs, { reverse })[0];
}

/** All carries of a loop whose every step runs one of its own. */
function nested(xs: Tensor): Tensor {
  const step = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
    const inner = run(h, x, xs);
    return [h.mul(inner).sin(), inner.add(run(inner, h, xs, true))];
  };
  const [last, all] = scan(step, xs.sum(), xs);
  return all.sum().mul(last);
}

const FUNCTIONS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  "a loop on the last carry of another": (x) => {
    const c = x.sum();
    return run(run(c, c, x), c, x);
  },
  "the same, one of them backwards": (x) => {
    const c = x.sum();
    return run(run(c, c, x, true), c, x);
  },
  "three of them": (x) => {
    const c = x.sum();
    return run(run(run(c, c, x), c, x, true), c, x);
  },
  "one that starts where another ended": (x) => run(x.sum(), run(x.mean(), x.sum(), x), x, true),
  "two beside each other": (x) => run(x.sum(), x.mean(), x).mul(run(x.mean(), x.sum(), x, true)),
  "loops in a loop": nested,
  "a batch of loops": (x) => {
    const c = x.sum();
    return vmap((w: Tensor) => run(run(w, c, x), w, x))(x).sum();
  },
  "a batch of the gradients of loops": (x) =>
    vmap((w: Tensor) => grad((v: Tensor) => run(run(v, v, x), w, x))(w))(x).sum(),
};

test.each(Object.keys(FUNCTIONS).flatMap((name) => [1, 3].map((n) => [name, n] as const)))(
  "%s, %i steps long",
  (name, length) => {
    const f = FUNCTIONS[name]!;
    const x = tensor(
      Array.from({ length }, (_, i) => 0.5 - 0.15 * i),
      "float64",
    );
    const derived = {
      f,
      grad: grad(f),
      forward: jacobian(f, { mode: "forward" }),
      twice: hessian(f),
    };
    for (const g of Object.values(derived)) {
      const graph = graphOf(g, [x]);
      const results = engine.compile(graph).run([x.data]);
      const received = graph.outputs.map(({ type }, i) => ({ ...type, data: results[i]! }));
      expect(engine.supports(graph)).toBe(true);
      expectClose(received, evaluate(graph, [{ ...x.type, data: x.data }]), 1e-12);
    }
  },
);
