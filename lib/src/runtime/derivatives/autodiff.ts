// grad, jvp, vjp: derivatives of functions over nested records of tensors.

import {
  anything,
  expectOptions,
  flag,
  func,
  index,
  type Kind,
  type Kinds,
  listOf,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import type { ScalarError, Unless } from "../../shapes/index.ts";
import { runGraph } from "../interpreter/apply.ts";
import { withCurrent } from "../interpreter/current.ts";
import { explained } from "../interpreter/explained.ts";
import { placeOf, rootOf, settle } from "../interpreter/roots.ts";
import { tensorKind } from "../values/kinds.ts";
import { one } from "../values/numbers.ts";
import type { Scope, Tensor } from "../values/tensor.ts";
import { type Flat, flattenTree, leavesLike, mapTree, type TreeFunction } from "../values/tree.ts";
import { forward, reverse } from "./differentiate.ts";
import {
  expectFloat,
  expectPair,
  expectSameTypes,
  expectScalar,
  expectTensors,
} from "./expect-differentiable.ts";

/** Options of grad() and valueAndGrad(). */
export interface GradOptions {
  /** Which argument to differentiate; the first (0) by default. */
  readonly argument?: number;
  /** True when the function returns [loss, extra]; the extra is passed through. */
  readonly hasAux?: boolean;
}

const GRAD: Kinds<GradOptions> = {
  argument: worded("the place of one argument, a whole number of 0 or more", index, (x) =>
    Array.isArray(x) ? "Put the arguments into one record: grad((p) => f(p.w, p.b))" : undefined,
  ),
  hasAux: flag,
};

/** What of a function's result is differentiated: all of it, or the loss of [loss, extra]. */
type LossOf<F extends TreeFunction, O> = O extends { readonly hasAux: true }
  ? ReturnType<F> extends readonly [infer Loss, unknown]
    ? Loss
    : unknown
  : ReturnType<F>;

/** The function, or a sentence in its place where the compiler knows that it returns no scalar. */
type WithScalar<F extends TreeFunction, O> = [LossOf<F, O>] extends [Tensor<infer S>]
  ? Unless<ScalarError<"grad", S>, F>
  : F;

type ArgumentOf<F extends TreeFunction, O> = O extends { readonly argument: infer N extends number }
  ? Parameters<F>[N]
  : Parameters<F>["argument" extends keyof O ? number : 0];

/** The gradient, like the argument; [gradient, extra] with hasAux. */
type GradientOf<F extends TreeFunction, O> = O extends { readonly hasAux: true }
  ? [
      gradient: ArgumentOf<F, O>,
      extra: ReturnType<F> extends readonly [unknown, infer Extra] ? Extra : unknown,
    ]
  : ArgumentOf<F, O>;

/** What came of running a function on fresh roots. */
export interface Run {
  readonly roots: readonly Tensor[];
  readonly result: unknown;
}

/**
 * Runs `f` with fresh roots in place of the tensors in `flat`; the recording ends with it.
 * @param what the transform that asks, as errors name it
 */
export function runOnRoots(
  what: string,
  flat: Flat,
  f: (tree: unknown, scope: Scope) => unknown,
): Run {
  for (const leaf of flat.leaves) expectFloat(what, leaf);
  const scope: Scope = { live: true };
  try {
    return withCurrent({ recording: true }, () => {
      const roots = flat.leaves.map((leaf) => rootOf(leaf, scope));
      return { roots, result: f(flat.rebuild(roots), scope) };
    });
  } finally {
    scope.live = false;
  }
}

const checkValueAndGrad = signature<typeof valueAndGrad>(
  "valueAndGrad(f, { argument, hasAux })",
  func,
  anything,
);
const checkGrad = signature<typeof grad>("grad(f, { argument, hasAux })", func, anything);

/**
 * The value of a scalar function and its gradient with respect to one argument, a tree like that
 * argument.
 * @throws GradientError when the function does not return a scalar, or the argument holds integers
 */
export function valueAndGrad<
  F extends TreeFunction,
  // biome-ignore lint/complexity/noBannedTypes: {} is the type of no options
  const O extends GradOptions = {},
>(
  f: WithScalar<F, O>,
  options?: O,
): (...args: Parameters<F>) => [value: ReturnType<F>, gradient: ArgumentOf<F, O>] {
  checkValueAndGrad(arguments);
  expectOptions("valueAndGrad", options, GRAD);
  const { argument = 0, hasAux = false }: GradOptions = options ?? {};
  return (...args) => {
    if (args[argument] === undefined) {
      throw new ArgumentError(
        `grad: argument ${argument} was not passed. Call what grad(f) returns with the arguments of f.`,
      );
    }
    const flat = flattenTree(args[argument]);
    expectTensors("grad", `argument ${argument}`, args[argument], flat);
    const { roots, result } = runOnRoots("grad", flat, (tree) => {
      return explained("grad", f, args.with(argument, tree));
    });
    const loss = hasAux ? expectPair(result)[0] : result;
    expectScalar(loss);
    const map = reverse(roots.map(placeOf), [placeOf(loss)]);
    const gradients = runGraph(map.graph, [...map.saved, one(loss.dtype)]);
    const value = mapTree(settle, result);
    return [value as ReturnType<F>, flat.rebuild(gradients.map(settle)) as ArgumentOf<F, O>];
  };
}

/** The gradient alone: see `valueAndGrad`. With hasAux it returns [gradient, extra]. */
export function grad<
  F extends TreeFunction,
  // biome-ignore lint/complexity/noBannedTypes: {} is the type of no options
  const O extends GradOptions = {},
>(f: WithScalar<F, O>, options?: O): (...args: Parameters<F>) => GradientOf<F, O> {
  checkGrad(arguments);
  expectOptions("grad", options, GRAD);
  const both = valueAndGrad<TreeFunction, GradOptions>(f, options);
  return (...args) => {
    const [value, gradient] = both(...args);
    const result = options?.hasAux ? [gradient, (value as unknown[])[1]] : gradient;
    return result as GradientOf<F, O>;
  };
}

const argumentsKind: Kind = worded("a list of the arguments of f", listOf(anything));
const checkJvp = signature<typeof jvp>(
  "jvp(f, primals, tangents)",
  func,
  argumentsKind,
  argumentsKind,
);

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
  checkJvp(arguments);
  const flat = flattenTree(primals);
  expectTensors("jvp", "primals", primals, flat);
  const directions = leavesLike("jvp: primals and tangents", primals, tangents);
  expectSameTypes("jvp", "tangent", flat.leaves, directions);
  const { roots, result } = runOnRoots("jvp", flat, (args) => {
    return explained("jvp", f, args as Parameters<F>);
  });
  const outputs = flattenTree(result);
  const map = forward(roots.map(placeOf), outputs.leaves.map(placeOf));
  const results = runGraph(map.graph, [...map.saved, ...directions]);
  return [
    outputs.rebuild(outputs.leaves.map(settle)) as ReturnType<F>,
    outputs.rebuild(results.map(settle)) as ReturnType<F>,
  ];
}

const checkVjp = signature<typeof vjp>("vjp(f, ...primals)", func, anything);

/**
 * Reverse mode: the value of f, and its pullback from cotangents of the result to cotangents of the
 * arguments. The pullback may be called any number of times.
 */
export function vjp<F extends TreeFunction>(
  f: F,
  ...primals: Parameters<F>
): [value: ReturnType<F>, pullback: (cotangent: ReturnType<F>) => Parameters<F>] {
  checkVjp(arguments);
  const flat = flattenTree(primals);
  expectTensors("vjp", "primals", primals, flat);
  const { roots, result } = runOnRoots("vjp", flat, (args) => {
    return explained("vjp", f, args as Parameters<F>);
  });
  const outputs = flattenTree(result);
  const map = reverse(roots.map(placeOf), outputs.leaves.map(placeOf));
  const pullback = (cotangent: ReturnType<F>): Parameters<F> => {
    const cts = leavesLike("vjp: result and cotangent", result, cotangent);
    expectSameTypes("vjp", "cotangent", outputs.leaves, cts);
    const results = runGraph(map.graph, [...map.saved, ...cts]);
    return flat.rebuild(results.map(settle)) as Parameters<F>;
  };
  return [outputs.rebuild(outputs.leaves.map(settle)) as ReturnType<F>, pullback];
}

const checkHvp = signature<typeof hvp>("hvp(f, x, v)", func, tensorKind, tensorKind);

/** The Hessian of a scalar function times a vector, without forming it: forward over reverse. */
export function hvp(f: (x: Tensor) => Tensor, x: Tensor, v: Tensor): Tensor {
  checkHvp(arguments);
  return jvp(grad(f), [x], [v])[1];
}
