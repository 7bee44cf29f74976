// Functions on tensors against NumPy: at once, compiled, and by the reference engine.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import {
  compile,
  engine,
  referenceEngine,
  setEngine,
  Tensor,
  TraceError,
  tensor,
} from "../index.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

interface Case {
  readonly call: string;
  readonly inputs: readonly Json[];
  readonly results: readonly Json[];
}

// Written by scripts/golden/tensor_functions.py.
const golden = JSON.parse(readFileSync(new URL("golden/numpy.json", import.meta.url), "utf8")) as {
  cases: readonly Case[];
  elementary: Readonly<Record<string, readonly number[][]>>;
};

const isTensor = (x: object) => "dtype" in x && "shape" in x;

/** Tensors and numbers out of JSON. */
function decoded(x: Json): unknown {
  if (x === "Infinity" || x === "-Infinity") return Number(x);
  if (Array.isArray(x)) return x.map(decoded);
  if (typeof x !== "object" || x === null) return x;
  if (isTensor(x)) return N.tensorFromJSON(x);
  return Object.fromEntries(Object.entries(x).map(([name, field]) => [name, decoded(field)]));
}

/** The same tree with each tensor replaced. */
function replaced(x: unknown, f: (x: Tensor) => Tensor): unknown {
  if (x instanceof Tensor) return f(x);
  if (Array.isArray(x)) return x.map((item) => replaced(item, f));
  if (typeof x !== "object" || x === null) return x;
  return Object.fromEntries(Object.entries(x).map(([name, field]) => [name, replaced(field, f)]));
}

function run(call: string, inputs: readonly unknown[]): Tensor[] {
  const f = (N as unknown as Record<string, (...inputs: readonly unknown[]) => unknown>)[call]!;
  const result = f(...inputs);
  if (result instanceof Tensor) return [result];
  return Object.values(result as readonly Tensor[] | Readonly<Record<string, Tensor>>);
}

/** Traced with every tensor among the inputs as an argument. */
function compiled(call: string, inputs: readonly unknown[]): Tensor[] {
  const tensors: Tensor[] = [];
  replaced(inputs, (x) => {
    tensors.push(x);
    return x;
  });
  const step = compile((list: readonly Tensor[]) => {
    let next = 0;
    return run(call, replaced(inputs, () => list[next++]!) as unknown[]);
  });
  return step(tensors) as Tensor[];
}

function expectEqual(received: readonly Tensor[], expected: readonly Tensor[]): void {
  expect(received.map(({ dtype, shape }) => [dtype, shape])).toEqual(
    expected.map(({ dtype, shape }) => [dtype, shape]),
  );
  expected.forEach((right, i) => {
    const [list, rights] = [received[i]!.data, right.data];
    for (let at = 0; at < rights.length; at++) {
      const [x, y] = [list[at]!, rights[at]!];
      const isNear =
        Object.is(x, y) || x === y || Math.abs(x - y) <= 1e-13 * Math.max(1, Math.abs(y));
      expect(isNear, `result ${i}, element ${at}: ${x}, NumPy ${y}`).toBe(true);
    }
  });
}

const BY_VALUE = new Set(["unique", "nonzero", "bincount"]);

describe.each([...new Set(golden.cases.map(({ call }) => call))])("%s", (call) => {
  const cases = golden.cases.filter((one) => one.call === call);
  const each = (f: (inputs: readonly unknown[], results: Tensor[], title: string) => void) => {
    for (const { inputs, results } of cases) {
      f(decoded(inputs) as unknown[], results.map(decoded) as Tensor[], JSON.stringify(inputs));
    }
  };

  test("gives NumPy's numbers", () => {
    expect(cases.length).toBeGreaterThan(0);
    each((inputs, results) => expectEqual(run(call, inputs), results));
  });

  test("gives the same bits compiled, and by the reference engine", () => {
    each((inputs, _results, title) => {
      const right = run(call, inputs).map((x) => x.toJSON());
      const hasSize = inputs.some((x) => x instanceof Object && "length" in x && !Array.isArray(x));
      if (BY_VALUE.has(call) && !hasSize) {
        expect(() => compiled(call, inputs), title).toThrow(TraceError);
      } else {
        expect(
          compiled(call, inputs).map((x) => x.toJSON()),
          title,
        ).toEqual(right);
      }
      const before = engine();
      setEngine(referenceEngine);
      try {
        expect(
          run(call, inputs).map((x) => x.toJSON()),
          title,
        ).toEqual(right);
      } finally {
        setEngine(before);
      }
    });
  });
});

/** Between a float64 result and the float64 next to the exact value, in units in the last place. */
const MOST = 1;

describe.each(Object.entries(golden.elementary))("%s", (name, points) => {
  test("is within its bound of the exact value in float64", () => {
    const columns = points[0]!.slice(1).map((_, i) =>
      tensor(
        points.map((p) => p[i]!),
        "float64",
      ),
    );
    const [received] = run(name, columns);
    let worst = { error: 0, at: [] as readonly number[] };
    points.forEach((point, i) => {
      const right = point.at(-1)!;
      const error = Math.abs(received!.data[i]! - right) / ulp(right);
      if (!(error <= worst.error)) worst = { error, at: point };
    });
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(MOST);
  });
});

/** The step from a float64 to the next larger size. */
function ulp(x: number): number {
  const words = new BigInt64Array(new Float64Array([Math.abs(x)]).buffer);
  words[0]! += 1n;
  return new Float64Array(words.buffer)[0]! - Math.abs(x);
}
