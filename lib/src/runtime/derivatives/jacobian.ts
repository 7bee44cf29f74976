// Whole matrices of derivatives: one linear map, batched over the unit vectors.

import {
  anything,
  expectArgument,
  expectOptions,
  func,
  type Kinds,
  oneOf,
} from "../../checks/arguments.ts";
import { GradientError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { TRANSFORMS } from "../../transforms/table.ts";
import { prims, runGraph } from "../interpreter/apply.ts";
import { placeOf, settle } from "../interpreter/roots.ts";
import { tensorKind } from "../values/kinds.ts";
import { basis } from "../values/numbers.ts";
import { Tensor } from "../values/tensor.ts";
import { flattenTree } from "../values/tree.ts";
import { grad, runOnRoots } from "./autodiff.ts";
import { forward, reverse } from "./differentiate.ts";
import { kindOf } from "./expect-differentiable.ts";
import type { LinearMap } from "./recalled.ts";

/** Options of jacobian(). */
export interface JacobianOptions {
  /** "forward" costs one pass an input element, "reverse" one an output element (default). */
  readonly mode?: "forward" | "reverse";
}

const JACOBIAN: Kinds<JacobianOptions> = { mode: oneOf("forward", "reverse") };
const checkJacobian = signature<typeof jacobian>("jacobian(f, { mode })", func, anything);
const checkHessian = signature<typeof hessian>("hessian(f)", func);

/** The Jacobian of f: Tensor -> Tensor, of shape [...output shape, ...input shape]. */
export function jacobian(
  f: (x: Tensor) => Tensor,
  options: JacobianOptions = {},
): (x: Tensor) => Tensor {
  checkJacobian(arguments);
  expectOptions("jacobian", options, JACOBIAN);
  const { mode = "reverse" } = options;
  return (x) => {
    expectArgument("jacobian", "x", x, tensorKind);
    const { roots, result } = runOnRoots("jacobian", flattenTree(x), (at) => f(at as Tensor));
    if (!(result instanceof Tensor)) {
      throw new GradientError(
        `jacobian: the function must return a tensor, but it returned ${kindOf(result)}`,
      );
    }
    const y = result;
    const places = [roots.map(placeOf), [placeOf(y)]] as const;
    const shape = [...y.type.shape, ...x.type.shape];
    if (mode === "reverse") {
      const rows = runOnBasis(reverse(...places), y);
      return settle(prims.reshape(rows, { shape }));
    }
    const columns = runOnBasis(forward(...places), x); // [x.size, ...y.shape]
    const matrix = prims.reshape(columns, { shape: [x.size, y.size] });
    return settle(prims.reshape(prims.transpose(matrix, { perm: [1, 0] }), { shape }));
  };
}

/** The matrix of second derivatives of a scalar function, [...shape of x, ...shape of x]. */
export function hessian(f: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  checkHessian(arguments);
  return jacobian(grad(f), { mode: "forward" });
}

/** The map's result for each unit vector like `like`, stacked. */
function runOnBasis({ graph, saved }: LinearMap, like: Tensor): Tensor {
  const batched = graph.inputs.map((_, i) => i >= saved.length);
  const many = TRANSFORMS.batch(graph, batched, like.size);
  return runGraph(many, [...saved, basis(like.type.shape, like.dtype)])[0]!;
}
