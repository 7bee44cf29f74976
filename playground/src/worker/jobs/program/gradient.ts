// An expression as a program: its first output and the derivatives of that by all inputs, in float64, as the graph on the page.

import { type Tensor, tensor, valueAndGrad } from "neurite";
import { expressionTensors } from "neurite/inspect/expression";
import type { Point } from "../../../protocol/jobs/unfold.ts";
import { readExpression } from "../unfold/read-expression.ts";

export interface GradientProgram {
  readonly run: (inputs: Tensor<[]>[]) => { value: Tensor<[]>; gradient: Tensor[] };
  readonly inputs: Tensor<[]>[];
}

export function gradientProgram(text: string, at: Point): GradientProgram {
  const { expression, at: point } = readExpression(text, at);
  const f = expressionTensors(expression);
  const program = valueAndGrad((inputs: Tensor<[]>[]) => f(inputs)[0]!);
  return {
    run: (inputs) => {
      const [value, gradient] = program(inputs) as [Tensor<[]>, Tensor[]];
      return { value, gradient };
    },
    inputs: expression.inputs.map((name) => tensor(point[name]!, "float64") as Tensor<[]>),
  };
}
