// Tall expressions with shared parts: compiling takes no longer than they are.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { referenceEngine } from "../../reference/reference.ts";
import { createWasmEngine } from "../index.ts";

const o = graphBuilder();
const engine = createWasmEngine();
const type = { dtype: "float64", shape: [3, 3] } as const;
const DATA = Float64Array.from({ length: 9 }, (_, i) => i / 7);

/** 2^40 terms, if they were counted. */
function tall(step: (x: Value) => Value) {
  const x = new Value(type);
  let y: Value = x;
  for (let i = 0; i < 40; i++) y = step(y);
  return makeGraph([x], [y]);
}

test.each<[string, (x: Value) => Value]>([
  ["x + x", (x) => o.add(x, x)],
  ["x + its transpose", (x) => o.add(x, o.transpose(x, { perm: [1, 0] }))],
  [
    "its transpose + its mirror image",
    (x) => o.add(o.transpose(x, { perm: [1, 0] }), o.flip(x, { axes: [0] })),
  ],
  ["-x + its mirror image", (x) => o.add(o.neg(x), o.flip(o.neg(x), { axes: [1] }))],
  [
    "its negative mirrored + its sine turned",
    (x) => o.add(o.flip(o.neg(x), { axes: [1] }), o.transpose(o.sin(x), { perm: [1, 0] })),
  ],
  ["its negative mirrored - x", (x) => o.sub(o.flip(o.neg(x), { axes: [1] }), x)],
  [
    "a mirror image seen two ways",
    (x) => {
      const image = o.flip(o.mul(x, x), { axes: [0] });
      return o.sub(image, o.transpose(image, { perm: [1, 0] }));
    },
  ],
])("%s, forty times", (_, step) => {
  const graph = tall(step);
  expect(engine.compile(graph).run([DATA])).toEqual(referenceEngine.compile(graph).run([DATA]));
});
