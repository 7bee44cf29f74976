// NNDL figure 4.8: f(x; w, b) = 1 / (exp(-(w x + b)) + 1) as a graph of six steps, and its chain rule.

import { number as anyNumber, expectOptions, type Kinds } from "../../../checks/arguments.ts";
import "../../../tensor/methods.ts";
import type { Graph } from "../../../ir/graph.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { scope } from "../../../runtime/interpreter/current.ts";
import { traceGraph } from "../../../runtime/interpreter/tracing.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor } from "../../../tensor/create.ts";
import { div } from "../../../tensor/elementwise.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { experimentPoint, type Parameters, real } from "../../shared/parameters.ts";

type Scalar = Tensor<[]>;
type Six<T> = Readonly<Record<"h1" | "h2" | "h3" | "h4" | "h5" | "h6", T>>;

/** The steps one by one, each of which has a derivative that can be told at sight. */
const STEPS = {
  h1: (x: Scalar, w: Scalar): Scalar => x.mul(w),
  h2: (h1: Scalar, b: Scalar): Scalar => h1.add(b),
  h3: (h2: Scalar): Scalar => h2.mul(-1),
  h4: (h3: Scalar): Scalar => h3.exp(),
  h5: (h4: Scalar): Scalar => h4.add(1),
  h6: (h5: Scalar): Scalar => div(1, h5),
};

/** The function of the figure; each step is named, so its node in a graph carries "h1" to "h6". */
export function steps(x: Scalar, w: Scalar, b: Scalar): Six<Scalar> {
  const h1 = scope("h1", () => STEPS.h1(x, w));
  const h2 = scope("h2", () => STEPS.h2(h1, b));
  const h3 = scope("h3", () => STEPS.h3(h2));
  const h4 = scope("h4", () => STEPS.h4(h3));
  const h5 = scope("h5", () => STEPS.h5(h4));
  const h6 = scope("h6", () => STEPS.h6(h5));
  return { h1, h2, h3, h4, h5, h6 };
}

/** The graph that the figure draws, as the function was written: inputs x, w, b and output h6. */
export function graph(): Graph {
  const scalar = { dtype: "float64", shape: [] } as const;
  const body = ([x, w, b]: Tensor[]) => [steps(x!, w!, b!).h6];
  return traceGraph("graph48", [scalar, scalar, scalar], body, ["x", "w", "b"]).graph;
}

/** The values of the six steps, and the derivatives along the edges. */
export interface Graph48Result {
  readonly values: Six<number>;
  /** The derivative of each step by one of its inputs. */
  readonly local: {
    readonly "dh1/dx": number;
    readonly "dh1/dw": number;
    readonly "dh2/dh1": number;
    readonly "dh2/db": number;
    readonly "dh3/dh2": number;
    readonly "dh4/dh3": number;
    readonly "dh5/dh4": number;
    readonly "dh6/dh5": number;
  };
  /** The derivatives of the whole function. */
  readonly gradient: { readonly x: number; readonly w: number; readonly b: number };
}

/** Where the graph is computed. */
export interface Graph48Point {
  readonly x?: number;
  readonly w?: number;
  readonly b?: number;
}

const POINT: Kinds<Graph48Point> = { x: anyNumber, w: anyNumber, b: anyNumber };

/** Values, local derivatives and gradient at a point; the figure's own by default. */
export function evaluate(point: Graph48Point = {}): Graph48Result {
  expectOptions("graph48.evaluate", point, POINT);
  const { x = 1, w = 0, b = 0 } = point;
  const at = { x: number(x), w: number(w), b: number(b) };
  const h = steps(at.x, at.w, at.b);
  const gradient = grad((point: typeof at) => steps(point.x, point.w, point.b).h6)(at);
  return {
    values: {
      h1: h.h1.item(),
      h2: h.h2.item(),
      h3: h.h3.item(),
      h4: h.h4.item(),
      h5: h.h5.item(),
      h6: h.h6.item(),
    },
    local: {
      "dh1/dx": grad(STEPS.h1)(at.x, at.w).item(),
      "dh1/dw": grad(STEPS.h1, { argument: 1 })(at.x, at.w).item(),
      "dh2/dh1": grad(STEPS.h2)(h.h1, at.b).item(),
      "dh2/db": grad(STEPS.h2, { argument: 1 })(h.h1, at.b).item(),
      "dh3/dh2": grad(STEPS.h3)(h.h2).item(),
      "dh4/dh3": grad(STEPS.h4)(h.h3).item(),
      "dh5/dh4": grad(STEPS.h5)(h.h4).item(),
      "dh6/dh5": grad(STEPS.h6)(h.h5).item(),
    },
    gradient: { x: gradient.x.item(), w: gradient.w.item(), b: gradient.b.item() },
  };
}

function number(value: number): Scalar {
  return tensor(value, "float64");
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Required<Graph48Point>> = {
  x: real("the input", 1),
  w: real("the weight", 0),
  b: real("the bias", 0),
};

/** The numbers on the figure's edges and in its worked derivative; all of them exact. */
export function claims(given: Graph48Point = {}): Claim[] {
  const { values, local, gradient } = evaluate(experimentPoint("graph48", PARAMETERS, given));
  const minusZero = Object.is(values.h3, -0) ? "-0" : String(values.h3);
  return [
    claim("h1", 0, values.h1, 0),
    claim("h2", 0, values.h2, 0),
    claim("h3", "-0", minusZero, 0),
    claim("h4", 1, values.h4, 0),
    claim("h5", 2, values.h5, 0),
    claim("h6", 0.5, values.h6, 0),
    claim("dh1/dw", 1, local["dh1/dw"], 0),
    claim("dh2/dh1", 1, local["dh2/dh1"], 0),
    claim("dh3/dh2", -1, local["dh3/dh2"], 0),
    claim("dh4/dh3", 1, local["dh4/dh3"], 0),
    claim("dh5/dh4", 1, local["dh5/dh4"], 0),
    claim("dh6/dh5", -0.25, local["dh6/dh5"], 0),
    claim("df/dw", 0.25, gradient.w, 0),
    claim("df/db", 0.25, gradient.b, 0),
    claim("df/dx", 0, gradient.x, 0),
  ];
}
