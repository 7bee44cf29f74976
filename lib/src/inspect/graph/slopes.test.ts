import { expect, test } from "vitest";
import { makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { differencesOf, localJacobians } from "../index.ts";

const float64 = (shape: number[]) => new Value({ dtype: "float64", shape });
const array = (numbers: number[], shape: number[]) => {
  return { dtype: "float64", shape, data: Float64Array.from(numbers) } as const;
};

test("the three derivatives of a layer as matrices: I(a), W and the identity; then diag(f')", () => {
  const o = graphBuilder();
  const [W, a, b] = [float64([2, 2]), float64([2]), float64([2])];
  const column = o.reshape(a, { shape: [2, 1] });
  const product = o.matmul(W, column);
  const z = o.add(o.reshape(product, { shape: [2] }), b);
  const y = o.sigmoid(z);
  const graph = makeGraph([W, a, b], [y]);
  const found = localJacobians(graph, [
    array([1, 2, 3, 4], [2, 2]),
    array([2, -1], [2]),
    array([0, 0], [2]),
  ]);
  const of = (value: Value) => found.get(value.node!)!.map((matrix) => matrix!.values);
  expect(of(product)).toEqual([
    [
      [2, -1, 0, 0],
      [0, 0, 2, -1],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  const identity = [
    [1, 0],
    [0, 1],
  ];
  expect(of(z)).toEqual([identity, identity]);
  const [slopes] = of(y); // z = (0, 2)
  expect(slopes![0]).toEqual([0.25, 0]);
  expect(slopes![1]![1]).toBeCloseTo(0.10499, 5);
});

test("an operand read twice has two matrices, and integers have none", () => {
  const o = graphBuilder();
  const x = float64([]);
  const square = o.mul(x, x);
  const whole = o.cast(square, { dtype: "int32" });
  const found = localJacobians(makeGraph([x], [whole]), [array([3], [])]);
  const three = { rows: 1, columns: 1, values: [[3]] };
  expect(found.get(square.node!)).toEqual([three, three]);
  expect(found.get(whole.node!)).toEqual([null]);
});

test("matrices that nobody reads are refused", () => {
  const o = graphBuilder();
  const x = float64([1200]);
  const graph = makeGraph([x], [o.exp(x)]);
  expect(() => localJacobians(graph, [array(Array(1200).fill(0), [1200])])).toThrow(
    "at most 1048576 elements, received 1200 x 1200",
  );
});

test("differences of what is straight are exact, and of what is not finite none", () => {
  const straight = differencesOf((x) => 2 * x, 0, 2, { stepSizes: [0.5, 0.25] });
  expect(straight).toMatchObject({ bestForward: 0.5, bestCentral: 0.5 });
  const broken = differencesOf((x) => Math.log(x), -1, Number.NaN);
  expect(broken).toMatchObject({ bestForward: null, bestCentral: null });
  expect(broken.rows[0]).toMatchObject({ forward: Number.NaN, forwardError: null });
  expect(() => differencesOf((x) => x, 0, 1, { stepSizes: [0] })).toThrow("numbers above 0");
});
