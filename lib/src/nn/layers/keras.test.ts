// Convolutions, pools and recurrent layers beside Keras: outputs and gradients of the same numbers.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { key } from "../../tensor/random.ts";
import { type LayerSpec, layerFromSpec, type Params } from "./index.ts";

interface Golden {
  readonly spec: LayerSpec;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly y: readonly number[];
  readonly dx: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

// Written by scripts/golden/keras_layers.py.
const CASES: readonly Golden[] = JSON.parse(
  readFileSync(new URL("golden/keras.json", import.meta.url), "utf8"),
);
const SEEDS: Readonly<Record<string, number>> = { w: 2, wRecurrent: 3, b: 4, bRecurrent: 5 };

/** The formula of the script. */
function sample(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const element = (_: unknown, place: number) =>
    Math.floor(1000 * Math.sin(12.9898 * place + seed)) / 1024 + 0.0005;
  return fromData(Float64Array.from({ length: size }, element), shape);
}

function expectNear(actual: Tensor, expected: readonly number[]): void {
  expect(actual.size).toBe(expected.length);
  const worst = expected.map((value, i) => Math.abs(value - (actual.data[i] as number)));
  expect(Math.max(...worst)).toBeLessThan(1e-10);
}

describe.each(CASES.map((golden) => [JSON.stringify(golden.spec), golden] as const))(
  "%s",
  (_, { spec, inputShape, outputShape, y, dx, gradients }) => {
    const layer = layerFromSpec(spec);
    const drawn = layer.init(key(0), inputShape, "float64").params;
    const params: Params = Object.fromEntries(
      Object.entries(drawn).map(([name, value]) => [
        name,
        sample((value as Tensor).shape, SEEDS[name]!),
      ]),
    );
    const x = sample([2, ...inputShape], 1);
    const run = (p: Params, input: Tensor): Tensor =>
      layer.apply({ params: p, state: {} }, input, { training: true, key: key(1) }).y;

    it("has Keras's outputs", () => {
      expect(layer.outputShape(inputShape)).toEqual(outputShape);
      const output = run(params, x);
      expect(output.shape).toEqual([2, ...outputShape]);
      expectNear(output, y);
    });

    it("has Keras's gradients", () => {
      const dy = sample([2, ...outputShape], 9);
      const slope = grad((at: { params: Params; x: Tensor }) => run(at.params, at.x).mul(dy).sum());
      const found = slope({ params, x });
      expectNear(found.x, dx);
      expect(Object.keys(found.params).sort()).toEqual(Object.keys(gradients).sort());
      for (const [name, gradient] of Object.entries(gradients)) {
        expectNear(found.params[name] as Tensor, gradient);
      }
    });
  },
);
