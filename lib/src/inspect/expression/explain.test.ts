import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { compile, grad, type Tensor, tensor } from "../../index.ts";
import { toDot } from "../../ir/dot.ts";
import {
  annotate,
  computationOf,
  EXPRESSION_PRESETS,
  edgesOf,
  explainExpression,
  expressionDifferences,
  expressionFunction,
  expressionTensors,
  jacobianOf,
  knownAfter,
  parseExpression,
  pathsBetween,
} from "../index.ts";
import { FUNCTIONS, type FunctionName } from "./functions.ts";

const figure = () => explainExpression("1/(exp(-(w*x+b))+1)", { x: 1, w: 0, b: 0 });
const at = (text: string, point: Record<string, number>) => {
  return computationOf(parseExpression(text), point);
};
const scalar = (value: number) => {
  return { dtype: "float64", shape: [], data: Float64Array.of(value) } as const;
};

describe("NNDL figure 4.8", () => {
  const { computation, forward, reverse, graph, jacobian } = figure();

  test("has the book's values and local derivatives", () => {
    const { operations } = computation;
    expect(operations.map(({ value }) => value)).toEqual([0, 0, -0, 1, 2, 0.5]);
    const slopes = operations.map(({ operands }) => {
      return operands.map(({ slope, derivative }) => [slope, derivative]);
    });
    const none = [null, null];
    expect(slopes).toEqual([
      [
        ["x", 1],
        ["w", 0],
      ],
      [
        ["1", 1],
        ["1", 1],
      ],
      [["-1", -1]],
      [["exp(h3)", 1]],
      [["1", 1], none],
      [none, ["-1/h5^2", -0.25]],
    ]);
  });

  test("takes three passes forward and one in reverse", () => {
    const values = forward.map(({ of, moves }) => [of, ...moves.map(({ value }) => value)]);
    expect(values).toEqual([
      ["w", 1, 1, -1, -1, -1, 0.25],
      ["x", 0, 0, 0, 0, 0, 0],
      ["b", 0, 1, -1, -1, -1, 0.25],
    ]);
    expect(reverse).toHaveLength(1);
    expect(reverse[0]!.moves.map(({ operation, value }) => [operation, value])).toEqual([
      ["h6", 1],
      ["h5", -0.25],
      ["h4", -0.25],
      ["h3", -0.25],
      ["h2", 0.25],
      ["h1", 0.25],
    ]);
    expect(jacobian).toEqual({
      outputs: ["f"],
      inputs: ["w", "x", "b"],
      values: [[0.25, 0, 0.25]],
    });
  });

  test("knows nothing, which is not 0, where no pass has come yet", () => {
    const known = (moves: number) =>
      Object.fromEntries(knownAfter(computation, reverse[0]!, moves));
    expect(known(0)).toEqual({
      w: null,
      x: null,
      b: null,
      h1: null,
      h2: null,
      h3: null,
      h4: null,
      h5: null,
      h6: 1,
    });
    expect(known(2)).toMatchObject({ h3: null, h4: -0.25, h5: -0.25 });
    expect(known(6)).toMatchObject({ w: 0.25, x: 0, b: 0.25 });
    const first = Object.fromEntries(knownAfter(computation, forward[0]!, 1));
    expect(first).toMatchObject({ w: 1, x: 0, b: 0, h1: 1, h2: null, h6: null });
  });

  test("is the library's graph, with gradients on its edges", () => {
    expect(graph.nodes.map(({ op, path }) => [op, path])).toEqual([
      ["constant", undefined],
      ["mul", "h1"],
      ["add", "h2"],
      ["neg", "h3"],
      ["exp", "h4"],
      ["constant", undefined],
      ["add", "h5"],
      ["div", "h6"],
    ]);
    const point = [0, 1, 0].map(scalar);
    const { gradients } = edgesOf(graph, point, { gradients: true });
    expect(graph.inputs.map((input) => gradients.get(input)!.data[0])).toEqual([0.25, 0, 0.25]);
    expect(toDot(graph, annotate(graph, point, { gradients: true }))).toContain(">grad -0.25<");
  });
});

describe("the books' other expressions", () => {
  const explained = (name: keyof typeof EXPRESSION_PRESETS) => {
    const { text, at } = EXPRESSION_PRESETS[name];
    return explainExpression(text, at);
  };

  test("micrograd's README: 24.7041, 138.8338, 645.5773", () => {
    const { computation, jacobian } = explained("micrograd");
    expect(computation.outputs.map(({ name, value }) => [name, value.toFixed(4)])).toEqual([
      ["g", "24.7041"],
    ]);
    expect(jacobian.values[0]!.map((x) => x.toFixed(4))).toEqual(["138.8338", "645.5773"]);
  });

  test("Mazur's network: E, and dE/dw5 as a product of three factors", () => {
    const { computation, jacobian } = explained("mazur");
    expect(computation.outputs[0]!.value).toBeCloseTo(0.2983711087600027, 15);
    const { inputs, values } = jacobian;
    const by = (name: string) => values[0]![inputs.indexOf(name)]!;
    expect(by("w5")).toBeCloseTo(0.08216704056423078, 15);
    expect(by("w1")).toBeCloseTo(0.00043856773, 10);
    const { paths, sum } = pathsBetween(computation, "w5", "E");
    expect(paths).toHaveLength(1);
    const derivative = (operation: string) => {
      return paths[0]!.factors.find((factor) => factor.operation === operation)!.derivative;
    };
    expect(derivative("out_o1")).toBeCloseTo(0.1868156018, 10);
    expect(derivative("h11")).toBeCloseTo(0.5932699921, 10);
    expect(sum).toBeCloseTo(by("w5"), 15);
  });

  test("softmax with cross-entropy: dC/dz = a - y", () => {
    const { computation, jacobian } = explained("softmax");
    const a = ["a1", "a2", "a3"].map(
      (name) => computation.operations.find((operation) => operation.name === name)!.value,
    );
    expect(a.map((x) => x.toFixed(4))).toEqual(["0.8789", "0.1189", "0.0022"]);
    const by = (name: string) => jacobian.values[0]![jacobian.inputs.indexOf(name)]!;
    a.forEach((value, i) => {
      expect(by(`z${i + 1}`)).toBeCloseTo(value - (i === 0 ? 1 : 0), 14);
    });
    expect(computation.outputs[0]!.value).toBeCloseTo(0.1291, 4);
  });

  test("a chain with z = 0 everywhere: dC/db1 is 1/64 of dC/db4, each link a factor of 1/4", () => {
    const { jacobian } = explained("chain");
    const by = (name: string) => jacobian.values[0]![jacobian.inputs.indexOf(name)]!;
    expect(by("b1") / by("b4")).toBe(1 / 64);
  });

  test("a neuron: dC/dw = dC/db = a^2 (1 - a) at x = 1, y = 0", () => {
    const { computation, jacobian } = explained("neuron");
    const a = computation.operations.find(({ name }) => name === "a")!.value;
    const { inputs, values } = jacobian;
    for (const name of ["w", "b"]) {
      expect(values[0]![inputs.indexOf(name)]).toBeCloseTo(a * a * (1 - a), 15);
    }
  });

  test("as a function of tensors: recorded, compiled and differentiated, in both precisions", () => {
    const { text, at } = EXPRESSION_PRESETS.micrograd;
    const f = expressionTensors(parseExpression(text));
    const slopes = grad((p: { a: Tensor; b: Tensor }) => f([p.a, p.b])[0] as Tensor<[]>);
    for (const dtype of ["float64", "float32"] as const) {
      const [a, b] = [tensor(at["a"]!, dtype), tensor(at["b"]!, dtype)];
      const found = [slopes({ a, b }), compile(slopes)({ a, b })];
      for (const { a: da, b: db } of found) {
        expect(da.dtype).toBe(dtype);
        expect([da.item().toFixed(2), db.item().toFixed(2)]).toEqual(["138.83", "645.58"]);
      }
    }
  });

  test("a layer's f' is a diagonal matrix", () => {
    const { jacobian, forward, reverse } = explained("layer");
    expect(jacobian.values[0]).toEqual([0.25, 0]);
    expect(jacobian.values[1]![0]).toBe(0);
    expect(jacobian.values[1]![1]).toBeCloseTo(0.10499, 5);
    expect([forward.length, reverse.length]).toEqual([2, 2]);
  });

  test("x*x + x at 3 has three paths that add to 7", () => {
    const { paths, sum, count } = pathsBetween(explained("paths").computation, "x", "f");
    expect(count).toBe(3);
    expect(paths.map(({ through, product }) => [through.join(" "), product])).toEqual([
      ["x h1 h2", 3],
      ["x h1 h2", 3],
      ["x h2", 1],
    ]);
    expect(sum).toBe(7);
  });
});

describe("every function", () => {
  const points: [number, number][] = [
    [0.7, 1.3],
    [2.1, 0.4],
    [-0.6, 2],
  ];

  test.each(Object.keys(FUNCTIONS) as FunctionName[])(
    "%s: the slopes as texts are what the library derives",
    (name) => {
      const { arity, slopes, outside } = FUNCTIONS[name];
      for (const [u, v] of points) {
        if (outside?.(u, v) || (name === "pow" && u < 0)) continue;
        const { operations } = at(
          arity === 1 ? `${name}(u)` : `${name}(u, v)`,
          arity === 1 ? { u } : { u, v },
        );
        slopes.forEach((slope, i) => {
          const expression = parseExpression(slope);
          const given: Record<string, number> = { u, v };
          const [value] = expressionFunction(expression)(
            expression.inputs.map((input) => given[input]!),
          );
          expect(operations[0]!.operands[i]!.derivative).toBeCloseTo(value!, 12);
        });
      }
    },
  );

  test.each([
    ["exp(x)", 1, Math.E],
    ["ln(x)", Math.E ** 2, 2],
    ["sigmoid(x)", Math.log(3), 0.75],
    ["tan(x)", Math.PI / 4, 1],
    ["erf(x)", 1, 0.8427007929497149],
    ["softplus(x)", 0, Math.LN2],
    ["x^0.5 + x**3", 4, 66],
    ["|x| + sign(x) + step(x)", -2, 1],
    ["max(x, 2) - min(x, 2)", 5, 3],
    ["relu(x) + relu(-x)", -3, 3],
    ["2*pi*x - e", 1, 2 * Math.PI - Math.E],
    ["2^3^2 - x", 0, 512],
  ])("%s at %d", (text, x, value) => {
    expect(at(text, { x }).outputs[0]!.value).toBeCloseTo(value, 14);
  });

  test("powers: by the base as n u^(n-1), by the exponent with a logarithm", () => {
    const slopes = (text: string, point: Record<string, number>) => {
      return at(text, point)
        .operations.at(-1)!
        .operands.map(({ slope, derivative }) => [slope, derivative]);
    };
    expect(slopes("x^2", { x: 3 })).toEqual([
      ["2*x", 6],
      [null, null],
    ]);
    expect(slopes("x^-1", { x: 2 })).toEqual([
      ["-1*x^(-2)", -0.25],
      [null, null],
    ]);
    expect(slopes("x^0", { x: 3 })[0]).toEqual(["0", 0]);
    expect(slopes("x^1", { x: 3 })[0]).toEqual(["1", 1]);
    expect(slopes("x^e", { x: 1 })[0]![0]).toBe("e*x^(e - 1)");
    expect(slopes("2^x", { x: 3 })[1]).toEqual(["2^x*log(2)", 8 * Math.LN2]);
  });
});

describe("outside of a domain the table says so", () => {
  test.each([
    [
      "log(x)",
      { x: -1 },
      Number.NaN,
      ["h1 = log(x): the logarithm is defined above 0 only, and not at -1."],
    ],
    ["1/x", { x: 0 }, Infinity, ["h1 = 1/x: 1 is divided by 0."]],
    ["sqrt(x)", { x: 0 }, 0, ["h1 = sqrt(x): the square root has an infinite derivative at 0."]],
    ["x^y", { x: -8, y: 1 / 3 }, Number.NaN, [expect.stringContaining("whole powers only")]],
    ["exp(x) + 1", { x: 1000 }, Infinity, [expect.stringContaining("beyond the largest float64")]],
    ["|x|", { x: 0 }, 0, [expect.stringContaining("corner at 0")]],
    ["max(x, y)", { x: 2, y: 2 }, 2, [expect.stringContaining("corner")]],
    ["x*log(-1)", { x: 2 }, Number.NaN, [expect.stringContaining("and not at -1")]],
    ["x + relu(0)", { x: 2 }, 2, []],
    ["x + 1", { x: 2 }, 3, []],
  ])("%s", (text, point, value, notes) => {
    const computation = at(text, point as unknown as Record<string, number>);
    expect(computation.outputs[0]!.value).toBe(value);
    expect(computation.notes).toEqual(notes);
  });
});

test.each([
  [() => figureAt({ x: 1 }), "explainExpression: w, b have no value. Its inputs are w, x, b."],
  [() => figureAt({ x: 1, w: 0, b: 0, c: 1 }), 'the expression has no input "c".'],
  [() => figureAt({ x: 1, w: 0, b: Number.NaN }), "expected b to be a finite number, received NaN"],
  [() => figureAt(3 as never), "expected values by name, as { x: 1 }, received 3"],
  [() => computationOf("x" as never, {}), 'Write parseExpression("x")'],
  [() => jacobianOf("x" as never), "expected computation to be a computation"],
  [() => expressionDifferences(parseExpression("x"), { x: 1 }, "y", "f"), 'there is no input "y"'],
])("refuses %#", (call, says) => expect(call).toThrow(says));

function figureAt(point: Record<string, number>) {
  return explainExpression("1/(exp(-(w*x+b))+1)", point);
}

test("an expression without an operation has an outcome and a derivative too", () => {
  const { computation, jacobian } = explainExpression("x, 5", { x: 2 });
  expect(computation.operations).toEqual([]);
  expect(computation.outputs.map(({ value }) => value)).toEqual([2, 5]);
  expect(jacobian.values).toEqual([[1], [0]]);
});

test("differences of sin at 1 are best at 1e-8 and at 1e-5", () => {
  const { rows, exact, bestForward, bestCentral } = expressionDifferences(
    parseExpression("sin(x)"),
    { x: 1 },
    "x",
    "f",
  );
  expect(exact).toBe(Math.cos(1));
  expect(rows.map(({ stepSize }) => stepSize)).toEqual(
    Array.from({ length: 15 }, (_, i) => Number(`1e-${i + 1}`)),
  );
  expect([bestForward, bestCentral]).toEqual([1e-8, 1e-5]);
  expect(rows[0]!.forward).toBeCloseTo((Math.sin(1.1) - Math.sin(1)) / 0.1, 14);
  expect(rows[0]!.centralError).toBeCloseTo(Math.cos(1) * (1 - Math.sin(0.1) / 0.1), 14);
  expect(rows.at(-1)!.forwardError!).toBeGreaterThan(1e-3);
});

test("the function of an expression takes numbers in the order of its inputs", () => {
  expect(expressionFunction(parseExpression("a - b, a*b"))([5, 2])).toEqual([3, 10]);
});

test("deep chains and shared names stay small", () => {
  const chain = explainExpression(`${"sin(".repeat(150)}x${")".repeat(150)}`, { x: 1 });
  expect(chain.computation.operations).toHaveLength(150);
  const doubled = Array.from({ length: 60 }, (_, i) => `a${i + 1} = a${i} + a${i}`).join(";");
  const { computation, jacobian } = explainExpression(doubled, { a0: 1 });
  expect(jacobian.values).toEqual([[2 ** 60]]);
  const { count, paths, sum } = pathsBetween(computation, "a0", "a60", { most: 7 });
  expect([count, paths.length, sum]).toEqual([2 ** 60, 7, null]);
  expect(evaluate(explainExpression(doubled, { a0: 1 }).graph, [scalar(1)])[0]!.data[0]).toBe(
    2 ** 60,
  );
});
