// A scan does what its loop does when it is written out, and so do all its derivatives.

import { describe, expect, test } from "vitest";
import { dependents, type Graph, type Node } from "../ir/graph.ts";
import { sizeOf } from "../ir/shape.ts";
import { prims } from "../runtime/apply.ts";
import { grad, jvp, vjp } from "../runtime/autodiff.ts";
import { compile } from "../runtime/compile.ts";
import { scan } from "../runtime/scan.ts";
import { Tensor } from "../runtime/tensor.ts";
import { flattenTree, mapTree } from "../runtime/tree.ts";
import { vmap } from "../runtime/vmap.ts";
import { expectClose, expectSameBits } from "./arrays.testing.ts";
import { drawDirection } from "./samples.testing.ts";

type Tensors = Record<string, Tensor>;
type Step = (weights: Tensors, carry: Tensors, x: Tensors) => [Tensors, Tensors];

/** One loop to test: what happens in a step, and the shapes that it happens to. */
interface Loop {
  readonly title: string;
  readonly step: Step;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly carry: Readonly<Record<string, readonly number[]>>;
  /** Shapes of one step's slices. */
  readonly sequences: Readonly<Record<string, readonly number[]>>;
}

function numbers(shape: readonly number[], seed: number): Tensor {
  const type = { dtype: "float64", shape } as const;
  const { data } = drawDirection(type, seed);
  return new Tensor({ type, known: data.map((x) => 0.6 * x) as Float64Array });
}

/** A row [n] under each of the rows of x [m, n], added. */
function addRow(x: Tensor, row: Tensor): Tensor {
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
const LOOPS: readonly Loop[] = [
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

interface Operands {
  readonly weights: Tensors;
  readonly carry: Tensors;
  readonly sequences: Tensors;
}

function drawOperands(loop: Loop, length: number, seed: number): Operands {
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

type Run = (operands: Operands) => [Tensors, Tensors];

function looped({ step }: Loop, length: number, reverse: boolean): Run {
  return ({ weights, carry, sequences }) =>
    scan((c: Tensors, x: Tensors) => step(weights, c, x), carry, sequences, { reverse, length });
}

/** The same without a scan: every step written out, for one step or more. */
function unrolled({ step }: Loop, length: number, reverse: boolean): Run {
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

const arrays = (tree: unknown) =>
  flattenTree(tree).leaves.map(({ type, data }) => ({ ...type, data }));

function directionLike<T>(tree: T, seed: number): T {
  let next = seed;
  return mapTree((x) => numbers(x.type.shape, next++), tree);
}

/** Inner product of two trees, as a tensor. */
function dot(a: unknown, b: unknown): Tensor {
  const others = flattenTree(b).leaves;
  const products = flattenTree(a).leaves.map((x, i) =>
    prims.sum(mul(x, others[i]!), { axes: x.type.shape.map((_, axis) => axis) }),
  );
  return products.reduce((total, product) => add(total, product));
}

/** A scalar made of all results. */
const lossOf = (run: Run) => (operands: Operands) => {
  const results = run(operands);
  return dot(results, directionLike(results, 70));
};

describe.each(LOOPS.map((loop) => [loop.title, loop] as const))("%s", (_, loop) => {
  const hasWeights = Object.keys(loop.weights).length > 0;

  describe.each([
    [1, false],
    [3, false],
    [3, true],
  ])("%i steps, reverse: %s", (length, reverse) => {
    const [f, g] = [looped(loop, length, reverse), unrolled(loop, length, reverse)];
    const operands = drawOperands(loop, length, 1);
    const direction = directionLike(operands, 50);

    test("gives what the unrolled loop gives", () => {
      expectSameBits(arrays(f(operands)), arrays(g(operands)));
    });

    test("jvp, and its finite difference", () => {
      const [, dy] = jvp(f, [operands], [direction]);
      expectClose(arrays(dy), arrays(jvp(g, [operands], [direction])[1]), 1e-13);
      const loss = lossOf(f);
      const [, slope] = jvp(loss, [operands], [direction]);
      const at = (by: number) =>
        loss(mapTree((x, dx) => shifted(x, dx, by), operands, direction)).item();
      expect(slope.item()).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 7);
    });

    test("vjp, and what it shares with jvp", () => {
      const [results, pullback] = vjp(f, operands);
      const cotangents = directionLike(results, 60);
      const [gradient] = pullback(cotangents);
      expectClose(arrays(gradient), arrays(vjp(g, operands)[1](cotangents)), 1e-12);
      const [, tangents] = jvp(f, [operands], [direction]);
      const [left, right] = [dot(tangents, cotangents), dot(direction, gradient)];
      expect(left.item()).toBeCloseTo(right.item(), 11);
    });

    test("the gradient of one part alone", () => {
      for (const key of ["weights", "carry", "sequences"] as const) {
        if (Object.keys(operands[key]).length === 0) continue;
        const partOf = (run: Run) =>
          grad((part: Tensors) => lossOf(run)({ ...operands, [key]: part }))(operands[key]);
        expectClose(arrays(partOf(f)), arrays(partOf(g)), 1e-12);
      }
    });

    test("second order: forward over reverse, reverse over reverse, reverse over forward", () => {
      const twice = (run: Run) => {
        const loss = lossOf(run);
        return [
          jvp(grad(loss), [operands], [direction])[1],
          grad((x: Operands) => dot(grad(loss)(x), direction))(operands),
          grad((x: Operands) => jvp(loss, [x], [direction])[1])(operands),
        ];
      };
      const [forward, reverse, mixed] = twice(f);
      expectClose(arrays(forward), arrays(twice(g)[0]), 1e-11);
      expectClose(arrays(reverse), arrays(forward), 1e-11);
      expectClose(arrays(mixed), arrays(forward), 1e-11);
    });

    test("compiled = eager, for values and gradients", () => {
      expectSameBits(arrays(compile(f)(operands)), arrays(f(operands)));
      const gradient = grad(lossOf(f));
      expectSameBits(arrays(compile(gradient)(operands)), arrays(gradient(operands)));
    });
  });

  test("no steps: the carry passes through, and so does its gradient", () => {
    const f = looped(loop, 0, false);
    const operands = drawOperands(loop, 0, 1);
    const [carry, ys] = f(operands);
    expectSameBits(arrays(carry), arrays(operands.carry));
    expect(flattenTree(ys).leaves.map(({ type }) => sizeOf(type.shape))).toEqual(
      Object.keys(ys).map(() => 0),
    );
    const [results, pullback] = vjp(f, operands);
    const cotangents = directionLike(results, 60);
    const [gradient] = pullback(cotangents);
    expectSameBits(arrays(gradient.carry), arrays(cotangents[0]));
    expect(arrays(gradient.weights).flatMap(({ data }) => [...data])).toEqual(
      arrays(operands.weights).flatMap(({ data }) => [...data].map(() => 0)),
    );
    const second = grad((x: Operands) => dot(grad(lossOf(f))(x), directionLike(x, 50)));
    expect(arrays(second(operands)).every(({ data }) => data.every((x) => x === 0))).toBe(true);
    expectSameBits(arrays(compile(f)(operands)), arrays(f(operands)));
  });

  test("vmap over every choice of weights, carries and sequences", () => {
    const parts = ["weights", "carry", "sequences"] as const;
    const given = parts.filter((key) => Object.keys(loop[key]).length > 0);
    const examples = [1, 2, 3].map((i) => drawOperands(loop, 3, 100 * i));
    for (let bits = 1; bits < 2 ** given.length; bits++) {
      const batched = given.filter((_, i) => (bits >> i) & 1);
      const axes = parts.map((key) => (batched.includes(key) ? 0 : null));
      const mine = (example: Operands) =>
        Object.fromEntries(
          parts.map((key) => [key, (batched.includes(key) ? example : examples[0]!)[key]]),
        ) as unknown as Operands;
      const many = mapTree(
        (...xs) => stacked(xs),
        mine(examples[0]!),
        mine(examples[1]!),
        mine(examples[2]!),
      );
      const whole = Object.fromEntries(
        parts.map((key) => [key, (batched.includes(key) ? many : examples[0]!)[key]]),
      ) as unknown as Operands;
      const run = looped(loop, 3, bits % 2 === 0);
      for (const f of [run, grad(lossOf(run))]) {
        const separate = (weights: Tensors, carry: Tensors, sequences: Tensors) =>
          f({ weights, carry, sequences });
        const together = vmap(separate, { inAxes: axes })(
          whole.weights,
          whole.carry,
          whole.sequences,
        );
        const alone = examples.map((example) => f(mine(example)));
        const expected = mapTree((...xs) => stacked(xs), alone[0]!, alone[1]!, alone[2]!);
        expectClose(arrays(together), arrays(expected), 1e-12);
      }
    }
  });

  test.runIf(hasWeights)("weights alone, differentiated from a start without tangents", () => {
    const operands = drawOperands(loop, 3, 1);
    const only = (run: Run) =>
      grad((weights: Tensors) => lossOf(run)({ ...operands, weights }))(operands.weights);
    expectClose(
      arrays(only(looped(loop, 3, false))),
      arrays(only(unrolled(loop, 3, false))),
      1e-12,
    );
  });
});

function shifted(x: Tensor, dx: Tensor, by: number): Tensor {
  const data = Float64Array.from(x.data, (element, i) => element + by * dx.data[i]!);
  return new Tensor({ type: x.type, known: data });
}

function stacked(xs: readonly Tensor[]): Tensor {
  const rows = xs.map((x) => prims.reshape(x, { shape: [1, ...x.type.shape] }));
  return prims.concat(...rows, { axis: 0 });
}

/** All nodes of a graph and of the loops in it. */
function allNodes(graph: Graph): Node[] {
  return graph.nodes.flatMap((node) =>
    node.op === "scan" ? [node, ...allNodes((node as Node<"scan">).params.body)] : [node],
  );
}

describe("gradients of weights are contracted once, after the loop", () => {
  const gradientGraph = (loop: Loop) => {
    const operands = drawOperands(loop, 5, 1);
    return compile(grad(lossOf(looped(loop, 5, false)))).graph(operands);
  };
  const scansOf = (graph: Graph) =>
    graph.nodes.filter((node) => node.op === "scan") as unknown as Node<"scan">[];
  const makes = (node: Node, shapes: readonly (readonly number[])[]) =>
    node.op === "matmul" && shapes.map(String).includes(String(node.outputs[0]!.type.shape));

  test.each(["tanh RNN", "LSTM"])("%s", (title) => {
    const loop = LOOPS.find((each) => each.title === title)!;
    const weights = [loop.weights.w!, loop.weights.u!];
    const graph = gradientGraph(loop);
    const loops = scansOf(graph);
    expect(loops.map(({ params }) => params.reverse)).toEqual([false, true]);
    for (const { params } of loops) {
      expect(allNodes(params.body).filter((node) => makes(node, weights))).toEqual([]);
    }
    // Outside: [inputs, steps * batch] x [steps * batch, outputs], once for each weight.
    const contractions = graph.nodes.filter((node) => makes(node, weights));
    const operands = contractions.map(({ inputs }) => inputs.map(({ type }) => type.shape));
    expect(operands.sort()).toEqual([
      [
        [3, 10],
        [10, weights[0]![1]],
      ],
      [
        [4, 10],
        [10, weights[1]![1]],
      ],
    ]);
    const after = dependents(graph.nodes, (loops[1] as unknown as Node).outputs);
    expect(contractions.every(({ outputs }) => after.has(outputs[0]!))).toBe(true);
  });

  test("also of weights that are used transposed, or in several products and other ways", () => {
    const { weights, ...rest } = LOOPS[0]!;
    const turned: Loop = {
      ...rest,
      weights: { ...weights, w: [4, 3], g: [3, 4] },
      step: ({ w, u, b, g }, { h }, { x }) => {
        const wide = matmul(x!, prims.transpose(w!, { perm: [1, 0] }));
        const gates = prims.sum(mul(g!, sin(g!)), { axes: [0] });
        const inner = addRow(add(wide, matmul(sin(x!), g!)), add(b!, gates));
        const next = tanh(add(inner, matmul(h!, u!)));
        return [{ h: next }, { y: next }];
      },
    };
    const shapes = [turned.weights.w!, turned.weights.g!, turned.weights.u!];
    const graph = gradientGraph(turned);
    const bodies = scansOf(graph).flatMap(({ params }) => allNodes(params.body));
    expect(bodies.filter((node) => makes(node, shapes))).toEqual([]);
    expect(graph.nodes.filter((node) => makes(node, shapes))).toHaveLength(3);
    const [f, g] = [looped(turned, 5, false), unrolled(turned, 5, false)];
    const operands = drawOperands(turned, 5, 1);
    expectClose(arrays(grad(lossOf(f))(operands)), arrays(grad(lossOf(g))(operands)), 1e-12);
  });

  test("sums of shared sums take no longer than they are", () => {
    const { step, ...rest } = LOOPS[0]!;
    const doubled: Loop = {
      ...rest,
      step: ({ w, ...others }, carry, x) => {
        for (let i = 0; i < 40; i++) w = add(w!, w!); // 2^40 terms, if they were counted
        return step({ ...others, w: sin(w!) }, carry, x);
      },
    };
    const operands = drawOperands(doubled, 2, 1);
    const [f, g] = [looped(doubled, 2, false), unrolled(doubled, 2, false)];
    expectClose(arrays(grad(lossOf(f))(operands)), arrays(grad(lossOf(g))(operands)), 1e-12);
  });
});

describe("what a loop may carry", () => {
  const int = (...data: number[]) =>
    new Tensor({ type: { dtype: "int32", shape: [] }, known: Int32Array.from(data) });
  const one = int(1);

  test("integers beside floats: a step counter that picks rows", () => {
    const table = numbers([4, 3], 5);
    const f = (rows: Tensor) =>
      scan(
        ({ i, h }: Tensors) => {
          const next = tanh(add(h!, prims.gather(rows, i!)));
          return [{ i: add(i!, one), h: next }, next] as [Tensors, Tensor];
        },
        { i: int(0), h: numbers([3], 6) },
        null as unknown as Tensor,
        { length: 4 },
      );
    const [last] = f(table);
    expect(last.i!.item()).toBe(4);
    const loss = (rows: Tensor) => dot(f(rows)[0].h, numbers([3], 7));
    const gradient = grad(loss)(table);
    const [, slope] = jvp(loss, [table], [numbers([4, 3], 8)]);
    expect(slope.item()).toBeCloseTo(dot(gradient, numbers([4, 3], 8)).item(), 12);
    expectSameBits(arrays(compile(grad(loss))(table)), arrays(gradient));
    const tables = [9, 10].map((seed) => numbers([4, 3], seed));
    expectClose(
      arrays(vmap(grad(loss))(stacked(tables))),
      arrays(stacked(tables.map((each) => grad(loss)(each)))),
      1e-13,
    );
  });

  test("a branch: where() chooses between carries by a flag in the sequence", () => {
    const flags = new Tensor({
      type: { dtype: "bool", shape: [4, 3] },
      known: Uint8Array.from([1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1]),
    });
    const xs = numbers([4, 3], 1);
    const loss = (start: Tensor) => {
      const [last] = scan(
        (h: Tensor, { x, flag }: Tensors) => {
          const next = prims.where(flag!, mul(h, x!), sin(h));
          return [next, null] as [Tensor, null];
        },
        start,
        { x: xs, flag: flags } as never,
      );
      return dot(last, numbers([3], 2));
    };
    const start = numbers([3], 3);
    const [, slope] = jvp(loss, [start], [numbers([3], 4)]);
    const at = (by: number) => loss(shifted(start, numbers([3], 4), by)).item();
    expect(slope.item()).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
    expect(dot(grad(loss)(start), numbers([3], 4)).item()).toBeCloseTo(slope.item(), 12);
  });

  test("float32", () => {
    const cast = (x: Tensor) => prims.cast(x, { dtype: "float32" });
    const loop = LOOPS[0]!;
    const operands = mapTree(cast, drawOperands(loop, 3, 1));
    const [f, g] = [looped(loop, 3, false), unrolled(loop, 3, false)];
    const loss = (run: Run) => (x: Operands) => {
      const results = run(x);
      return dot(results, mapTree(cast, directionLike(results, 70)));
    };
    expectSameBits(arrays(f(operands)), arrays(g(operands)));
    expectClose(arrays(grad(loss(f))(operands)), arrays(grad(loss(g))(operands)), 1e-5);
  });
});

describe("what does not fit is refused in words", () => {
  const x = numbers([3, 2], 1);
  test("a carry that changes its type", () => {
    const grow = (h: Tensor) => [prims.reshape(h, { shape: [2, 1] }), null] as [Tensor, null];
    expect(() => scan(grow, numbers([2], 1), x as never)).toThrow(
      "scan: carry 0 enters a step as float64[2] and leaves it as float64[2, 1]",
    );
  });

  test("sequences of different lengths, and none", () => {
    const step = (h: Tensor) => [h, null] as [Tensor, null];
    expect(() => scan(step, numbers([2], 1), [x, numbers([4], 2)] as never)).toThrow(
      "scan: the sequences differ in length: 3 and 4",
    );
    expect(() => scan(step, numbers([2], 1), null as never)).toThrow(
      "scan: expected sequences or { length }, received neither",
    );
  });

  test("a carry that loses a tensor, and a value that is read", () => {
    const lose = () => [[], null] as unknown as [Tensor, null];
    expect(() => scan(lose, numbers([2], 1), x as never)).toThrow(
      "scan: the carry enters a step with 1 tensors and leaves it with 0",
    );
    const read = (h: Tensor) => [h.data.length > 0 ? h : h, null] as [Tensor, null];
    expect(() => scan(read, numbers([2], 1), x as never)).toThrow("was read while tracing");
  });
});
