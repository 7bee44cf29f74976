// grad, jvp, vjp: derivatives of functions over nested records of tensors.

import { isFloat } from "../ir/dtype.ts";
import { ArgumentError, GradientError, ShapeError } from "../ir/errors.ts";
import { showShape } from "../ir/shape.ts";
import { sameType, showType } from "../ir/type.ts";
import { runGraph } from "./apply.ts";
import { withCurrent } from "./current.ts";
import { forward, reverse } from "./differentiate.ts";
import { one } from "./numbers.ts";
import { placeOf, rootOf, settle } from "./roots.ts";
import { type Scope, Tensor } from "./tensor.ts";
import { type Flat, flattenTree, mapTree } from "./tree.ts";

/** A function over nested records of tensors. */
// biome-ignore lint/suspicious/noExplicitAny: `never[]` would lose the context of arrow parameters
export type TreeFunction = (...args: any[]) => unknown;

export interface GradOptions {
  /** Which argument to differentiate; the first (0) by default. */
  readonly argument?: number;
  /** True when the function returns [loss, extra]; the extra is passed through. */
  readonly hasAux?: boolean;
}

/** What came of running a function on fresh roots. */
export interface Run {
  readonly roots: readonly Tensor[];
  readonly result: unknown;
}

/** Runs `f` with fresh roots in place of the tensors in `flat`; the recording ends with it. */
export function runOnRoots(flat: Flat, f: (tree: unknown) => unknown): Run {
  for (const leaf of flat.leaves) expectFloat(leaf);
  const scope: Scope = { live: true };
  try {
    return withCurrent({ recording: true }, () => {
      const roots = flat.leaves.map((leaf) => rootOf(leaf, scope));
      return { roots, result: f(flat.rebuild(roots)) };
    });
  } finally {
    scope.live = false;
  }
}

/**
 * The value of a scalar function and its gradient with respect to one argument, a tree like that
 * argument.
 * @throws GradientError when the function does not return a scalar, or the argument holds integers
 */
export function valueAndGrad<F extends TreeFunction>(
  f: F,
  { argument = 0, hasAux = false }: GradOptions = {},
): (...args: Parameters<F>) => [value: ReturnType<F>, gradient: Parameters<F>[0]] {
  return (...args) => {
    const flat = flattenTree(args[argument]);
    const { roots, result } = runOnRoots(flat, (tree) => f(...args.with(argument, tree)));
    const loss = expectScalar(hasAux ? (result as unknown[])[0] : result);
    const map = reverse(roots.map(placeOf), [placeOf(loss)]);
    const gradients = runGraph(map.graph, [...map.saved, one(loss.dtype)]);
    const value = mapTree(settle, result);
    return [value as ReturnType<F>, flat.rebuild(gradients.map(settle)) as Parameters<F>[0]];
  };
}

/** The gradient alone: see `valueAndGrad`. With hasAux it returns [gradient, extra]. */
export function grad<F extends TreeFunction>(
  f: F,
  options: GradOptions = {},
): (...args: Parameters<F>) => Parameters<F>[0] {
  const both = valueAndGrad(f, options);
  return (...args) => {
    const [value, gradient] = both(...args);
    return options.hasAux ? [gradient, (value as unknown[])[1]] : gradient;
  };
}

/**
 * Forward mode: the value of f at `primals` and its derivative in the direction `tangents`.
 * @param primals the arguments of f, in an array
 * @param tangents as the primals, tensor by tensor
 */
export function jvp<F extends TreeFunction>(
  f: F,
  primals: Parameters<F>,
  tangents: Parameters<F>,
): [value: ReturnType<F>, tangent: ReturnType<F>] {
  const flat = flattenTree(primals);
  const directions = flattenTree(tangents).leaves;
  expectLike("jvp", "tangent", flat.leaves, directions);
  const { roots, result } = runOnRoots(flat, (args) => f(...(args as Parameters<F>)));
  const outputs = flattenTree(result);
  const map = forward(roots.map(placeOf), outputs.leaves.map(placeOf));
  const results = runGraph(map.graph, [...map.saved, ...directions]);
  return [
    outputs.rebuild(outputs.leaves.map(settle)) as ReturnType<F>,
    outputs.rebuild(results.map(settle)) as ReturnType<F>,
  ];
}

/**
 * Reverse mode: the value of f, and its pullback from cotangents of the result to cotangents of the
 * arguments. The pullback may be called any number of times.
 */
export function vjp<F extends TreeFunction>(
  f: F,
  ...primals: Parameters<F>
): [value: ReturnType<F>, pullback: (cotangent: ReturnType<F>) => Parameters<F>] {
  const flat = flattenTree(primals);
  const { roots, result } = runOnRoots(flat, (args) => f(...(args as Parameters<F>)));
  const outputs = flattenTree(result);
  const map = reverse(roots.map(placeOf), outputs.leaves.map(placeOf));
  const pullback = (cotangent: ReturnType<F>): Parameters<F> => {
    const cts = flattenTree(cotangent).leaves;
    expectLike("vjp", "cotangent", outputs.leaves, cts);
    const results = runGraph(map.graph, [...map.saved, ...cts]);
    return flat.rebuild(results.map(settle)) as Parameters<F>;
  };
  return [outputs.rebuild(outputs.leaves.map(settle)) as ReturnType<F>, pullback];
}

/** The Hessian of a scalar function times a vector, without forming it: forward over reverse. */
export function hvp(f: (x: Tensor) => Tensor, x: Tensor, v: Tensor): Tensor {
  return jvp(grad(f), [x], [v])[1];
}

function expectScalar(result: unknown): Tensor {
  if (!(result instanceof Tensor)) {
    throw new GradientError(
      "grad: expected the function to return a scalar tensor, received " +
        `${Array.isArray(result) ? "an array" : typeof result}. For [loss, extra] pass hasAux: true.`,
    );
  }
  if (result.rank !== 0) {
    throw new GradientError(
      `grad: the function must return a scalar, but it returned shape ${showShape(result.shape)}. ` +
        "Reduce it with sum() or mean(), or use jacobian().",
    );
  }
  if (!isFloat(result.dtype)) {
    throw new GradientError(
      `grad: the function must return a float, but it returned ${result.dtype}`,
    );
  }
  return result;
}

function expectFloat(leaf: Tensor): void {
  if (isFloat(leaf.dtype)) return;
  throw new GradientError(
    `${showType(leaf.type)} has no derivative: only float32 and float64 tensors have. ` +
      "Pass it as another argument, or cast() it.",
  );
}

function expectLike(
  what: string,
  kind: string,
  expected: readonly Tensor[],
  received: readonly Tensor[],
): void {
  if (expected.length !== received.length) {
    throw new ArgumentError(
      `${what}: expected ${expected.length} ${kind}s, received ${received.length}`,
    );
  }
  expected.forEach((tensor, i) => {
    const other = received[i]!;
    if (!sameType(tensor.type, other.type)) {
      throw new ShapeError(
        `${what}: ${kind} ${i}: expected ${showType(tensor.type)}, received ${showType(other.type)}`,
      );
    }
  });
}
