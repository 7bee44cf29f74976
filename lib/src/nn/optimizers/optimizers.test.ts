// Every optimizer against its rule in scalar loops, as PyTorch's documentation states it.

import { describe, expect, test } from "vitest";
import { compile, grad, mapTree, type Tensor, tensor, zeros } from "../../index.ts";
import {
  clipByNorm,
  clipByValue,
  globalNorm,
  type Optimizer,
  type OptimizerSpec,
  optimizerOf,
  sgd,
} from "./index.ts";

const STEPS = 25;
const START = { layer: { w: [1.5, -0.7, 0.3], b: [0.2] }, last: { w: [-2, 0.01, 5] } };
const FLAT = [...START.layer.w, ...START.layer.b, ...START.last.w];
/** dC/dp of C = sum of c (p - 1)^2 / 2 + sin p. */
const CURVES = [3, 0.5, 10, 1, 0.02, 2, 0.3];
const slope = (i: number, p: number) => CURVES[i]! * (p - 1) + Math.cos(p);

/** One parameter's rule: makes a function that takes gradient after gradient. */
type ScalarRule = (rate: number) => (p: number, g: number) => number;

interface Case {
  readonly spec: OptimizerSpec;
  readonly rate: number;
  readonly rule: ScalarRule;
}

const adamRule =
  (b1: number, b2: number, eps: number, l2: number, decay: number): ScalarRule =>
  (rate) => {
    let [m, v, t] = [0, 0, 0];
    return (p, g) => {
      t++;
      p *= 1 - rate * decay;
      g += l2 * p;
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g * g;
      const denominator = Math.sqrt(v) / Math.sqrt(1 - b2 ** t) + eps;
      return p - ((rate / (1 - b1 ** t)) * m) / denominator;
    };
  };

const sgdRule =
  (momentum: number, nesterov: boolean, l2: number): ScalarRule =>
  (rate) => {
    let v = 0;
    return (p, g) => {
      g += l2 * p;
      v = momentum * v + g;
      return p - rate * (nesterov ? g + momentum * v : v);
    };
  };

const rmsRule =
  (rho: number, eps: number, momentum: number, l2: number): ScalarRule =>
  (rate) => {
    let [s, v] = [0, 0];
    return (p, g) => {
      g += l2 * p;
      s = rho * s + (1 - rho) * g * g;
      v = momentum * v + g / (Math.sqrt(s) + eps);
      return p - rate * v;
    };
  };

const adadeltaRule =
  (rho: number, eps: number, l2: number): ScalarRule =>
  (rate) => {
    let [s, u] = [0, 0];
    return (p, g) => {
      g += l2 * p;
      s = rho * s + (1 - rho) * g * g;
      const d = (Math.sqrt(u + eps) / Math.sqrt(s + eps)) * g;
      u = rho * u + (1 - rho) * d * d;
      return p - rate * d;
    };
  };

const nadamRule =
  (b1: number, b2: number, psi: number): ScalarRule =>
  (rate) => {
    let [m, v, t, product] = [0, 0, 0, 1];
    return (p, g) => {
      t++;
      const mu = (time: number) => b1 * (1 - 0.5 * 0.96 ** (time * psi));
      product *= mu(t);
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g * g;
      const ahead = (mu(t + 1) * m) / (1 - product * mu(t + 1)) + ((1 - mu(t)) * g) / (1 - product);
      return p - (rate * ahead) / (Math.sqrt(v / (1 - b2 ** t)) + 1e-8);
    };
  };

const radamRule =
  (b1: number, b2: number): ScalarRule =>
  (rate) => {
    let [m, v, t] = [0, 0, 0];
    const most = 2 / (1 - b2) - 1;
    return (p, g) => {
      t++;
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g * g;
      const mean = m / (1 - b1 ** t);
      const d = most - (2 * t * b2 ** t) / (1 - b2 ** t);
      if (d <= 5) return p - rate * mean;
      const r = Math.sqrt(((d - 4) * (d - 2) * most) / ((most - 4) * (most - 2) * d));
      return p - (rate * r * mean * Math.sqrt(1 - b2 ** t)) / (Math.sqrt(v) + 1e-8);
    };
  };

const lionRule =
  (b1: number, b2: number, decay: number): ScalarRule =>
  (rate) => {
    let m = 0;
    return (p, g) => {
      const moved = p * (1 - rate * decay) - rate * Math.sign(b1 * m + (1 - b1) * g);
      m = b2 * m + (1 - b2) * g;
      return moved;
    };
  };

const adagradRule =
  (eps: number, l2: number): ScalarRule =>
  (rate) => {
    let s = 0;
    return (p, g) => {
      g += l2 * p;
      s += g * g;
      return p - (rate * g) / (Math.sqrt(s) + eps);
    };
  };

const CASES: readonly Case[] = [
  { spec: "sgd", rate: 0.05, rule: sgdRule(0, false, 0) },
  { spec: { name: "sgd", weightDecay: 0.1 }, rate: 0.05, rule: sgdRule(0, false, 0.1) },
  { spec: { name: "sgd", momentum: 0.9 }, rate: 0.02, rule: sgdRule(0.9, false, 0) },
  {
    spec: { name: "sgd", momentum: 0.8, nesterov: true, weightDecay: 0.01 },
    rate: 0.02,
    rule: sgdRule(0.8, true, 0.01),
  },
  { spec: "adam", rate: 0.1, rule: adamRule(0.9, 0.999, 1e-8, 0, 0) },
  {
    spec: { name: "adam", beta1: 0.5, beta2: 0.9, epsilon: 1e-3, weightDecay: 0.2 },
    rate: 0.1,
    rule: adamRule(0.5, 0.9, 1e-3, 0.2, 0),
  },
  { spec: { name: "adam", beta1: 0 }, rate: 0.1, rule: adamRule(0, 0.999, 1e-8, 0, 0) },
  { spec: "adamW", rate: 0.1, rule: adamRule(0.9, 0.999, 1e-8, 0, 0.01) },
  { spec: "rmsProp", rate: 0.03, rule: rmsRule(0.99, 1e-8, 0, 0) },
  {
    spec: { name: "rmsProp", rho: 0.9, momentum: 0.7, weightDecay: 0.05 },
    rate: 0.01,
    rule: rmsRule(0.9, 1e-8, 0.7, 0.05),
  },
  { spec: "adagrad", rate: 0.5, rule: adagradRule(1e-10, 0) },
  { spec: { name: "adagrad", weightDecay: 0.1 }, rate: 0.5, rule: adagradRule(1e-10, 0.1) },
  { spec: "adadelta", rate: 1, rule: adadeltaRule(0.9, 1e-6, 0) },
  {
    spec: { name: "adadelta", rho: 0.7, epsilon: 1e-3, weightDecay: 0.1 },
    rate: 1,
    rule: adadeltaRule(0.7, 1e-3, 0.1),
  },
  { spec: "nadam", rate: 0.1, rule: nadamRule(0.9, 0.999, 4e-3) },
  {
    spec: { name: "nadam", beta1: 0.8, beta2: 0.9, momentumDecay: 0.1 },
    rate: 0.1,
    rule: nadamRule(0.8, 0.9, 0.1),
  },
  { spec: "radam", rate: 0.05, rule: radamRule(0.9, 0.999) },
  { spec: { name: "radam", beta2: 0.5 }, rate: 0.05, rule: radamRule(0.9, 0.5) },
  { spec: { name: "radam", beta2: 0.9 }, rate: 0.05, rule: radamRule(0.9, 0.9) },
  { spec: "lion", rate: 0.03, rule: lionRule(0.9, 0.99, 0) },
  {
    spec: { name: "lion", beta1: 0.7, beta2: 0.8, weightDecay: 0.5 },
    rate: 0.03,
    rule: lionRule(0.7, 0.8, 0.5),
  },
];

type FloatDType = "float32" | "float64";

function startOf(dtype: FloatDType) {
  return {
    layer: { w: tensor(START.layer.w, dtype), b: tensor(START.layer.b, dtype) },
    last: { w: tensor(START.last.w, dtype) },
  } as Record<string, Record<string, Tensor>>;
}

function numbersOf(tree: unknown): number[] {
  const found: number[] = [];
  mapTree((t) => {
    found.push(...t.data);
    return t;
  }, tree);
  return found;
}

function gradientsOf(params: ReturnType<typeof startOf>): ReturnType<typeof startOf> {
  let next = 0;
  return mapTree((p) => {
    const slopes = Array.from(p.data, (value) => slope(next++, value));
    return tensor(slopes, p.dtype);
  }, params);
}

function run(optimizer: Optimizer, rate: number, dtype: FloatDType): number[][] {
  let params = startOf(dtype);
  let slots = optimizer.init(params);
  const update = compile(optimizer.update);
  return Array.from({ length: STEPS }, (_, i) => {
    const result = update({
      params,
      gradients: gradientsOf(params),
      slots,
      learningRate: tensor(rate),
      step: tensor(i + 1, "int32"),
    });
    params = result.params as typeof params;
    slots = result.slots;
    return numbersOf(params);
  });
}

describe.each(CASES.map((c) => [JSON.stringify(c.spec), c] as const))("%s", (_, c) => {
  const rate = Math.fround(c.rate);
  const expected = () => {
    const rules = FLAT.map(() => c.rule(rate));
    let params = FLAT;
    return Array.from({ length: STEPS }, () => {
      params = params.map((p, i) => rules[i]!(p, slope(i, p)));
      return params;
    });
  };

  test.each([
    ["float64", 1e-12],
    ["float32", 2e-5],
  ] as const)("follows its rule in %s", (dtype, tolerance) => {
    const trajectory = run(optimizerOf(c.spec), c.rate, dtype);
    expected().forEach((params, i) => {
      params.forEach((p, k) => {
        const error = Math.abs(trajectory[i]![k]! - p) / Math.max(1, Math.abs(p));
        expect(error, `step ${i + 1}, parameter ${k}`).toBeLessThan(tolerance);
      });
    });
  });

  test("eager and compiled agree to the bit, and slots are like the first ones", () => {
    const optimizer = optimizerOf(c.spec);
    const params = startOf("float32");
    const args = {
      params,
      gradients: gradientsOf(params),
      slots: optimizer.init(params),
      learningRate: tensor(c.rate),
      step: tensor(1, "int32"),
    };
    const eager = optimizer.update(args);
    const compiled = compile(optimizer.update)(args);
    expect(numbersOf(compiled)).toEqual(numbersOf(eager));
    expect(shapesOf(eager.slots)).toEqual(shapesOf(args.slots));
    expect(numbersOf(params)).toEqual(FLAT.map(Math.fround));
  });
});

function shapesOf(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(mapTree((t) => zeros(t.shape, t.dtype), tree)));
}

test("the first step of Adam in float32 is the learning rate, to float32's precision", () => {
  const optimizer = optimizerOf("adam");
  const params = { w: tensor([0, 0]) };
  const { params: moved } = optimizer.update({
    params,
    gradients: { w: tensor([1e-3, -700]) },
    slots: optimizer.init(params),
    learningRate: tensor(0.001),
    step: tensor(1, "int32"),
  });
  const [down, up] = numbersOf(moved) as [number, number];
  expect(Math.abs(down / -0.001 - 1)).toBeLessThan(1.1e-5); // epsilon takes 1e-5
  expect(Math.abs(up / 0.001 - 1)).toBeLessThan(3e-7);
});

describe.each(["adadelta", "nadam", "radam", "lion", "adam", "rmsProp"] as const)("%s", (name) => {
  const moved = (numbers: readonly number[]) => {
    const optimizer = optimizerOf(name);
    let params: { w: Tensor } = { w: tensor([0.5, -2, 3]) };
    let slots = optimizer.init(params);
    for (let step = 1; step <= 8; step++) {
      const next = optimizer.update({
        params,
        gradients: { w: tensor(numbers) },
        slots,
        learningRate: tensor(0.1),
        step: tensor(step, "int32"),
      });
      params = next.params as typeof params;
      slots = next.slots;
    }
    return { w: [...params.w.data], slots: numbersOf(slots) };
  };

  test("leaves a parameter whose gradient is 0 where it is, to the bit", () => {
    const { w, slots } = moved([0, 0, 1]);
    expect(w.slice(0, 2)).toEqual([0.5, -2]);
    expect(w[2]).toBeLessThan(3);
    expect(slots.every(Number.isFinite)).toBe(true);
  });

  test("makes NaN of a parameter whose gradient is NaN, and of no other", () => {
    const { w } = moved([0, Number.NaN, 1]);
    expect(w[1]).toBeNaN();
    expect([w[0], w[2]]).toEqual([moved([0, 0, 1]).w[0], moved([0, 0, 1]).w[2]]);
  });
});

describe("clipping", () => {
  const gradients = { a: tensor([3, 0]), b: { c: tensor([[0, -4]]) } };

  test("by norm keeps the direction", () => {
    expect(globalNorm(gradients).item()).toBe(5);
    expect(numbersOf(clipByNorm(gradients, 2.5))).toEqual([1.5, 0, 0, -2]);
    expect(numbersOf(clipByNorm(gradients, 5))).toEqual([3, 0, 0, -4]);
    expect(numbersOf(clipByNorm(gradients, 100))).toEqual([3, 0, 0, -4]);
    expect(
      numbersOf(
        clipByNorm(
          mapTree((g) => zeros(g.shape), gradients),
          1,
        ),
      ),
    ).toEqual([0, 0, 0, 0]);
  });

  test("by norm keeps the direction where squares, or the norm, are beyond the type", () => {
    const clipped = (numbers: number[], limit: number) => [
      ...[...clipByNorm({ w: tensor(numbers) }, limit).w.data].map((x) => Number(x.toPrecision(6))),
      ...[...compile((w: Tensor) => clipByNorm({ w }, limit).w)(tensor(numbers)).data].map((x) =>
        Number(x.toPrecision(6)),
      ),
    ];
    const twice = (...x: number[]) => [...x, ...x];
    expect(clipped([3e20, 4e20], 1)).toEqual(twice(0.6, 0.8));
    expect(clipped([3.2e38, -1.6e38], 1)).toEqual(twice(0.894427, -0.447214));
    expect(clipped([3e-30, 4e-30], 1e-30)).toEqual(twice(6e-31, 8e-31));
    expect(clipped([3e-30, 4e-30], 1)).toEqual(twice(3e-30, 4e-30));
    expect(clipped([0, 0], 0)).toEqual(twice(0, 0));
    expect(clipped([3, 4], 0)).toEqual(twice(0, 0));
    expect(clipped([3, Number.NaN], 1)).toEqual(twice(Number.NaN, Number.NaN));
    expect(globalNorm([tensor([3e-30]), tensor([4e-30])]).item()).toBeCloseTo(5e-30, 35);
    expect(globalNorm([tensor([3e37]), tensor([4e37])]).item() / 1e37).toBeCloseTo(5, 5);
    const both = [tensor([3e200], "float64"), tensor([4e37])];
    expect(globalNorm([both[1]!, both[0]!]).item()).toBe(3e200);
  });

  test("the norm of zeros is flat; of no gradients it is 0", () => {
    const slope = grad((w: Tensor) => globalNorm({ w }))(tensor([0, 0]));
    expect([...slope.data]).toEqual([0, 0]);
    expect(globalNorm({}).item()).toBe(0);
  });

  test("refuses limits that are none", () => {
    for (const limit of [-1, Number.NaN, "1" as never]) {
      expect(() => clipByNorm(gradients, limit)).toThrow(
        "clipByNorm: expected limit to be a number",
      );
      expect(() => clipByValue(gradients, limit)).toThrow("clipByValue: expected limit");
    }
  });

  test("by value cuts each element", () => {
    expect(numbersOf(clipByValue(gradients, 3.5))).toEqual([3, 0, 0, -3.5]);
  });

  test("of nothing is nothing", () => {
    expect(clipByNorm({}, 1)).toEqual({});
  });
});

test("names, options and defaults", () => {
  expect(optimizerOf("SGD").learningRate).toBe(0.01);
  expect(optimizerOf("rmsprop").name).toBe("rmsProp");
  expect(optimizerOf({ name: "adam", learningRate: 3 }).learningRate).toBe(3);
  const own = sgd({ learningRate: 3, momentum: 0.5 });
  expect(optimizerOf(own)).toBe(own);
  expect(own.config).toEqual({ learningRate: 3, momentum: 0.5, nesterov: false, weightDecay: 0 });
  expect(() => optimizerOf("adma")).toThrow('Unknown optimizer "adma". Did you mean "adam"?');
  expect(() => optimizerOf({ name: "sgd", lr: 1 })).toThrow(
    "Expected one of: learningRate, momentum",
  );
});
