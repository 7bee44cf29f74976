// Convolutions of every geometry, and both gradients, against the ops' own definitions.

import fc from "fast-check";
import { expect, test } from "vitest";
import { allocate, type DType, isFloat } from "../../../../ir/dtype.ts";
import { makeGraph, Value } from "../../../../ir/graph.ts";
import type { ConvParams } from "../../../../ir/op-table.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import { expectSameBits } from "../../../../ops/arrays.testing.ts";
import { graphBuilder } from "../../../../ops/builder.ts";
import { numbersFrom } from "../../../../ops/samples.testing.ts";
import { referenceEngine } from "../../../reference/reference.ts";
import { createWasmEngine } from "../../index.ts";
import { pairedEngine } from "../../paired.testing.ts";

const engines = [createWasmEngine(), pairedEngine()];
/** Round each product of float32; other types have the same kernels without. */
const deterministic = [
  createWasmEngine({ deterministic: true }),
  pairedEngine({ deterministic: true }),
];
const enginesFor = (dtype: DType) =>
  dtype === "float32" ? [...engines, ...deterministic] : engines;
const o = graphBuilder();
const upTo = (max: number) => fc.integer({ min: 1, max });
const pair = (max: number, min = 1) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

const geometry = fc.record({
  images: fc.integer({ min: 0, max: 3 }),
  kernel: pair(5),
  spare: pair(9, 0),
  strides: pair(3),
  dilation: pair(3),
  padding: fc.tuple(pair(3, 0), pair(3, 0)),
  groups: upTo(3),
  channels: pair(9, 0),
  dtype: fc.constantFrom<DType[]>("float32", "float64", "int32", "uint8"),
  epilogue: fc.constantFrom("none", "short", "long"),
});
type Geometry = typeof geometry extends fc.Arbitrary<infer G> ? G : never;

/** Shapes of images, kernel and result; the kernel fits its padded image with `spare` pixels left. */
function shapesOf({
  images,
  kernel,
  spare,
  strides,
  dilation,
  padding,
  groups,
  channels,
}: Geometry) {
  const spans = kernel.map((k, axis) => (k - 1) * dilation[axis]! + 1);
  const sides = spans.map((span, axis) =>
    Math.max(1, span + spare[axis]! - padding[axis]![0] - padding[axis]![1]),
  );
  const padded = sides.map((side, axis) => side + padding[axis]![0] + padding[axis]![1]);
  const results = padded.map((side, axis) =>
    Math.floor((side - spans[axis]!) / strides[axis]! + 1),
  );
  const [inner, outer] = channels;
  const params: ConvParams = { strides, dilation, padding, groups };
  return {
    params,
    x: [images, ...sides, inner * groups],
    w: [...kernel, inner, outer * groups],
    y: [images, ...results, outer * groups],
  };
}

function graphOf(given: Geometry, op: "conv" | "convGradInput" | "convGradKernel") {
  const { params, x, w, y } = shapesOf(given);
  const input = (shape: number[]) => new Value({ dtype: given.dtype, shape });
  const finish = (result: Value) => {
    const other = input([...result.type.shape]);
    let out = result;
    if (given.epilogue !== "none") out = o.sub(o.mul(out, other), other);
    if (given.epilogue === "long") {
      for (let i = 0; i < 6; i++) out = o.add(o.mul(out, other), o.max(out, other));
    }
    return { other, out };
  };
  const [a, b] = { conv: [x, w], convGradInput: [y, w], convGradKernel: [x, y] }[op].map(input) as [
    Value,
    Value,
  ];
  const size = (op === "convGradInput" ? x.slice(1, 3) : w.slice(0, 2)) as [number, number];
  const result = op === "conv" ? o.conv(a, b, params) : o[op](a, b, { ...params, size });
  const { other, out } = finish(result);
  return makeGraph([a, b, other], [out]);
}

function numbers(dtype: DType, length: number, seed: number) {
  const data = allocate(dtype, length);
  const next = numbersFrom(seed + length);
  for (let i = 0; i < length; i++)
    data[i] = isFloat(dtype) ? next() - 0.5 : Math.floor(next() * 9) - 4;
  return data;
}

function check(given: Geometry): void {
  for (const op of ["conv", "convGradInput", "convGradKernel"] as const) {
    const graph = graphOf(given, op);
    const args = graph.inputs.map(({ type }, i) => numbers(type.dtype, sizeOf(type.shape), i));
    const [expected] = referenceEngine.compile(graph).run(args);
    for (const engine of enginesFor(given.dtype)) {
      const [received] = engine.compile(graph).run(args);
      // Doubles and integers keep the order of the definition, so not a bit differs.
      const { type } = graph.outputs[0]!;
      if (given.dtype !== "float32") {
        expectSameBits([{ ...type, data: received! }], [{ ...type, data: expected! }]);
      } else {
        let worst = 0;
        for (let i = 0; i < expected!.length; i++) {
          worst = Math.max(worst, Math.abs(expected![i]! - received![i]!));
        }
        expect(worst).toBeLessThanOrEqual(1e-4);
      }
    }
  }
}

test("any stride, padding, dilation and groups", () => {
  const numRuns = Number(process.env.FUZZ_RUNS ?? 100);
  fc.assert(fc.property(geometry, check), { numRuns, seed: Number(process.env.FUZZ_SEED ?? 5) });
});

test("a filter for each channel, whose lanes are channels", () => {
  const alone = fc.record({ given: geometry, groups: upTo(40) }).map(({ given, groups }) => {
    return { ...given, groups, channels: [1, 1] } as Geometry;
  });
  fc.assert(fc.property(alone, check), { numRuns: 40, seed: 6 });
});

test("the shapes of real nets", () => {
  const plain = { spare: [0, 0], dilation: [1, 1], groups: 1, epilogue: "short" } as const;
  const [dtype, pads] = [
    "float32",
    [
      [2, 2],
      [2, 2],
    ],
  ] as const;
  const none = [
    [0, 0],
    [0, 0],
  ] as const;
  const cases = [
    {
      images: 5,
      kernel: [5, 5],
      spare: [23, 23],
      strides: [1, 1],
      padding: none,
      channels: [1, 20],
    },
    {
      images: 3,
      kernel: [5, 5],
      spare: [7, 7],
      strides: [1, 1],
      padding: none,
      channels: [20, 40],
    },
    {
      images: 2,
      kernel: [3, 3],
      spare: [13, 13],
      strides: [1, 1],
      padding: pads,
      channels: [3, 16],
    },
    {
      images: 1,
      kernel: [7, 7],
      spare: [24, 24],
      strides: [2, 2],
      padding: pads,
      channels: [3, 9],
    },
    {
      images: 1,
      kernel: [1, 3],
      spare: [0, 400],
      strides: [1, 1],
      padding: pads,
      channels: [3, 5],
    },
    {
      images: 40,
      kernel: [1, 1],
      spare: [6, 6],
      strides: [1, 1],
      padding: none,
      channels: [8, 32],
    },
  ];
  for (const one of cases) check({ ...plain, dtype, ...one } as unknown as Geometry);
});

test("a NaN or an infinity in the kernel spoils no sum that leaves its tap out", () => {
  const params: ConvParams = {
    strides: [1, 1],
    dilation: [1, 1],
    groups: 1,
    padding: [
      [1, 1],
      [1, 1],
    ],
  };
  const [x, w] = [
    new Value({ dtype: "float32", shape: [1, 2, 2, 1] }),
    new Value({ dtype: "float32", shape: [3, 3, 1, 1] }),
  ];
  const graph = makeGraph([x, w], [o.conv(x, w, params)]);
  const kernel = Float32Array.of(Infinity, 0, 0, 0, 1, 0, 0, 0, NaN);
  const args = [Float32Array.of(1, 2, 3, 4), kernel];
  const [expected] = referenceEngine.compile(graph).run(args);
  for (const engine of enginesFor("float32")) {
    expect(engine.compile(graph).run(args)).toEqual([expected]);
  }
});
