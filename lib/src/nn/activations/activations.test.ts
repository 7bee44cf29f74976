// Every activation against closed forms written here, at its extremes, and to second order.

import { describe, expect, test } from "vitest";
import { compile, grad, sum, type Tensor, tensor, valueAndGrad } from "../../index.ts";
import { type ActivationName, activationNames, activationOf } from "./index.ts";

type Real = (x: number) => number;

interface Expected {
  readonly f: Real;
  readonly slope: Real;
  /** Absent where the slope is a step. */
  readonly curvature?: Real;
  /** The slope at 0 that we choose where two are possible. */
  readonly slopeAt0?: number;
}

const logistic: Real = (x) => 1 / (1 + Math.exp(-x));
const density: Real = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The normal distribution function by Simpson's rule. */
const phi: Real = (x) => {
  const n = 2000;
  const h = x / n;
  let total = density(0) + density(x);
  for (let i = 1; i < n; i++) total += density(i * h) * (i % 2 === 0 ? 2 : 4);
  return 0.5 + (total * h) / 3;
};

const zero: Real = () => 0;
const S = 1.0507009873554805;
const A = 1.6732632423543772;
const G = Math.sqrt(2 / Math.PI);

/** The slope of a function written here, by Richardson's extrapolation of central differences. */
const slopeOf =
  (f: Real): Real =>
  (x) => {
    const central = (h: number) => (f(x + h) - f(x - h)) / (2 * h);
    return (4 * central(5e-4) - central(1e-3)) / 3;
  };

const geluTanh: Real = (x) => (x / 2) * (1 + Math.tanh(G * (x + 0.044715 * x ** 3)));
const mish: Real = (x) => x * Math.tanh(Math.log1p(Math.exp(x)));

/** sigma(x) and so on as in NNDL's table of functions and derivatives, and the others' papers. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  linear: { f: (x) => x, slope: () => 1, curvature: zero },
  sigmoid: {
    f: logistic,
    slope: (x) => logistic(x) * (1 - logistic(x)),
    curvature: (x) => logistic(x) * (1 - logistic(x)) * (1 - 2 * logistic(x)),
  },
  hardSigmoid: {
    f: (x) => Math.min(1, Math.max(0, x / 6 + 0.5)),
    slope: (x) => (Math.abs(x) < 3 ? 1 / 6 : 0),
  },
  tanh: {
    f: (x) => (Math.exp(x) - Math.exp(-x)) / (Math.exp(x) + Math.exp(-x)),
    slope: (x) => 1 - Math.tanh(x) ** 2,
    curvature: (x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2),
  },
  hardTanh: {
    f: (x) => Math.min(1, Math.max(-1, x)),
    slope: (x) => (Math.abs(x) < 1 ? 1 : 0),
  },
  relu: { f: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0), slopeAt0: 0 },
  leakyRelu: {
    f: (x) => Math.max(0, x) + 0.01 * Math.min(0, x),
    slope: (x) => (x > 0 ? 1 : 0.01),
    slopeAt0: 0.01,
  },
  elu: {
    f: (x) => Math.max(0, x) + Math.min(0, Math.exp(x) - 1),
    slope: (x) => (x > 0 ? 1 : Math.exp(x)),
    curvature: (x) => (x > 0 ? 0 : Math.exp(x)),
    slopeAt0: 1,
  },
  selu: {
    f: (x) => S * (x > 0 ? x : A * (Math.exp(x) - 1)),
    slope: (x) => S * (x > 0 ? 1 : A * Math.exp(x)),
    curvature: (x) => (x > 0 ? 0 : S * A * Math.exp(x)),
    slopeAt0: S * A,
  },
  softplus: {
    f: (x) => Math.log(1 + Math.exp(x)),
    slope: logistic,
    curvature: (x) => logistic(x) * (1 - logistic(x)),
    slopeAt0: 0.5,
  },
  softsign: {
    f: (x) => x / (1 + Math.abs(x)),
    slope: (x) => 1 / (1 + Math.abs(x)) ** 2,
    curvature: (x) => (-2 * Math.sign(x)) / (1 + Math.abs(x)) ** 3,
    slopeAt0: 1,
  },
  gelu: {
    f: (x) => x * phi(x),
    slope: (x) => phi(x) + x * density(x),
    curvature: (x) => (2 - x * x) * density(x),
    slopeAt0: 0.5,
  },
  silu: {
    f: (x) => x * logistic(x),
    slope: (x) => logistic(x) * (1 + x * (1 - logistic(x))),
    curvature: (x) => {
      const s = logistic(x);
      return s * (1 - s) * (2 + x * (1 - 2 * s));
    },
    slopeAt0: 0.5,
  },
  relu6: { f: (x) => Math.min(6, Math.max(0, x)), slope: (x) => (x > 0 && x < 6 ? 1 : 0) },
  celu: {
    f: (x) => (x > 0 ? x : Math.expm1(x)),
    slope: (x) => (x > 0 ? 1 : Math.exp(x)),
    slopeAt0: 1,
  },
  logSigmoid: {
    f: (x) => -Math.log1p(Math.exp(-x)),
    slope: (x) => logistic(-x),
    curvature: (x) => -logistic(x) * logistic(-x),
  },
  hardSilu: {
    f: (x) => x * Math.min(1, Math.max(0, x / 6 + 0.5)),
    slope: (x) => (Math.abs(x) < 3 ? x / 3 + 0.5 : Number(x > 0)),
    slopeAt0: 0.5,
  },
  mish: { f: mish, slope: slopeOf(mish), slopeAt0: 0.6 },
  sin: { f: Math.sin, slope: Math.cos, curvature: (x) => -Math.sin(x), slopeAt0: 1 },
  step: { f: (x) => (x > 0 ? 1 : 0), slope: zero, slopeAt0: 0 },
};

/** Between kinks, and where float64 still has many digits. */
const GRID = [-9.3, -5.2, -2.7, -1.6, -0.8, -0.3, -0.02, 0.04, 0.2, 0.7, 1.4, 2.2, 4.1, 8.8];
const names = activationNames();
const elementwise = names.filter((name) => !activationOf(name).axisWise);

const slopes = (f: (x: Tensor) => Tensor) => grad((x: Tensor) => sum(f(x)));

function expectClose(received: Tensor, expected: readonly number[], tolerance: number): void {
  const values = [...received.data];
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    const error = Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    expect(error, `${value} for ${expected[i]} at place ${i}`).toBeLessThan(tolerance);
  });
}

test("every element-wise activation is tested", () => {
  expect(Object.keys(EXPECTED).sort()).toEqual([...elementwise].sort());
});

describe.each(Object.entries(EXPECTED))("%s", (name, { f, slope, curvature, slopeAt0 }) => {
  const { apply } = activationOf(name);
  const x = tensor(GRID, "float64");
  const tolerance = name === "mish" ? 1e-10 : 1e-12;

  test("value, slope and curvature are those of the closed form", () => {
    expectClose(apply(x), GRID.map(f), 1e-12);
    expectClose(slopes(apply)(x), GRID.map(slope), tolerance);
    if (curvature) expectClose(slopes(slopes(apply))(x), GRID.map(curvature), 1e-11);
  });

  test("float32 agrees, compiled and not", () => {
    const single = tensor(GRID);
    const [value, slopeOfIt] = [apply, slopes(apply)];
    expectClose(value(single), GRID.map(f), 2e-6);
    expectClose(slopeOfIt(single), GRID.map(slope), 2e-6);
    expectClose(compile(value)(single), GRID.map(f), 2e-6);
    expectClose(compile(slopeOfIt)(single), GRID.map(slope), 2e-6);
  });

  test("the slope at 0", () => {
    const at0 = slopes(apply)(tensor([0], "float64")).item();
    expect(at0).toBeCloseTo(slopeAt0 ?? slope(0), 12);
    expect(Math.abs(at0 - (slopeAt0 ?? slope(0)))).toBeLessThan(1e-12);
  });

  test.each(["float32", "float64"] as const)("is finite to every order far out, %s", (dtype) => {
    const far = tensor([-1e30, -1000, -100, -20, 0, 20, 100, 1000, 1e30], dtype);
    for (const g of [apply, slopes(apply), slopes(slopes(apply))]) {
      expect([...g(far).data].every(Number.isFinite), String(g(far))).toBe(true);
    }
  });
});

test("softplus at its extremes", () => {
  const far = tensor([-1000, -50, 50, 1000]);
  expect([...activationOf("softplus").apply(far).data]).toEqual([
    0,
    Math.fround(Math.exp(-50)),
    50,
    1000,
  ]);
  expect([...slopes(activationOf("softplus").apply)(far).data]).toEqual([
    0,
    Math.fround(Math.exp(-50)),
    1,
    1,
  ]);
});

describe("parameters", () => {
  const x = tensor([-2, -0.5, 3], "float64");

  test("change the function and stand in its formula", () => {
    const elu = activationOf({ name: "elu", alpha: 2 });
    expectClose(elu.apply(x), [2 * Math.expm1(-2), 2 * Math.expm1(-0.5), 3], 1e-14);
    expect(elu.config).toEqual({ alpha: 2 });
    expect(elu.formula).toBe("max(0, x) + min(0, 2 (exp(x) - 1))");
    const celu = activationOf({ name: "celu", alpha: 2 });
    expectClose(celu.apply(x), [2 * Math.expm1(-1), 2 * Math.expm1(-0.25), 3], 1e-14);
    expect(celu.formula).toBe("max(0, x) + min(0, 2 (exp(x / 2) - 1))");
    expect(activationOf("hardSwish").name).toBe("hardSilu");
    const leaky = activationOf({ name: "leakyRelu", alpha: 0.2 });
    expectClose(leaky.apply(x), [-0.4, -0.1, 3], 1e-14);
    const nndl = activationOf({ name: "hardSigmoid", slope: 0.25 });
    expectClose(nndl.apply(x), [0, 0.375, 1], 1e-14);
  });

  test("gelu by tanh, on request", () => {
    const { apply, config } = activationOf({ name: "gelu", approximate: true });
    expect(config).toEqual({ approximate: 1 });
    const grid = tensor(GRID, "float64");
    expectClose(apply(grid), GRID.map(geluTanh), 1e-12);
    expectClose(slopes(apply)(grid), GRID.map(slopeOf(geluTanh)), 1e-9);
    const far = tensor([-1e30, -1000, 1000, 1e30]);
    expect([...apply(far).data].map(Math.abs)).toEqual([0, 0, 1000, Math.fround(1e30)]);
    expect([...slopes(apply)(far).data]).toEqual([0, 0, 1, 1]);
  });

  test("an activation rebuilt from its name and config is the same", () => {
    for (const name of names) {
      const first = activationOf(name);
      const again = activationOf({ name: first.name, ...first.config });
      expect(again.formula).toBe(first.formula);
      expect(again.config).toEqual(first.config);
      expect(String(again.apply(x))).toBe(String(first.apply(x)));
    }
  });
});

describe("softmax", () => {
  const { apply, axisWise } = activationOf("softmax");

  test("gives NNDL's numbers for (2.5, -1, 3.2, 0.5)", () => {
    expect(axisWise).toBe(true);
    expectClose(apply(tensor([2.5, -1, 3.2, 0.5])), [0.315, 0.009, 0.633, 0.043], 2e-3);
  });

  test("its Jacobian is diag(s) - s s^T, row by row", () => {
    const z = [0.3, -1.2, 2];
    const total = z.reduce((sum, v) => sum + Math.exp(v), 0);
    const s = z.map((v) => Math.exp(v) / total);
    s.forEach((si, i) => {
      const row = grad((x: Tensor) => apply(x).at(0, i))(tensor([z, z], "float64"));
      expectClose(
        row.at(0),
        s.map((sj, j) => si * ((i === j ? 1 : 0) - sj)),
        1e-14,
      );
      expectClose(row.at(1), [0, 0, 0], 1e-14);
    });
  });

  test.each(["softmax", "logSoftmax"] as ActivationName[])("%s is finite far out", (name) => {
    const rows = tensor([
      [1e30, -1e30, 0],
      [1000, -1000, 999],
      [0, 0, 0],
      [-1e30, -1e30, -1e30],
    ]);
    const f = (x: Tensor) => activationOf(name).apply(x);
    const weighted = (x: Tensor) => sum(f(x).mul(tensor([1, 2, 3])));
    const [value, slope] = valueAndGrad(weighted)(rows);
    for (const t of [f(rows), value, slope]) expect([...t.data].every(Number.isFinite)).toBe(true);
  });
});

describe("swish", () => {
  test("is x sigmoid(beta x), with its slope", () => {
    const { apply, formula } = activationOf({ name: "swish", beta: 2 });
    const x = tensor([-3, -0.5, 0, 1, 4], "float64");
    const s = [...x.data].map((v) => logistic(2 * v));
    expectClose(
      apply(x),
      [...x.data].map((v, i) => v * s[i]!),
      1e-14,
    );
    const slope = grad((at: Tensor) => sum(apply(at)))(x);
    expectClose(
      slope,
      [...x.data].map((v, i) => s[i]! + 2 * v * s[i]! * (1 - s[i]!)),
      1e-14,
    );
    expect(formula).toBe("x / (1 + exp(-2 x))");
    expect(() => activationOf({ name: "silu", beta: "2" })).toThrow("expected beta to be");
  });

  test("is x / 2 at beta = 0, and near ReLU where beta is large", () => {
    const x = tensor([-2, -0.5, 0.5, 2], "float64");
    expectClose(activationOf({ name: "silu", beta: 0 }).apply(x), [-1, -0.25, 0.25, 1], 1e-15);
    expectClose(activationOf({ name: "silu", beta: 100 }).apply(x), [0, 0, 0.5, 2], 1e-12);
  });
});

describe("names", () => {
  test("aliases and Keras's spellings", () => {
    expect(activationOf("logistic").name).toBe("sigmoid");
    expect(activationOf("swish").name).toBe("silu");
    expect(activationOf("heaviside").name).toBe("step");
    expect(activationOf("leaky_relu").name).toBe("leakyRelu");
    expect(activationOf("ReLU").name).toBe("relu");
  });

  test("an activation of one's own passes through", () => {
    const cube = { name: "cube", config: {}, apply: (x: Tensor) => x.pow(3) as Tensor };
    expect(activationOf(cube)).toBe(cube);
  });

  test("errors say what was expected", () => {
    expect(() => activationOf("sigmod")).toThrow(
      'Unknown activation "sigmod". Did you mean "sigmoid"?',
    );
    expect(() => activationOf({ name: "elu", alhpa: 2 })).toThrow(
      'activation "elu": there is no option "alhpa". Did you mean "alpha"?',
    );
    expect(() => activationOf({ name: "elu", alpha: "2" })).toThrow(
      'activation "elu": expected alpha to be a finite number, received "2"',
    );
    expect(() => activationOf({ name: "tanh", alpha: 2 })).toThrow(
      'activation "tanh": expected no options, received "alpha"',
    );
  });
});
