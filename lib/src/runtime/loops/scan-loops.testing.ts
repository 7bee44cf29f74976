// Loops to test scans by, as scans and written out, and arithmetic on trees of tensors.

import type { NdArray } from "../../ops/define.ts";
import { drawDirection } from "../../ops/samples.testing.ts";
import { prims } from "../interpreter/apply.ts";
import { Tensor } from "../values/tensor.ts";
import { flattenTree, mapTree } from "../values/tree.ts";
import { scan } from "./scan.ts";

export type Tensors = Record<string, Tensor>;
export type Step = (weights: Tensors, carry: Tensors, x: Tensors) => [Tensors, Tensors];

/** One loop to test: what happens in a step, and the shapes that it happens to. */
export interface Loop {
  readonly title: string;
  readonly step: Step;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly carry: Readonly<Record<string, readonly number[]>>;
  /** Shapes of one step's slices. */
  readonly sequences: Readonly<Record<string, readonly number[]>>;
}

export function numbers(shape: readonly number[], seed: number): Tensor {
  const type = { dtype: "float64", shape } as const;
  const { data } = drawDirection(type, seed);
  return new Tensor({ type, known: data.map((x) => 0.6 * x) as Float64Array });
}

/** A row [n] under each of the rows of x [m, n], added. */
export function addRow(x: Tensor, row: Tensor): Tensor {
  const { shape } = x.type;
  return prims.add(x, prims.expand(prims.reshape(row, { shape: [1, shape[1]!] }), { shape }));
}

/** Part k of the n equal parts of x's columns. */
function columns(x: Tensor, k: number, n: number): Tensor {
  const [rows, all] = x.type.shape as [number, number];
  const width = all / n;
  return prims.slice(x, { start: [0, k * width], end: [rows, (k + 1) * width], step: [1, 1] });
}

const { add, mul, sub, matmul, tanh, sigmoid, sin } = prims;

// Batch 2, 3 inputs, 4 hidden units: every weight has a shape of its own.
export const LOOPS: readonly Loop[] = [
  {
    title: "tanh RNN",
    step: ({ w, u, b }, { h }, { x }) => {
      const next = tanh(addRow(add(matmul(x!, w!), matmul(h!, u!)), b!));
      return [{ h: next }, { y: next }];
    },
    weights: { w: [3, 4], u: [4, 4], b: [4] },
    carry: { h: [2, 4] },
    sequences: { x: [2, 3] },
  },
  {
    title: "LSTM", // h and c from gates i, f, g, o in one product
    step: ({ w, u, b }, { h, c }, { x }) => {
      const z = addRow(add(matmul(x!, w!), matmul(h!, u!)), b!); // (2, 16)
      const [i, f, o] = [0, 1, 3].map((k) => sigmoid(columns(z, k, 4)));
      const next = add(mul(f!, c!), mul(i!, tanh(columns(z, 2, 4))));
      const out = mul(o!, tanh(next));
      return [{ h: out, c: next }, { y: out }];
    },
    weights: { w: [3, 16], u: [4, 16], b: [16] },
    carry: { h: [2, 4], c: [2, 4] },
    sequences: { x: [2, 3] },
  },
  {
    title: "no carry",
    step: ({ w }, _, { x, z }) => [{}, { y: mul(sin(mul(x!, w!)), z!), p: add(x!, z!) }],
    weights: { w: [3] },
    carry: {},
    sequences: { x: [3], z: [3] },
  },
  {
    title: "no sequences",
    step: ({ w }, { h }) => {
      const next = tanh(matmul(h!, w!));
      return [{ h: next }, { y: mul(next, h!) }];
    },
    weights: { w: [4, 4] },
    carry: { h: [2, 4] },
    sequences: {},
  },
  {
    title: "no weights, no stacked results",
    step: (_, { h }, { x }) => [{ h: add(mul(h!, h!), x!) }, {}],
    weights: {},
    carry: { h: [3] },
    sequences: { x: [3] },
  },
  {
    title: "carries that change places, one of them idle",
    step: ({ w }, { p, q, idle }, { x }) => [
      { p: mul(q!, w!), q: sub(p!, x!), idle: idle! },
      { y: mul(p!, q!) },
    ],
    weights: { w: [3] },
    carry: { p: [3], q: [3], idle: [2] },
    sequences: { x: [3] },
  },
  {
    title: "a weight used several times and ways",
    step: ({ w }, { h }, { x }) => {
      const turned = prims.transpose(w!, { perm: [1, 0] });
      const next = tanh(add(matmul(h!, w!), add(matmul(x!, turned), mul(h!, w!))));
      return [{ h: matmul(next, w!) }, { y: prims.sum(w!, { axes: [0] }) }];
    },
    weights: { w: [3, 3] },
    carry: { h: [3, 3] },
    sequences: { x: [3, 3] },
  },
  {
    title: "a loop within the loop",
    step: ({ w }, { h }, { x }) => {
      const [last, ys] = scan(
        (inner: Tensor, part: Tensor) => {
          const next = tanh(add(matmul(inner, w!), mul(part, h!)));
          return [next, next] as [Tensor, Tensor];
        },
        h!,
        x!,
      );
      return [{ h: last }, { y: prims.sum(ys, { axes: [0] }) }];
    },
    weights: { w: [3, 3] },
    carry: { h: [2, 3] },
    sequences: { x: [2, 2, 3] },
  },
];

export interface Operands {
  readonly weights: Tensors;
  readonly carry: Tensors;
  readonly sequences: Tensors;
}

export function drawOperands(loop: Loop, length: number, seed: number): Operands {
  const all = (shapes: Loop["weights"], first: number, steps: readonly number[] = []) =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape], i) => [
        name,
        numbers([...steps, ...shape], first + i),
      ]),
    );
  return {
    weights: all(loop.weights, seed),
    carry: all(loop.carry, seed + 10),
    sequences: all(loop.sequences, seed + 20, [length]),
  };
}

export type Run = (operands: Operands) => [Tensors, Tensors];

export function looped({ step }: Loop, length: number, reverse: boolean): Run {
  return ({ weights, carry, sequences }) =>
    scan((c: Tensors, x: Tensors) => step(weights, c, x), carry, sequences, { reverse, length });
}

/** The same without a scan: every step written out, for one step or more. */
export function unrolled({ step }: Loop, length: number, reverse: boolean): Run {
  return ({ weights, carry, sequences }) => {
    const ys: Tensors[] = [];
    for (let i = 0; i < length; i++) {
      const at = reverse ? length - 1 - i : i;
      const [next, y] = step(
        weights,
        carry,
        mapValues(sequences, (x) => stepOf(x, at)),
      );
      carry = next;
      ys[at] = y;
    }
    return [
      carry,
      mapValues(ys[0]!, (_, name) => {
        const rows = ys.map((y) => y[name]!);
        const { shape } = rows[0]!.type;
        const longer = rows.map((row) => prims.reshape(row, { shape: [1, ...shape] }));
        return prims.concat(...longer, { axis: 0 });
      }),
    ];
  };
}

function mapValues(tensors: Tensors, f: (tensor: Tensor, name: string) => Tensor): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, x]) => [name, f(x, name)]));
}

/** x[i] along axis 0. */
function stepOf(x: Tensor, i: number): Tensor {
  const [, ...rest] = x.type.shape;
  const one = {
    start: [i, ...rest.map(() => 0)],
    end: [i + 1, ...rest],
    step: [1, ...rest.map(() => 1)],
  };
  return prims.reshape(prims.slice(x, one), { shape: rest });
}

/** The arrays in a tree. */
export function arrays(tree: unknown): NdArray[] {
  return flattenTree(tree).leaves.map(({ type, data }) => ({ ...type, data }));
}

export function directionLike<T>(tree: T, seed: number): T {
  let next = seed;
  return mapTree((x) => numbers(x.type.shape, next++), tree);
}

/** Inner product of two trees, as a tensor. */
export function dot(a: unknown, b: unknown): Tensor {
  const others = flattenTree(b).leaves;
  const products = flattenTree(a).leaves.map((x, i) =>
    prims.sum(mul(x, others[i]!), { axes: x.type.shape.map((_, axis) => axis) }),
  );
  return products.reduce((total, product) => add(total, product));
}

/** A scalar made of all results. */
export function lossOf(run: Run): (operands: Operands) => Tensor {
  return (operands) => {
    const results = run(operands);
    return dot(results, directionLike(results, 70));
  };
}

export function shifted(x: Tensor, dx: Tensor, by: number): Tensor {
  const data = Float64Array.from(x.data, (element, i) => element + by * dx.data[i]!);
  return new Tensor({ type: x.type, known: data });
}

export function stacked(xs: readonly Tensor[]): Tensor {
  const rows = xs.map((x) => prims.reshape(x, { shape: [1, ...x.type.shape] }));
  return prims.concat(...rows, { axis: 0 });
}
