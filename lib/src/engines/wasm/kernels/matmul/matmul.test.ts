// Matrix products of all sizes and layouts against the reference engine.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, type DType } from "../../../../ir/dtype.ts";
import { makeGraph, Value } from "../../../../ir/graph.ts";
import { graphBuilder } from "../../../../ops/builder.ts";
import { numbersFrom } from "../../../../ops/samples.testing.ts";
import { referenceEngine } from "../../../reference/reference.ts";
import { createWasmEngine } from "../../index.ts";
import { pairedEngine } from "../../paired.testing.ts";

const engines = [createWasmEngine(), pairedEngine()];
/** Rounds each product of float32; other types have the same kernels without. */
const deterministic = createWasmEngine({ deterministic: true });
const enginesFor = (dtype: DType) => (dtype === "float32" ? [...engines, deterministic] : engines);
const o = graphBuilder();

interface Product {
  readonly batch: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposed: readonly [boolean, boolean];
  readonly dtype: "float32" | "float64" | "int32";
  readonly epilogue: "none" | "short" | "long";
}

const product = (most: number): fc.Arbitrary<Product> =>
  fc.record({
    batch: fc.integer({ min: 1, max: 2 }),
    m: fc.integer({ min: 1, max: most }),
    k: fc.integer({ min: 1, max: most }),
    n: fc.integer({ min: 1, max: most }),
    transposed: fc.tuple(fc.boolean(), fc.boolean()),
    dtype: fc.constantFrom("float32", "float64", "int32"),
    epilogue: fc.constantFrom("none", "short", "long"),
  });

function graphOf({ batch, m, k, n, transposed, dtype, epilogue }: Product) {
  const matrix = (rows: number, columns: number, turned: boolean) => {
    const shape = turned ? [batch, columns, rows] : [batch, rows, columns];
    const input = new Value({ dtype, shape });
    return [input, turned ? o.transpose(input, { perm: [0, 2, 1] }) : input] as const;
  };
  const [left, a] = matrix(m, k, transposed[0]);
  const [right, b] = matrix(k, n, transposed[1]);
  const other = new Value({ dtype, shape: [batch, m, n] });
  let c = o.matmul(a, b);
  if (epilogue !== "none") c = o.sub(o.mul(c, other), other);
  if (epilogue === "long") for (let i = 0; i < 6; i++) c = o.add(o.mul(c, other), o.max(c, other));
  return makeGraph([left, right, other], [c]);
}

function numbers(dtype: DType, length: number, seed: number) {
  const data = allocate(dtype, length);
  const next = numbersFrom(seed + length);
  for (let i = 0; i < length; i++)
    data[i] = dtype === "int32" ? Math.floor(next() * 9) - 4 : next() - 0.5;
  return data;
}

function check(given: Product): void {
  const graph = graphOf(given);
  const args = graph.inputs.map(({ type }, i) =>
    numbers(
      type.dtype,
      type.shape.reduce((x, y) => x * y),
      i,
    ),
  );
  const [expected] = referenceEngine.compile(graph).run(args);
  for (const engine of enginesFor(given.dtype)) {
    const [received] = engine.compile(graph).run(args);
    const room = { float32: 2e-5, float64: 1e-12, int32: 0 }[given.dtype] * given.k;
    let worst = 0;
    for (let i = 0; i < expected!.length; i++) {
      worst = Math.max(worst, Math.abs(expected![i]! - received![i]!));
    }
    expect(worst).toBeLessThanOrEqual(room);
  }
}

test("small products, in all layouts", () => {
  // More of them, with other seeds: npm run fuzz
  const numRuns = Number(process.env.FUZZ_RUNS ?? 150);
  fc.assert(fc.property(product(40), check), { numRuns, seed: Number(process.env.FUZZ_SEED ?? 4) });
});

describe("large products", () => {
  test.each<[number, number, number]>([
    [70, 900, 33], // deeper than a panel
    [33, 1700, 70], // three passes
    [130, 64, 530], // several blocks of panels
    [37, 40, 261], // the last block is not whole
    [1, 2000, 5],
    [200, 1, 90],
    [301, 20, 10], // in parts of rows
    [500, 830, 7], // of several passes each
  ])("%i x %i x %i", (m, k, n) => {
    for (const transposed of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      check({ batch: 1, m, k, n, transposed, dtype: "float32", epilogue: "short" });
    }
    check({ batch: 2, m, k, n, transposed: [true, false], dtype: "float64", epilogue: "long" });
  });
});
