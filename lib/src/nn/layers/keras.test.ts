// Layers beside Keras, and beside formulas in JAX: outputs, gradients and running statistics of the same numbers.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { fromData, tensor } from "../../tensor/create.ts";
import { key } from "../../tensor/random.ts";
import { joinPath, tensorsByPath } from "../network/params.ts";
import { type LayerSpec, layerFromSpec, type Params } from "./index.ts";

type Numbers = Readonly<Record<string, readonly number[]>>;

interface Golden {
  readonly spec: LayerSpec;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** Places in a table, of examples that are no floats. */
  readonly x?: readonly (readonly number[])[];
  /** Of an example of what the layer reads besides. */
  readonly contextShape?: readonly number[];
  readonly mask?: readonly (readonly number[])[];
  /** Of graphs: [batch][2][edges], and [batch][edges]. */
  readonly edges?: readonly (readonly (readonly number[])[])[];
  readonly weights?: readonly (readonly number[])[];
  readonly training?: boolean;
  /** How far the numbers hold; 1e-10 where nothing is said. */
  readonly tolerance?: number;
  /** Of each parameter, by path. */
  readonly seeds?: Readonly<Record<string, number>>;
  readonly state?: Numbers;
  readonly y: readonly number[];
  readonly dx?: readonly number[];
  readonly gradients: Numbers;
  /** The state after this. */
  readonly after?: Numbers;
}

function readGolden(name: string): readonly Golden[] {
  return JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8"));
}

// Written by keras_layers.py, keras_jax_layers.py, keras_jax_sequences.py, keras_window_layers.py and
// graph_layers.py of scripts/golden.
const FILES = [
  "keras.json",
  "keras-jax.json",
  "keras-windows.json",
  "keras-sequences.json",
  "graph.json",
];
const CASES = FILES.flatMap(readGolden);
const SEEDS: Readonly<Record<string, number>> = { w: 2, wRecurrent: 3, b: 4, bRecurrent: 5 };

/** The formula of the scripts. */
function sample(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const element = (_: unknown, place: number) =>
    Math.floor(1000 * Math.sin(12.9898 * place + seed)) / 1024 + 0.0005;
  return fromData(Float64Array.from({ length: size }, element), shape);
}

/** A tree of the same shapes with other numbers, each chosen by its path. */
function filled(tree: Params, fill: (shape: readonly number[], path: string) => Tensor): Params {
  const visit = (node: Tensor | Params, path: string): Tensor | Params =>
    node instanceof Tensor
      ? fill(node.shape, path)
      : Object.fromEntries(
          Object.entries(node).map(([name, inner]) => [name, visit(inner, joinPath(path, name))]),
        );
  return visit(tree, "") as Params;
}

function expectNear(actual: Tensor, expected: readonly number[], { tolerance = 1e-10 }: Golden) {
  expect(actual.size).toBe(expected.length);
  const worst = expected.map((value, i) => Math.abs(value - (actual.data[i] as number)));
  expect(Math.max(...worst)).toBeLessThan(tolerance);
}

function expectAllNear(actual: Params, expected: Numbers, golden: Golden): void {
  const found = tensorsByPath("found", actual);
  expect([...found.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [path, numbers] of Object.entries(expected)) {
    expectNear(found.get(path)!, numbers, golden);
  }
}

/** What a layer reads besides x: attention a context and a mask, others a mask alone. */
function alsoOf({ kind }: LayerSpec, context: Tensor | undefined, mask: Tensor | undefined) {
  return (x: Tensor): Tensor[] => {
    const masks = mask ? [mask] : [];
    return kind === "multiHeadAttention" ? [context ?? x, ...masks] : masks;
  };
}

const titled = CASES.map((golden) => {
  const { spec, training = true, inputShape } = golden;
  return [
    `${JSON.stringify(spec)} of [${inputShape}]${training ? "" : ", after training"}`,
    golden,
  ];
});

describe.each(titled as [string, Golden][])("%s", (_, golden) => {
  const { spec, inputShape, outputShape, training = true, seeds = SEEDS } = golden;
  const layer = layerFromSpec(spec);
  const mask = golden.mask && tensor(golden.mask as number[][]);
  const context = golden.contextShape && sample([2, ...golden.contextShape], 10);
  const graph = golden.edges && [
    tensor(golden.edges as number[][][], "int32"),
    ...(golden.weights ? [tensor(golden.weights as number[][], "float64")] : []),
  ];
  const read = mask || context ? alsoOf(spec, context, mask) : null;
  const also = graph ? () => graph : read;
  const shapes = (also?.(sample([2, ...inputShape], 1)) ?? []).map(({ shape }) => shape.slice(1));
  const drawn = layer.init(key(0), inputShape, "float64", ...shapes);
  const params = filled(drawn.params, (shape, path) => sample(shape, seeds[path]!));
  const state = filled(drawn.state, (shape, path) =>
    fromData(new Float64Array(golden.state![path]!), shape),
  );
  const places = golden.x && tensor(golden.x as number[][], "int32");
  const x = sample([2, ...inputShape], 1);
  const apply = (p: Params, input: Tensor) => {
    const told = { training, key: key(1), also: also?.(input) ?? [] };
    return layer.apply({ params: p, state }, places ?? input, told);
  };

  it("has the same outputs", () => {
    expect(layer.outputShape(inputShape, ...shapes)).toEqual(outputShape);
    const output = apply(params, x);
    expect(output.y.shape).toEqual([2, ...outputShape]);
    expectNear(output.y, golden.y, golden);
    expectAllNear(output.state, golden.after ?? {}, golden);
  });

  it("has the same gradients", () => {
    const dy = sample([2, ...outputShape], 9);
    const slope = grad((at: { params: Params; x: Tensor }) =>
      apply(at.params, at.x).y.mul(dy).sum(),
    );
    const found = slope({ params, x });
    if (golden.dx) expectNear(found.x, golden.dx, golden);
    expectAllNear(found.params, golden.gradients, golden);
  });
});
