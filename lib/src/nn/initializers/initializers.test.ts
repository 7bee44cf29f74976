// Every initializer: its mean, spread and bounds, and that keys decide everything.

import { describe, expect, test } from "vitest";
import { erf, matmul, random, type Tensor, tensor } from "../../index.ts";
import {
  type Fans,
  fansOf,
  type InitializerSpec,
  initializerNames,
  initializerOf,
} from "./index.ts";
import { inverseErf } from "./truncated.ts";

const key = random.key(7);
const SHAPE = [200, 100];
const FANS: Fans = { fanIn: 200, fanOut: 100 };

function draw(spec: InitializerSpec, shape: readonly number[] = SHAPE): Float64Array {
  return initializerOf(spec).init(key, shape, FANS, "float64").data as Float64Array;
}

function moments(data: Float64Array): { mean: number; std: number; most: number } {
  const mean = data.reduce((a, b) => a + b, 0) / data.length;
  const variance = data.reduce((a, b) => a + (b - mean) ** 2, 0) / data.length;
  return {
    mean,
    std: Math.sqrt(variance),
    most: data.reduce((m, x) => Math.max(m, Math.abs(x)), 0),
  };
}

/** Standard deviation and largest possible value. */
const SPREAD: readonly (readonly [InitializerSpec, std: number, bound: number])[] = [
  ["normal", 1, Infinity],
  [{ name: "normal", std: 0.01 }, 0.01, Infinity],
  [{ name: "truncatedNormal", std: 0.5 }, 0.5 * 0.8796256610342398, 1],
  ["scaledNormal", 1 / Math.sqrt(200), Infinity],
  [{ name: "uniform", low: -1, high: 1 }, 1 / Math.sqrt(3), 1],
  ["lecunNormal", Math.sqrt(1 / 200), Math.sqrt(1 / 200) * 2.2737],
  ["lecunUniform", Math.sqrt(1 / 200), Math.sqrt(3 / 200)],
  ["glorotNormal", Math.sqrt(2 / 300), Math.sqrt(2 / 300) * 2.2737],
  ["glorotUniform", Math.sqrt(2 / 300), Math.sqrt(6 / 300)],
  ["heNormal", Math.sqrt(2 / 200), Math.sqrt(2 / 200) * 2.2737],
  ["heUniform", Math.sqrt(2 / 200), Math.sqrt(6 / 200)],
];

describe.each(SPREAD.map((row) => [JSON.stringify(row[0]), ...row] as const))(
  "%s",
  (_, spec, std, bound) => {
    test("has its mean, spread and bound", () => {
      const found = moments(draw(spec));
      const n = SHAPE[0]! * SHAPE[1]!;
      expect(Math.abs(found.mean)).toBeLessThan((4 * std) / Math.sqrt(n));
      expect(Math.abs(found.std / std - 1)).toBeLessThan(4 / Math.sqrt(2 * n));
      expect(found.most).toBeLessThanOrEqual(bound);
      if (bound < Infinity) expect(found.most).toBeGreaterThan(0.99 * bound);
    });
  },
);

describe("constants", () => {
  test.each([
    ["zeros", 0],
    ["ones", 1],
    [{ name: "constant", value: -8 }, -8],
  ] as const)("%s", (spec, value) => {
    expect([...draw(spec, [2, 3])]).toEqual(new Array(6).fill(value));
  });
});

test("a mean moves a normal", () => {
  expect(moments(draw({ name: "normal", mean: 3 })).mean).toBeCloseTo(3, 1);
  expect(moments(draw({ name: "truncatedNormal", mean: 3 })).mean).toBeCloseTo(3, 1);
});

describe("orthogonal", () => {
  test.each([[[6, 4]], [[4, 6]], [[5, 5]], [[3, 3, 2, 4]]])(
    "%j: rows or columns of length gain, at right angles",
    (shape) => {
      const columns = shape.at(-1)!;
      const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
      const q = tensor([...draw({ name: "orthogonal", gain: 3 }, shape)], "float64");
      const m: Tensor = q.reshape([rows, columns]);
      const gram: Tensor = rows < columns ? matmul(m, m.transpose()) : matmul(m.transpose(), m);
      gram.data.forEach((value, i) => {
        const onDiagonal = i % (gram.shape[0]! + 1) === 0;
        expect(value).toBeCloseTo(onDiagonal ? 9 : 0, 12);
      });
    },
  );

  test("wants a matrix", () => {
    expect(() => draw("orthogonal", [4])).toThrow(
      "orthogonal: expected at least two axes, received [4]",
    );
  });
});

describe.each(initializerNames())("%s", (name) => {
  test.each(["float32", "float64"] as const)("fills the shape, %s, from the key alone", (dtype) => {
    const { init } = initializerOf(name);
    const first = init(key, [5, 3], FANS, dtype);
    expect(first.shape).toEqual([5, 3]);
    expect(first.dtype).toBe(dtype);
    expect([...init(key, [5, 3], FANS, dtype).data]).toEqual([...first.data]);
    const other = [...init(random.key(8), [5, 3], FANS, dtype).data];
    if (new Set(first.data).size > 1) expect(other).not.toEqual([...first.data]);
    else expect(other).toEqual([...first.data]);
  });
});

test("fans of dense, convolution, bias and embedding shapes", () => {
  expect(fansOf([784, 30])).toEqual({ fanIn: 784, fanOut: 30 });
  expect(fansOf([5, 5, 3, 20])).toEqual({ fanIn: 75, fanOut: 500 });
  expect(fansOf([7, 2, 4])).toEqual({ fanIn: 14, fanOut: 28 });
  expect(fansOf([30])).toEqual({ fanIn: 30, fanOut: 30 });
  expect(fansOf([])).toEqual({ fanIn: 1, fanOut: 1 });
});

test("the inverse of erf", () => {
  const p = Array.from({ length: 41 }, (_, i) => (i - 20) * 0.0475);
  for (const [dtype, digits] of [
    ["float64", 12],
    ["float32", 6],
  ] as const) {
    const back = erf(inverseErf(tensor(p, dtype)));
    p.forEach((value, i) => {
      expect(back.data[i]).toBeCloseTo(value, digits);
    });
  }
});

test("names", () => {
  expect(initializerOf("glorot_uniform").name).toBe("glorotUniform");
  expect(initializerOf("random_normal").name).toBe("normal");
  expect(initializerOf("kaiming_normal").name).toBe("heNormal");
  expect(() => initializerOf("glorot")).toThrow('Unknown initializer "glorot".');
  expect(() => initializerOf({ name: "normal", stddev: 1 })).toThrow("Expected one of: mean, std.");
});
