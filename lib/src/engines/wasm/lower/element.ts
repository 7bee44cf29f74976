// What a kernel computes for one element, as a graph of loads and elementwise ops.

import type { DType } from "../../../ir/dtype.ts";
import type { OpName } from "../../../ir/op-table.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { Buffer, BufferView } from "./view.ts";

/** An element of a kernel's index space; the same object means the same number, computed once. */
export type Element<B = Buffer> =
  | { readonly kind: "load"; readonly dtype: DType; readonly view: BufferView<B> }
  | { readonly kind: "number"; readonly dtype: DType; readonly value: number }
  /** A number that grows with the index: offset + i strides[0] + …, as iota gives. */
  | { readonly kind: "index"; readonly dtype: DType; readonly view: BufferView<null> }
  /** What the reduction or contraction at the head of the kernel gave. */
  | { readonly kind: "head"; readonly dtype: DType }
  | {
      readonly kind: "op";
      readonly dtype: DType;
      readonly op: OpName;
      readonly args: readonly Element<B>[];
    };

const COSTS: { readonly [N in OpName]?: number } = {
  exp: 8,
  expm1: 12,
  log: 12,
  log1p: 14,
  sin: 14,
  cos: 14,
  tanh: 10,
  sigmoid: 10,
  erf: 20,
  tan: 20,
  asin: 40,
  acos: 40,
  atan: 20,
  sinh: 40,
  cosh: 40,
  asinh: 40,
  acosh: 40,
  atanh: 40,
  log2: 18,
  log10: 18,
  atan2: 40,
  pow: 40,
  mod: 20,
  div: 3,
  sqrt: 3,
  neg: 1,
  cast: 1,
  stopGradient: 0,
};

/** About how many instructions an elementwise op takes. */
export function instructionsOf(op: OpName): number {
  return COSTS[op] ?? 1;
}

/** About how many instructions it takes to compute some elements at one point. */
export function workOf(roots: readonly Element<unknown>[]): number {
  return elementsBelow(roots).reduce(
    (sum, e) => sum + (e.kind === "op" ? instructionsOf(e.op) : 1),
    0,
  );
}

/** Every element that `roots` need, each once, operands first. */
export function elementsBelow<B>(roots: readonly Element<B>[]): Element<B>[] {
  const entered = new Set<Element<B>>();
  const done = new Set<Element<B>>();
  const stack = [...roots].reverse();
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (done.has(top)) stack.pop();
    else if (top.kind !== "op" || entered.has(top)) {
      stack.pop();
      done.add(top);
    } else {
      entered.add(top);
      for (let i = top.args.length - 1; i >= 0; i--) stack.push(top.args[i]!);
    }
  }
  return [...done];
}

/** The same graph of elements over other views, shared parts staying shared. */
export function mapViews<A, B>(
  roots: readonly Element<A>[],
  load: (view: BufferView<A>) => BufferView<B>,
  index: (view: BufferView<null>) => BufferView<null>,
): Element<B>[] {
  const made = new Map<Element<A>, Element<B>>();
  for (const element of elementsBelow(roots)) {
    if (element.kind === "load") made.set(element, { ...element, view: load(element.view) });
    else if (element.kind === "index") made.set(element, { ...element, view: index(element.view) });
    else if (element.kind === "op") {
      made.set(element, { ...element, args: element.args.map((arg) => made.get(arg)!) });
    } else made.set(element, element);
  }
  return roots.map((root) => made.get(root)!);
}

/** The axes of `shape` but for `axes`. */
export function keptAxes(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
}
