// The expression in micrograd's README, with methods in place of Python's operators.

import { expectOptions, type Kinds, number } from "../../checks/arguments.ts";
import "../../tensor/methods.ts";
import { variable } from "../../tensor/create.ts";
import { div } from "../../tensor/elementwise.ts";
import { type Claim, claim, decimals } from "../shared/claim.ts";
import { experimentPoint, type Parameters, real } from "../shared/parameters.ts";

/** Where the expression is computed. */
export interface MicrogradPoint {
  readonly a?: number;
  readonly b?: number;
}

const POINT: Kinds<MicrogradPoint> = { a: number, b: number };

/** The expression and its derivatives by a and b. */
export interface MicrogradResult {
  readonly g: number;
  readonly dgda: number;
  readonly dgdb: number;
}

/** g and its derivatives by a and b, recorded as it runs. Source: github.com/karpathy/micrograd. */
export function evaluate(point: MicrogradPoint = {}): MicrogradResult {
  expectOptions("micrograd.evaluate", point, POINT);
  const a = variable(point.a ?? -4, { dtype: "float64", name: "a" });
  const b = variable(point.b ?? 2, { dtype: "float64", name: "b" });
  let c = a.add(b);
  let d = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(c.add(1).sub(a));
  d = d.add(d.mul(2).add(b.add(a).relu()));
  d = d.add(d.mul(3).add(b.sub(a).relu()));
  const e = c.sub(d);
  const f = e.pow(2);
  const g = f.div(2).add(div(10, f));
  g.backward();
  return { g: g.item(), dgda: a.grad!.item(), dgdb: b.grad!.item() };
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Required<MicrogradPoint>> = {
  a: real("the first input", -4),
  b: real("the second input", 2),
};

/** The README's numbers beside ours. */
export function claims(given: MicrogradPoint = {}): Claim[] {
  const { g, dgda, dgdb } = evaluate(experimentPoint("micrograd", PARAMETERS, given));
  return [
    claim("g", 24.7041, g, decimals(4)),
    claim("dg/da", 138.8338, dgda, decimals(4)),
    claim("dg/db", 645.5773, dgdb, decimals(4)),
  ];
}
