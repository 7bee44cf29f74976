// The paths from an input to an output: along each the product of its local derivatives, and their sum,
// which is the derivative.

import { count, expectArgument, expectOptions, type Kinds } from "../../checks/arguments.ts";
import type { Computation } from "./computation.ts";
import { computationKind, expectKnown } from "./kinds.ts";

/** One edge of a path: the derivative of `operation` by `operand`. */
export interface PathFactor {
  readonly operation: string;
  readonly operand: string;
  readonly derivative: number;
}

/** One path from an input to an output, and the product of the local derivatives along it. */
export interface DerivativePath {
  /** From the input to what the output is. */
  readonly through: readonly string[];
  /** In the order of the path. */
  readonly factors: readonly PathFactor[];
  readonly product: number;
}

/** The paths between an input and an output, whose products add up to the derivative. */
export interface DerivativePaths {
  readonly input: string;
  readonly output: string;
  /** How many there are: they can double at every operation, so that not all are listed. */
  readonly count: number;
  readonly paths: readonly DerivativePath[];
  /** The sum of the products; null where not all paths are listed. */
  readonly sum: number | null;
}

/** Options of pathsBetween(). */
export interface PathOptions {
  /** How many paths are listed at most; 100 where it is left out. */
  readonly most?: number;
}

const OPTIONS: Kinds<PathOptions> = { most: count };

/**
 * All paths from an input to an output. An operation that reads a value twice, as x*x, has two edges.
 * @throws ArgumentError for names that the computation does not have
 */
export function pathsBetween(
  computation: Computation,
  input: string,
  output: string,
  options: PathOptions = {},
): DerivativePaths {
  expectArgument("pathsBetween", "computation", computation, computationKind);
  expectOptions("pathsBetween", options, OPTIONS);
  const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name);
  expectKnown("pathsBetween", "input", input, names(computation.inputs));
  expectKnown("pathsBetween", "output", output, names(computation.outputs));
  const { most = 100 } = options;
  const counts = pathCounts(computation, input);
  const edges = new Map(
    computation.operations.map(({ name, operands }) => [
      name,
      operands.flatMap(({ name: operand, derivative }) => {
        const leads = derivative !== null && counts.has(operand);
        return leads ? [{ operation: name, operand, derivative }] : [];
      }),
    ]),
  );
  const { source } = computation.outputs.find(({ name }) => name === output)!;
  const total = source === null ? 0 : (counts.get(source) ?? 0);
  const paths: DerivativePath[] = [];
  // Backwards from the output; every edge leads to the input, so no search is in vain.
  const stack: { at: string; factors: readonly PathFactor[] }[] =
    total === 0 ? [] : [{ at: source!, factors: [] }];
  while (stack.length > 0 && paths.length < most) {
    const { at, factors } = stack.pop()!;
    if (at === input) paths.push(pathOf(input, factors));
    for (const edge of [...(edges.get(at) ?? [])].reverse()) {
      stack.push({ at: edge.operand, factors: [edge, ...factors] });
    }
  }
  const sum = paths.length < total ? null : paths.reduce((sum, { product }) => sum + product, 0);
  return { input, output, count: total, paths, sum };
}

function pathOf(input: string, factors: readonly PathFactor[]): DerivativePath {
  const product = factors.reduce((product, { derivative }) => product * derivative, 1);
  return { through: [input, ...factors.map(({ operation }) => operation)], factors, product };
}

/** How many paths lead from the input to each value; without an entry, none. */
function pathCounts({ operations }: Computation, input: string): Map<string, number> {
  const counts = new Map([[input, 1]]);
  for (const { name, operands } of operations) {
    const found = operands
      .filter(({ derivative }) => derivative !== null)
      .reduce((sum, operand) => sum + (counts.get(operand.name) ?? 0), 0);
    if (found > 0) counts.set(name, found);
  }
  return counts;
}
