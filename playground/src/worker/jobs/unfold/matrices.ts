// The job `matrices`: Jacobians between any values of a graph, as of a layer's activations by its net inputs.

import { type Computation, computationOf, jacobianOf } from "neurite/inspect/expression";
import type { Job } from "../job.ts";
import { readExpression } from "./read-expression.ts";

export const matrices: Job<"matrices"> = ({ text, at, wanted }) => {
  const read = readExpression(text, at);
  const computation = computationOf(read.expression, read.at);
  return {
    matrices: wanted.map(({ of, by }) => {
      const { inputs, values } = jacobianOf(partOf(computation, of, by));
      const columns = by.map((name) => inputs.indexOf(name));
      return { of, by, values: values.map((row) => columns.map((k) => row[k] ?? 0)) };
    }),
  };
};

/** What lies between: `by` become inputs, `of` outputs, and all else that is read is an input too. */
export function partOf(
  { inputs, operations }: Computation,
  of: readonly string[],
  by: readonly string[],
): Computation {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const wanted = new Set<string>();
  const stack = [...of];
  for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
    const operation = byName.get(name);
    if (!operation || by.includes(name) || wanted.has(name)) continue;
    wanted.add(name);
    stack.push(...operation.operands.map((operand) => operand.name));
  }
  const numberOf = (name: string) =>
    byName.get(name)?.value ?? inputs.find((input) => input.name === name)?.value ?? Number.NaN;
  const named = (name: string) => ({ name, value: numberOf(name) });
  return {
    inputs: [...by.map(named), ...inputs.filter(({ name }) => !by.includes(name))],
    operations: operations.filter(({ name }) => wanted.has(name)),
    outputs: of.map((name) => ({ ...named(name), source: name })),
    notes: [],
  };
}
