// Modules against the models that they were written from: the same numbers for the same examples.

import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../checks/errors.ts";
import { elementsOf } from "../../runtime/values/tensor.ts";
import type { LayerSpec, NetworkSpec } from "../../spec/parts.ts";
import { loadWeights } from "../../train/files/restore.ts";
import { Model } from "../../train/model/model.ts";
import { networkOf } from "../../train/run/run.ts";
import type { ModuleCodeOptions } from "./module-code.ts";
import { moduleCodeOf } from "./on-demand.ts";

/** A model with weights that are no zeros, so that each shows. */
function modelOf(spec: NetworkSpec, dtype: "float32" | "float64" = "float32"): Model {
  const network = networkOf(spec, dtype);
  const model = new Model(() => network, { seed: 3, dtype });
  let turn = 0;
  const weights = [...model.state.variables].filter(([name]) => /^(params|state)\//.test(name));
  loadWeights(
    model,
    new Map(
      weights.map(([name, variable]) => {
        const { dtype: own, shape } = variable.type;
        const data = variable.storage.read();
        const moved = data.map((value) => Math.abs(value) / 2 + 0.1 + 0.05 * Math.sin(turn++));
        return [name, { dtype: own, shape, data: own === "int32" ? data : moved }];
      }),
    ),
  );
  return model;
}

interface Module {
  predict(...x: unknown[]): Float32Array[];
  readonly inputShapes: readonly number[][];
  readonly classes?: readonly string[];
}

async function moduleOf(model: Model, options: ModuleCodeOptions = {}): Promise<Module> {
  const { code } = await moduleCodeOf(model, options);
  return await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
}

const chain = (shape: number[], ...layers: object[]): NetworkSpec =>
  ({ layers: [{ kind: "input", shape }, ...layers] }) as NetworkSpec;
const units = (kind: string, more: object = {}) => ({ kind, units: 3, ...more });

const picture = [5, 6, 2];
const CHAINS: Readonly<Record<string, NetworkSpec>> = {
  dense: chain(
    [4],
    units("dense", { activation: "relu" }),
    units("dense", { activation: "softmax" }),
  ),
  activations: chain(
    [6],
    ...["gelu", "selu", "softplus", "mish", "silu", "logSoftmax", "hardTanh"].map((activation) =>
      units("dense", { activation }),
    ),
  ),
  convolution: chain(
    picture,
    { kind: "conv2d", filters: 4, kernelSize: 3, activation: "tanh", padding: "same" },
    { kind: "depthwiseConv2d", kernelSize: 2, strides: 2 },
    { kind: "conv2dTranspose", filters: 2, kernelSize: 3, strides: 2 },
    { kind: "maxPool2d", poolSize: 2 },
    { kind: "batchNormalization" },
    { kind: "layerNormalization" },
    { kind: "flatten" },
    units("dense"),
  ),
  averages: chain(
    picture,
    { kind: "avgPool2d", poolSize: 2, padding: "same" },
    { kind: "globalPool", pool: "average" },
  ),
  lstm: chain([5, 3], units("lstm", { returnSequences: true }), units("gru"), units("dense")),
  recurrent: chain([5, 3], { kind: "bidirectional", layer: units("simpleRnn") }),
  embedding: chain(
    [5],
    { kind: "embedding", size: 7, units: 3 },
    { kind: "globalPool", pool: "max" },
  ),
  attention: chain([5, 4], { kind: "multiHeadAttention", heads: 2 }),
};

describe("a module predicts as its model does", () => {
  it.each(Object.entries(CHAINS))("%s", async (name, spec) => {
    for (const dtype of ["float32", "float64"] as const) {
      const model = modelOf(spec, dtype);
      const [shape = []] = model.network.inputShapes;
      const size = shape.reduce((a, b) => a * b, 1);
      const x = Float32Array.from({ length: 3 * size }, (_, i) =>
        name === "embedding" ? i % 7 : Math.fround(Math.sin(i) * 2),
      );
      const expected = await model.predict({
        dtype,
        shape: [3, ...shape],
        data: dtype === "float32" ? x : Float64Array.from(x),
      });
      const { predict } = await moduleOf(model);
      const found = predict(x).flatMap((y) => [...y]);
      const data = [...elementsOf(expected)];
      expect(found).toHaveLength(data.length);
      expect(new Set(data).size).toBeGreaterThan(1);
      const bound = dtype === "float32" ? 3e-6 : 1e-12;
      data.forEach((value, i) => {
        expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(
          bound * Math.max(1, Math.abs(value)),
        );
      });
    }
  });
});

const DIGITS = chain(
  [784],
  { kind: "rescaling", scale: 1 / 255 },
  { kind: "dense", units: 30, activation: "sigmoid" },
  { kind: "dense", units: 10, activation: "softmax" },
);

describe("a module", () => {
  it("of a dense network takes at most 15 kB beside its weights, and imports nothing", async () => {
    const { code } = await moduleCodeOf(modelOf(DIGITS));
    const weights = (784 * 30 + 30 + 30 * 10 + 10) * 4;
    expect(code.length - (weights * 4) / 3).toBeLessThan(15_000);
    expect(code).not.toMatch(/\b(import|require|process|window)\b/);
    expect(code).toContain("// dense1/w [784, 30]");
  });

  it("takes examples nested, flat, typed or one by one", async () => {
    const { predict, inputShapes } = await moduleOf(
      modelOf(chain([2, 2], { kind: "flatten" }, units("dense"))),
    );
    const expected = predict([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
    expect(inputShapes).toEqual([[2, 2]]);
    expect(expected).toHaveLength(2);
    expect(expected[0]).toBeInstanceOf(Float32Array);
    expect(predict([1, 2, 3, 4, 5, 6, 7, 8])).toEqual(expected);
    expect(predict(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8))).toEqual(expected);
    expect(predict([Uint8Array.of(1, 2, 3, 4), [5, 6, 7, 8]])).toEqual(expected);
    expect(predict([])).toEqual([]);
    expect(() => predict([1, 2, 3])).toThrow(
      "expected 4 numbers for each of examples, received 3 in all",
    );
    expect(() => predict(["1", 2, 3, 4])).toThrow("expected numbers in examples, received string");
  });

  it("does not change what it was given, nor what it gave before", async () => {
    const { predict } = await moduleOf(
      modelOf(chain([2], { kind: "reshape", shape: [2, 1] }, { kind: "flatten" })),
    );
    const x = Float32Array.of(1, 2);
    const [y] = predict(x);
    y![0] = 5;
    expect(x).toEqual(Float32Array.of(1, 2));
  });

  it("says what it was written for, and names classes", async () => {
    const options = { note: ["One.\nTwo."], classes: ["cat", 'a "dog"'] };
    const { code, types } = await moduleCodeOf(modelOf(chain([4], units("dense"))), options);
    expect(code).toMatch(/^\/\/ One\.\n\/\/ Two\.\n/);
    expect(types).toContain("export declare const classes: readonly string[];");
    expect(types).toContain("predict(examples: Examples): Float32Array[];");
    expect((await moduleOf(modelOf(chain([4], units("dense"))), options)).classes).toEqual(
      options.classes,
    );
  });

  it("of several inputs and outputs takes and gives one list for each", async () => {
    const node = (id: string, layer: LayerSpec, ...reads: string[]) => ({ ...layer, id, reads });
    const model = modelOf({
      inputs: ["a", "b"],
      outputs: ["sum", "left"],
      nodes: [
        node("a", { kind: "input", shape: [2] }),
        node("b", { kind: "input", shape: [3] }),
        node("left", units("dense"), "a"),
        node("sum", { kind: "add" }, "left", "b"),
      ],
    });
    const { predict } = await moduleOf(model);
    const [a, b] = [[[1, 2]], [[3, 4, 5]]];
    const outputs = await model.predictAll([a, b]);
    expect(predict(a, b)).toEqual(outputs.map((y) => [elementsOf(y)]));
    expect(() =>
      predict(
        [
          [1, 2],
          [3, 4],
        ],
        b,
      ),
    ).toThrow("as many examples of each input");
    const { types } = await moduleCodeOf(model);
    expect(types).toContain("predict(examples1: Examples, examples2: Examples): Float32Array[][];");
  });

  it("refuses a model that remembers one batch for the next, and what is no model", async () => {
    const stateful = modelOf(chain([5, 3], units("lstm", { stateful: true, batchSize: 1 })));
    await expect(moduleCodeOf(stateful)).rejects.toThrow(ArgumentError);
    await expect(moduleCodeOf(stateful)).rejects.toThrow("is stateful");
    await expect(moduleCodeOf({} as never)).rejects.toThrow("expected model to be a model");
    await expect(moduleCodeOf(stateful, { notes: [] } as never)).rejects.toThrow(
      'Did you mean "note"?',
    );
  });
});
