// Every loss against sums written out here, its gradient against differences, and both far out.

import { describe, expect, test } from "vitest";
import { compile, grad, sigmoid, sum, type Tensor, tensor } from "../../index.ts";
import { type LossSpec, lossNames, lossOf, meanLoss } from "./index.ts";

type Rows = readonly (readonly number[])[];

const ln = Math.log;
const f64 = (rows: Rows | readonly number[]): Tensor => tensor(rows as Rows, "float64") as Tensor;
const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const zip = (y: readonly number[], a: readonly number[], f: (y: number, a: number) => number) =>
  y.map((v, i) => f(v, a[i]!));
const softmaxOf = (z: readonly number[]) => {
  const top = Math.max(...z);
  const e = z.map((v) => Math.exp(v - top));
  return e.map((v) => v / total(e));
};

const YES_NO: Rows = [
  [0, 1, 1],
  [1, 0, 0.25],
];
const ONE_HOT: Rows = [
  [0, 0, 1],
  [1, 0, 0],
];
const A: Rows = [
  [0.2, 0.7, 0.1],
  [0.55, 0.15, 0.3],
];
const Z: Rows = [
  [-1.5, 0.4, 2.2],
  [0.9, -0.3, -2.8],
];

const binary = (y: number, a: number) => -(y * ln(a) + (1 - y) * ln(1 - a));
const logistic = (z: number) => 1 / (1 + Math.exp(-z));

interface Case {
  readonly spec: LossSpec;
  readonly y: Rows;
  readonly a: Rows;
  readonly expected: (y: readonly number[], a: readonly number[]) => number;
}

const CASES: readonly Case[] = [
  {
    spec: "quadratic",
    y: YES_NO,
    a: A,
    expected: (y, a) => total(zip(y, a, (t, o) => (t - o) ** 2)) / 2,
  },
  {
    spec: "meanSquaredError",
    y: YES_NO,
    a: A,
    expected: (y, a) => total(zip(y, a, (t, o) => (t - o) ** 2)) / 3,
  },
  {
    spec: "meanAbsoluteError",
    y: YES_NO,
    a: A,
    expected: (y, a) => total(zip(y, a, (t, o) => Math.abs(t - o))) / 3,
  },
  {
    spec: { name: "huber", delta: 0.5 },
    y: YES_NO,
    a: A,
    expected: (y, a) =>
      total(
        zip(y, a, (t, o) => {
          const e = Math.abs(t - o);
          return e <= 0.5 ? (e * e) / 2 : 0.5 * e - 0.125;
        }),
      ) / 3,
  },
  { spec: "binaryCrossentropy", y: YES_NO, a: A, expected: (y, a) => total(zip(y, a, binary)) / 3 },
  {
    spec: { name: "binaryCrossentropy", fromLogits: true },
    y: YES_NO,
    a: Z,
    expected: (y, z) => total(zip(y, z.map(logistic), binary)) / 3,
  },
  { spec: "crossEntropy", y: YES_NO, a: A, expected: (y, a) => total(zip(y, a, binary)) },
  {
    spec: { name: "crossEntropy", fromLogits: true },
    y: YES_NO,
    a: Z,
    expected: (y, z) => total(zip(y, z.map(logistic), binary)),
  },
  {
    spec: "categoricalCrossentropy",
    y: ONE_HOT,
    a: A,
    expected: (y, a) => -total(zip(y, a, (t, o) => t * ln(o))),
  },
  {
    spec: { name: "categoricalCrossentropy", fromLogits: true },
    y: ONE_HOT,
    a: Z,
    expected: (y, z) => -total(zip(y, softmaxOf(z), (t, o) => t * ln(o))),
  },
  { spec: "logLikelihood", y: ONE_HOT, a: A, expected: (y, a) => -ln(a[y.indexOf(1)]!) },
  {
    spec: { name: "logLikelihood", fromLogits: true },
    y: ONE_HOT,
    a: Z,
    expected: (y, z) => -ln(softmaxOf(z)[y.indexOf(1)]!),
  },
  {
    spec: "klDivergence",
    y: [
      [0.1, 0.2, 0.7],
      [0, 0.5, 0.5],
    ],
    a: A,
    expected: (y, a) => total(zip(y, a, (t, o) => (t === 0 ? 0 : t * ln(t / o)))),
  },
  {
    spec: "hinge",
    y: [
      [-1, 1, 1],
      [1, -1, -1],
    ],
    a: Z,
    expected: (y, a) => total(zip(y, a, (t, o) => Math.max(0, 1 - t * o))) / 3,
  },
  {
    spec: "categoricalHinge",
    y: ONE_HOT,
    a: Z,
    expected: (y, a) => {
      const right = total(zip(y, a, (t, o) => t * o));
      return Math.max(0, Math.max(...zip(y, a, (t, o) => (1 - t) * o)) - right + 1);
    },
  },
];

const gradientOf = (spec: LossSpec, y: Tensor) =>
  grad((a: Tensor) => sum(lossOf(spec).perExample(y, a)));

describe.each(CASES.map((c) => [JSON.stringify(c.spec), c] as const))("%s", (_, c) => {
  const y = f64(c.y);
  const a = f64(c.a);

  test("one number for each example, the one written out", () => {
    const values = lossOf(c.spec).perExample(y, a);
    expect(values.shape).toEqual([2]);
    c.y.forEach((row, i) => {
      expect(values.data[i]).toBeCloseTo(c.expected(row, c.a[i]!), 12);
    });
    const mean = total(c.y.map((row, i) => c.expected(row, c.a[i]!))) / 2;
    expect(meanLoss(lossOf(c.spec), y, a).item()).toBeCloseTo(mean, 12);
  });

  test("its gradient is that of the sum written out", () => {
    const gradient = gradientOf(c.spec, y)(a);
    c.a.forEach((row, i) => {
      row.forEach((_value, k) => {
        const at = (h: number) => c.expected(c.y[i]!, row.with(k, row[k]! + h));
        const slope = (4 * (at(1e-4) - at(-1e-4))) / 3 / 2e-4 - (at(2e-4) - at(-2e-4)) / 3 / 4e-4;
        expect(gradient.data[i * 3 + k]).toBeCloseTo(slope, 7);
      });
    });
  });

  test("compiled and in float32 it is the same", () => {
    const loss = lossOf(c.spec);
    const f = (t: Tensor, p: Tensor) => loss.perExample(t, p);
    const expected = [...loss.perExample(y, a).data];
    const single = compile(f)(tensor(c.y), tensor(c.a));
    [...single.data].forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5);
    });
  });
});

test("every loss has a case, or is tested below", () => {
  const tested = CASES.map(({ spec }) => lossOf(spec).name);
  expect(lossNames().filter((name) => !tested.includes(name))).toEqual([
    "sparseCategoricalCrossentropy",
  ]);
});

describe("labels", () => {
  const labels = tensor([2, 0], "int32");
  const oneHot = f64(ONE_HOT);

  test.each([false, true])("give the loss of one-hot targets, fromLogits %s", (fromLogits) => {
    const p = f64(fromLogits ? Z : A);
    const dense = lossOf({ name: "categoricalCrossentropy", fromLogits }).perExample(oneHot, p);
    for (const name of ["sparseCategoricalCrossentropy", "logLikelihood"]) {
      const sparse = lossOf({ name, fromLogits });
      for (const y of [labels, labels.reshape([2, 1]), tensor([2, 0])]) {
        expect([...sparse.perExample(y, p).data]).toEqual([...dense.data]);
      }
      expect([
        ...compile((y: Tensor, a: Tensor) => sparse.perExample(y, a))(labels, p).data,
      ]).toEqual([...dense.data]);
    }
  });

  test("a label per place of a sequence", () => {
    const p = f64(A).reshape([1, 2, 3]);
    const value = lossOf("sparseCategoricalCrossentropy").perExample(labels.reshape([1, 2]), p);
    expect(value.shape).toEqual([1]);
    expect(value.item()).toBeCloseTo((-ln(0.1) - ln(0.55)) / 2, 12);
  });

  test("outside the classes they are an error", () => {
    const { perExample } = lossOf("sparseCategoricalCrossentropy");
    expect(() => perExample(tensor([1, 3], "int32"), f64(A))).toThrow(
      "sparseCategoricalCrossentropy: expected labels from 0 to 2 for 3 classes, received 3 for example 1",
    );
    expect(() => perExample(tensor([-1, 2], "int32"), f64(A))).toThrow("received -1 for example 0");
    expect(() => perExample(tensor([0.5, 2]), f64(A))).toThrow("received 0.5 for example 0");
    expect(() => perExample(tensor([1, 2, 0], "int32"), f64(A))).toThrow(
      "expected labels of shape [2] for predictions [2, 3], received [3]",
    );
  });
});

describe("shapes and names", () => {
  test("[batch] targets stand for [batch, 1], other mismatches are errors", () => {
    const column = f64([[0.5], [0.25]]);
    expect(meanLoss(lossOf("mse"), f64([0, 0]), column).item()).toBeCloseTo(0.15625, 12);
    expect(() => lossOf("mse").perExample(f64([0, 0, 0]), column)).toThrow(
      "loss: expected a target of the prediction's shape [2, 1], received [3]",
    );
  });

  test("[batch] predictions have one output each", () => {
    expect([...lossOf("quadratic").perExample(f64([0, 1]), f64([1, 1])).data]).toEqual([0.5, 0]);
  });

  test("whole-number and boolean targets are taken as they are", () => {
    const a = tensor([[0.5], [0.25]]);
    const y = lossOf("crossEntropy").perExample(tensor([[1], [0]]), a);
    for (const dtype of ["int32", "uint8", "bool", "float64"] as const) {
      const same = lossOf("crossEntropy").perExample(tensor([[1], [0]], dtype), a);
      expect(String(same)).toBe(String(y));
    }
  });

  test("Keras's spellings", () => {
    expect(lossOf("categorical_crossentropy").name).toBe("categoricalCrossentropy");
    expect(lossOf("categoricalCrossEntropy").name).toBe("categoricalCrossentropy");
    expect(lossOf("mse").name).toBe("meanSquaredError");
    expect(lossOf("MSE").name).toBe("meanSquaredError");
    expect(lossOf("kl_divergence").name).toBe("klDivergence");
    expect(() => lossOf("cross_entropi")).toThrow('Did you mean "crossEntropy"?');
  });

  test("a loss of one's own passes through", () => {
    const own = {
      name: "own",
      config: {},
      perExample: (y: Tensor, a: Tensor) => sum(y.mul(a), 1) as Tensor,
    };
    expect(lossOf(own)).toBe(own);
  });

  test("losses name the activation that they can swallow", () => {
    expect(lossOf("crossEntropy").logits).toBe("sigmoid");
    expect(lossOf("logLikelihood").logits).toBe("softmax");
    expect(lossOf("quadratic").logits).toBeUndefined();
  });
});

test("Nielsen's saturated neuron: dC/dz of cross-entropy is a - y, through the sigmoid too", () => {
  const z = f64([[2], [-3], [0.1]]);
  const y = f64([[0], [1], [1]]);
  const slope = grad((x: Tensor) => sum(lossOf("crossEntropy").perExample(y, sigmoid(x))))(z);
  [2, -3, 0.1].forEach((v, i) => {
    expect(slope.data[i]).toBeCloseTo(logistic(v) - y.data[i]!, 14);
  });
});

test.each([
  ["quadratic", 0.6, 0.9, 0.82, 0.094],
  ["quadratic", 2, 2, 0.98, 0.203],
  ["crossEntropy", 0.6, 0.9, 0.82, 0.0116],
  ["crossEntropy", 2, 2, 0.98, 0.012],
])(
  "Nielsen's one neuron, 300 epochs at rate .15: %s from w %f, b %f",
  (name, w, b, first, last) => {
    const output = (p: Tensor) => sigmoid(sum(p)).reshape([1, 1]);
    const step = compile((p: Tensor) => {
      const cost = (q: Tensor) => meanLoss(lossOf(name), f64([[0]]), output(q));
      return p.sub(grad(cost)(p).mul(0.15)) as Tensor;
    });
    let p = f64([w, b]); // input 1, target 0
    expect(output(p).item()).toBeCloseTo(first, 2);
    for (let epoch = 0; epoch < 300; epoch++) p = step(p);
    expect(Number(output(p).item().toPrecision(3))).toBe(last);
  },
);
