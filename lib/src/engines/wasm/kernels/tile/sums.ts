// A tile of sums in registers, rows of A against vectors of B: the heart of products and convolutions.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import {
  type Expr,
  type FunctionBuilder,
  f32x4,
  type Local,
  load,
  type Operand,
  op,
  plus,
} from "../../code/index.ts";
import type { CompileTarget } from "../kernel.ts";

export type Accumulated = "float32" | "float64" | "int32";

/** One sum vector for each row and each vector of columns. */
export type Sums = readonly (readonly Local[])[];

/** The first element; bytes from one k to the next, and from one row of A to the next. */
export interface FactorSteps {
  readonly from: Local;
  readonly stepK: number;
  readonly stepM: number;
}

export const lanesOf = (dtype: Accumulated): number => 16 / bytesPerElement(dtype);

function tile(rows: number, vectors: number, make: (p: number, v: number) => Local): Sums {
  return Array.from({ length: rows }, (_, p) =>
    Array.from({ length: vectors }, (_, v) => make(p, v)),
  );
}

export function zeroSums(f: FunctionBuilder, rows: number, vectors: number): Sums {
  const zero = f.keep(f32x4(0), "zero");
  return tile(rows, vectors, () => f.keep(zero, "sum"));
}

/** Sums that were stored with `step` bytes from row to row. */
export function loadSums(
  f: FunctionBuilder,
  rows: number,
  vectors: number,
  from: Local,
  step: number = vectors * 16,
): Sums {
  return tile(rows, vectors, (p, v) => f.keep(load("v128.load", from, p * step + v * 16), "sum"));
}

/** Where vectors are paired, the runtime joins the two stores of a pair if the higher comes first. */
export function storeSums(f: FunctionBuilder, sums: Sums, to: Local, step?: number): void {
  sums.forEach((line, p) => {
    const isPaired = line.length % 2 === 0;
    line.forEach((_, i) => {
      const v = isPaired ? i ^ 1 : i;
      f.store("v128.store", to, line[v]!, p * (step ?? line.length * 16) + v * 16);
    });
  });
}

/** Adds `depth` products to each sum, one after the other. */
export function accumulate(
  { f, target }: { readonly f: FunctionBuilder; readonly target: Pick<CompileTarget, "relaxed"> },
  dtype: Accumulated,
  sums: Sums,
  from: { readonly left: FactorSteps; readonly right: FactorSteps },
  depth: Operand,
): void {
  const splatLoad = bytesPerElement(dtype) === 8 ? "v128.load64_splat" : "v128.load32_splat";
  const left = f.keep(from.left.from, "left");
  const right = f.keep(from.right.from, "right");
  f.for(0, depth, 1, () => {
    const vectors = sums[0]!.map((_, v) => f.keep(load("v128.load", right, v * 16), "b"));
    sums.forEach((line, p) => {
      const splat = f.keep(load(splatLoad, left, p * from.left.stepM), "a");
      line.forEach((sum, v) => {
        f.set(sum, multiplyAdd(target, dtype, splat, vectors[v]!, sum));
      });
    });
    f.set(left, plus(left, from.left.stepK));
    f.set(right, plus(right, from.right.stepK));
  });
}

/** As accumulate, but each lane has factors of its own: vectors of A, too, and none is spread. */
export function accumulateEach(
  { f, target }: { readonly f: FunctionBuilder; readonly target: Pick<CompileTarget, "relaxed"> },
  dtype: Accumulated,
  sums: Sums,
  from: { readonly left: FactorSteps; readonly right: FactorSteps },
  depth: Operand,
): void {
  const left = f.keep(from.left.from, "left");
  const right = f.keep(from.right.from, "right");
  f.for(0, depth, 1, () => {
    const vectors = sums[0]!.map((_, v) => f.keep(load("v128.load", right, v * 16), "b"));
    sums.forEach((line, p) => {
      line.forEach((sum, v) => {
        const factor = f.keep(load("v128.load", left, p * from.left.stepM + v * 16), "a");
        f.set(sum, multiplyAdd(target, dtype, factor, vectors[v]!, sum));
      });
    });
    f.set(left, plus(left, from.left.stepK));
    f.set(right, plus(right, from.right.stepK));
  });
}

function multiplyAdd(
  { relaxed }: Pick<CompileTarget, "relaxed">,
  dtype: Accumulated,
  a: Local,
  b: Local,
  sum: Local,
): Expr {
  if (dtype === "float32" && relaxed) return op("f32x4.relaxed_madd", a, b, sum);
  const type = { float32: "f32x4", float64: "f64x2", int32: "i32x4" }[dtype];
  return op(`${type}.add`, sum, op(`${type}.mul`, a, b));
}
