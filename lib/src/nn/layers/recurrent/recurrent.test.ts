// Recurrent layers: how they start, the shortest sequences, and what they refuse.

import { describe, expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { eye, zeros } from "../../../tensor/create.ts";
import { key, normal } from "../../../tensor/random.ts";
import { gru, type Layer, layerFromSpec, lstm, type Params, simpleRnn } from "../index.ts";

const CONTEXT = { training: true, key: key(1) };

function startOf(layer: Layer): Record<string, Tensor> {
  return layer.init(key(4), [5, 2], "float64").params as Record<string, Tensor>;
}

describe("parameters", () => {
  it("of an lstm: the forget gate is open, unless it is told otherwise", () => {
    expect(startOf(lstm(2))["b"]!.toArray()).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    const plain = lstm(2, { unitForgetBias: false, biases: { name: "constant", value: 3 } });
    expect(startOf(plain)["b"]!.toArray()).toEqual(new Array(8).fill(3));
  });

  it("of the state are orthogonal", () => {
    for (const layer of [simpleRnn(3), lstm(3), gru(3)]) {
      const u = startOf(layer)["wRecurrent"]!; // [units, gates * units]: its rows
      const product: Tensor = u.matmul(u.transpose());
      expect(product.sub(eye(3, "float64")).abs().max().item()).toBeLessThan(1e-12);
    }
  });

  it("of a gru: the state has a bias of its own where r acts after the product", () => {
    expect(Object.keys(startOf(gru(2)))).toEqual(["w", "wRecurrent", "b", "bRecurrent"]);
    expect(Object.keys(startOf(gru(2, { resetAfter: false })))).toEqual(["w", "wRecurrent", "b"]);
    expect(Object.keys(startOf(gru(2, { bias: false })))).toEqual(["w", "wRecurrent"]);
  });
});

describe.each([
  ["simpleRnn", simpleRnn],
  ["lstm", lstm],
  ["gru", gru],
] as const)("%s", (kind, make) => {
  const run = (layer: Layer, params: Params, x: Tensor) =>
    layer.apply({ params, state: {} }, x, CONTEXT).y;
  const sequence = (steps: number): Tensor => normal(key(2), [3, steps, 2], { dtype: "float64" });

  it("of no steps gives the first state, and no gradient", () => {
    const params = startOf(make(4));
    expect(run(make(4), params, sequence(0)).toArray()).toEqual(zeros([3, 4]).toArray());
    expect(run(make(4, { returnSequences: true }), params, sequence(0)).shape).toEqual([3, 0, 4]);
    const slope = grad((p: Params) => run(make(4), p, sequence(0)).sum());
    for (const g of Object.values(slope(params))) {
      expect((g as Tensor).abs().max().item()).toBe(0);
    }
  });

  it("of one step gives the same forwards, backwards and as a sequence", () => {
    const params = startOf(make(4));
    const x = sequence(1);
    const y = run(make(4), params, x).toArray();
    expect(run(make(4, { goBackwards: true }), params, x).toArray()).toEqual(y);
    const all = run(make(4, { returnSequences: true }), params, x);
    expect(all.shape).toEqual([3, 1, 4]);
    expect(all.reshape([3, 4]).toArray()).toEqual(y);
  });

  it("gives last what it gives alone", () => {
    const params = startOf(make(4));
    const x = sequence(5);
    for (const goBackwards of [false, true]) {
      const all = run(make(4, { goBackwards, returnSequences: true }), params, x);
      const last = run(make(4, { goBackwards }), params, x);
      expect(all.at(":", -1).toArray()).toEqual(last.toArray());
    }
  });

  it("refuses units that are not whole, examples of another rank, unknown arguments", () => {
    expect(() => make(1.5)).toThrow(
      `${kind}: expected units to be a whole number above 0, received 1.5`,
    );
    expect(() => make(3).outputShape([4])).toThrow(
      `${kind}: expected an example [steps, features], received [4]`,
    );
    expect(() => layerFromSpec({ kind, units: 3, returnSequence: true })).toThrow(
      'Did you mean "returnSequences"?',
    );
    expect(() => layerFromSpec({ kind })).toThrow(
      `${kind}: expected units, a whole number above 0`,
    );
  });
});
