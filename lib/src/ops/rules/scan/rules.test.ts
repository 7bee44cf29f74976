// What scan's rules promise beyond right numbers, what loops may carry, and what is refused.

import { describe, expect, test } from "vitest";
import { dependents, type Graph, type Node } from "../../../ir/graph.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad, jvp } from "../../../runtime/derivatives/autodiff.ts";
import { backward } from "../../../runtime/derivatives/backward.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import {
  addRow,
  arrays,
  directionLike,
  dot,
  drawOperands,
  LOOPS,
  type Loop,
  looped,
  lossOf,
  numbers,
  type Operands,
  type Run,
  shifted,
  stacked,
  type Tensors,
  unrolled,
} from "../../../runtime/loops/scan-loops.testing.ts";
import { vmap } from "../../../runtime/loops/vmap.ts";
import { Variable } from "../../../runtime/state/variable.ts";
import { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { expectClose, expectSameBits } from "../../arrays.testing.ts";

const { add, mul, matmul, tanh, sin } = prims;

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
    expectClose(arrays(f(operands)), arrays(g(operands)), 1e-6);
    expectClose(arrays(grad(loss(f))(operands)), arrays(grad(loss(g))(operands)), 1e-5);
  });
});

describe("loops and the rest of the runtime", () => {
  const loop = LOOPS[0]!;
  const operands = drawOperands(loop, 3, 1);
  const f = lossOf(looped(loop, 3, false));

  test("variables inside a loop get their gradients, eager and compiled", () => {
    const variables = mapTree((w) => new Variable(w), operands.weights);
    const step = () => {
      const loss = f({ ...operands, weights: variables });
      backward(loss);
      return loss;
    };
    const gradients = () => Object.values(variables).map((w) => (w as Variable).grad);
    step();
    const expected = grad((weights: Tensors) => f({ ...operands, weights }))(operands.weights);
    expectSameBits(arrays(gradients()), arrays(expected));
    for (const w of Object.values(variables)) (w as Variable).grad = null;
    compile(step)();
    expectSameBits(arrays(gradients()), arrays(expected));
  });

  test("a batch of none", () => {
    const none = mapTree((x) => {
      const shape = [0, ...x.type.shape];
      return new Tensor({ type: { dtype: x.dtype, shape }, known: new Float64Array(0) });
    }, operands.weights);
    const gradient = grad((weights: Tensors) => f({ ...operands, weights }));
    const shapes = arrays(vmap(gradient)(none)).map(({ shape }) => shape);
    expect(shapes).toEqual(arrays(none).map(({ shape }) => shape));
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
