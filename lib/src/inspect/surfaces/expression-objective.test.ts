/** Expressions as surfaces, against closed forms. */
import { describe, expect, it } from "vitest";
import { tensor } from "../../index.ts";
import {
  curvatureAt,
  curvatureLook,
  descentOn,
  descentsOn,
  expressionObjective,
  parseExpression,
  planeOfTwo,
} from "../index.ts";

const of = (text: string, names?: readonly string[]) =>
  expressionObjective(parseExpression(text), names);

describe("expressionObjective", () => {
  it("has value, gradient and Hessian of Rosenbrock's valley", () => {
    const { value, gradient, hessian } = curvatureAt(of("(1 - x)^2 + 100*(y - x^2)^2"), [0.5, -1]);
    expect(value).toBeCloseTo(0.25 + 100 * 1.25 ** 2, 10);
    expect(gradient[0]).toBeCloseTo(-2 * 0.5 - 400 * 0.5 * -1.25, 10);
    expect(gradient[1]).toBeCloseTo(200 * -1.25, 10);
    expect(hessian[0]![0]).toBeCloseTo(2 - 400 * -1 + 1200 * 0.25, 9);
    expect(hessian[0]![1]).toBeCloseTo(-400 * 0.5, 10);
    expect(hessian[1]![1]).toBeCloseTo(200, 10);
  });

  it("takes variables in the order that it is told, named or not", () => {
    const point = tensor([3, 5], "float64");
    expect(of("b - a", ["a", "b"])(point).item()).toBe(2);
    expect(of("b - a")(point).item()).toBe(-2);
    expect(of("v^2", ["u", "v"])(point).item()).toBe(25);
    expect(of("7", ["u", "v"])(point).item()).toBe(7);
  });

  it("refuses several outputs, and other variables", () => {
    expect(() => of("x; y")).toThrow("expected an expression of one output, received 2: f1, f2");
    expect(() => of("x*z", ["x", "y"])).toThrow(
      'expected an expression of x, y, received one of "z" too',
    );
    expect(() => expressionObjective("x" as never, ["x"])).toThrow("an expression that was parsed");
  });
});

it("looks at many points by one program", () => {
  const look = curvatureLook(of("a^2*b", ["a", "b"]));
  for (const [a, b] of [
    [1, 2],
    [-3, 0.5],
  ] as const) {
    expect(look([a, b]).gradient).toEqual([2 * a * b, a * a]);
    expect(look([a, b]).hessian).toEqual([
      [2 * b, 2 * a],
      [2 * a, expect.closeTo(0, 12)],
    ]);
  }
  expect(() => curvatureLook(3 as never)).toThrow("curvatureLook: expected objective");
});

it("descends from many starts by one program, as from each alone", () => {
  const objective = of("u^2 + 10*v^2", ["u", "v"]);
  const optimizer = { name: "sgd", learningRate: 0.04, momentum: 0.5 } as const;
  const descend = descentsOn(objective, planeOfTwo(), { optimizer, steps: 20 });
  for (const start of [
    [1, 1],
    [-2, 0.5],
    [1, 1],
  ] as const) {
    const alone = descentOn(objective, planeOfTwo(), { optimizer, steps: 20, start });
    expect(descend(start)).toEqual(alone);
    // The first step is downhill: u - 0.04 2u, v - 0.04 20v.
    expect(alone.points[1]!.u).toBeCloseTo(0.92 * start[0], 12);
    expect(alone.points[1]!.v).toBeCloseTo(0.2 * start[1], 12);
  }
  expect(() => descend([1, Number.NaN])).toThrow("descentsOn: expected start to be a start [u, v]");
  expect(() => descentsOn(objective, planeOfTwo(), { optimizer, start: [0, 0] } as never)).toThrow(
    '"start"',
  );
});
