// What each landscape is a function of, and the part of it that is shown first.

import { add, at, mul, sigmoid, square, sub, type Tensor } from "neurite";
import { mazur, surface49 } from "neurite/books";
import { expressionObjective, type Objective, planeOfTwo } from "neurite/inspect";
import type { Interval, LandscapeSpec } from "../../../protocol/index.ts";
import { expressionOf } from "../curves/expression.ts";
import type { LandscapeSource } from "./source.ts";

export async function sourceOf(spec: LandscapeSpec): Promise<LandscapeSource> {
  switch (spec.kind) {
    case "figure49":
      return ofTwo(surface49.objective(spec.loss), ["w1", "w2"], [-5, 5]);
    case "expression":
      return ofExpression(spec.text);
    case "mazur":
      return ofTwo(mazurError(), ["w5", "w6"], [-4, 4]);
    case "xor":
      return await (await import("./xor-net.ts")).xorLandscape(spec.plane);
  }
}

function ofTwo(
  objective: Objective,
  names: readonly [string, string],
  range: Interval,
): LandscapeSource {
  return { objective, plane: planeOfTwo(names), home: { u: range, v: range }, training: null };
}

/** Names in their own order, so that u*v and v*u are one landscape; a lone one gets another beside it. */
function ofExpression(text: string): LandscapeSource {
  const expression = expressionOf(text, 2);
  const names = [...expression.inputs].sort();
  if (names.length < 2) names.push(names[0] === "y" ? "z" : "y");
  return ofTwo(expressionObjective(expression, names), names as [string, string], [-2, 2]);
}

/** E over the two weights into o1; h1, h2 and the error of o2 are those of Mazur's forward pass. */
function mazurError(): Objective {
  const { start } = mazur.train({ steps: 1 });
  const { inputs: _, targets } = mazur.PARAMETERS;
  const [h1, h2] = start.h as [number, number];
  const bias = start.biases[1]!;
  const target = targets.book[0]!;
  return (point: Tensor) => {
    const net = add(add(mul(at(point, 0), h1), mul(at(point, 1), h2)), bias);
    return add(mul(square(sub(target, sigmoid(net))), 0.5), start.errors[1]!);
  };
}
