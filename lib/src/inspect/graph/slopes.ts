// The Jacobian of one op by each of its operands: diag(f'), W transposed, the identity, as matrices.

import { anything, expectArgument, listOf } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { allocate, isFloat } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Node, Value } from "../../ir/graph.ts";
import { expectGraph } from "../../ir/graph-kind.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { NdArray } from "../../ops/define.ts";
import { vjpGraph } from "../../transforms/vjp.ts";
import { edgesOf } from "./edges.ts";

/** Derivatives as a matrix: a row for each element of the result, a column for each of the operand. */
export interface JacobianMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly (readonly number[])[];
}

/** A matrix of a layer of some hundred units; larger ones are nobody's reading. */
const MOST_ELEMENTS = 1 << 20;

/**
 * The Jacobians of every op of `graph`, one for each operand in its place (`x*x` has two); null for
 * operands that are no floats. Of z = W a + b these are, by W, I(a) (NNDL 4.61), by a, W itself, and by b
 * the identity; of an activation, diag(f'(z)). An op of several results is left out.
 * @throws ArgumentError where the inputs do not fit, or a matrix would be of over a million elements
 */
export function localJacobians(
  graph: Graph,
  inputs: readonly NdArray[],
): Map<Node, readonly (JacobianMatrix | null)[]> {
  expectGraph("localJacobians", graph);
  expectArgument("localJacobians", "inputs", inputs, listOf(anything));
  const { values } = edgesOf(graph, inputs);
  const found = new Map<Node, readonly (JacobianMatrix | null)[]>();
  for (const node of graph.nodes) {
    if (node.outputs.length !== 1 || node.op === "constant") continue;
    const operands = node.inputs.map(({ type }) => new Value(type));
    const alone = new Node(node.op, operands, node.params, [node.outputs[0]!.type]);
    const known = node.inputs.map((input) => values.get(input)!);
    found.set(node, jacobiansOf(makeGraph(operands, alone.outputs), known));
  }
  return found;
}

/** Jacobians of a graph of one output by each of its inputs, row by row in reverse mode. */
export function jacobiansOf(
  graph: Graph,
  inputs: readonly NdArray[],
): readonly (JacobianMatrix | null)[] {
  const { type } = graph.outputs[0]!;
  const wrt = graph.inputs.map(({ type }) => isFloat(type.dtype));
  if (!isFloat(type.dtype) || !wrt.includes(true)) return wrt.map(() => null);
  const rows = sizeOf(type.shape);
  for (const input of graph.inputs) {
    if (rows * sizeOf(input.type.shape) <= MOST_ELEMENTS) continue;
    throw new ArgumentError(
      `localJacobians: expected matrices of at most ${MOST_ELEMENTS} elements, ` +
        `received ${rows} x ${sizeOf(input.type.shape)}`,
    );
  }
  const pullback = vjpGraph(graph, wrt);
  const gradients = Array.from({ length: rows }, (_, row) => {
    const seed: NdArray = { ...type, data: allocate(type.dtype, rows) };
    seed.data[row] = 1;
    return evaluate(pullback, [...inputs, seed]).slice(1);
  });
  let next = 0;
  return wrt.map((isMarked, i) => {
    if (!isMarked) return null;
    const place = next;
    next += 1;
    const values = gradients.map((row) => Array.from(row[place]!.data));
    return { rows, columns: sizeOf(graph.inputs[i]!.type.shape), values };
  });
}
