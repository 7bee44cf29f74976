// One program traced with several batches: which lengths in it are those of the batch.

import { ArgumentError } from "../../checks/errors.ts";
import type { Graph, Node, Value } from "../../ir/graph.ts";
import { graphsIn } from "../../ir/param-parts.ts";
import { type Dim, fitDim, isFixed } from "./graph/dim.ts";

/** Where a slice begins and ends along each axis. */
export interface Bounds {
  readonly start: readonly Dim[];
  readonly end: readonly Dim[];
}

/** What in a program depends on the number of examples; all else is as the graph says. */
export interface Lengths {
  readonly dims: ReadonlyMap<Value, readonly Dim[]>;
  readonly bounds: ReadonlyMap<Node, Bounds>;
}

export const FIXED: Lengths = { dims: new Map(), bounds: new Map() };

/**
 * Compares graphs of one function for different batches, node by node.
 * @returns what depends on the batch in the first of them
 * @throws ArgumentError where they are not the same program
 */
export function lengthsOf(batches: readonly number[], graphs: readonly Graph[]): Lengths {
  const dims = new Map<Value, readonly Dim[]>();
  const bounds = new Map<Node, Bounds>();
  const list = (what: string, lists: readonly (readonly number[])[]): readonly Dim[] =>
    lists[0]!.map((_, i) => {
      const dim = fitDim(
        batches,
        lists.map((numbers) => numbers[i]!),
      );
      if (dim === null) throw changing(`${what} is no multiple of it`);
      return dim;
    });
  const compareValues = (values: readonly Value[]): void => {
    const [first] = values;
    if (dims.has(first!)) return;
    const shapes = values.map(({ type }) => type.shape);
    if (shapes.some(({ length }) => length !== shapes[0]!.length)) throw changing("a rank differs");
    const found = list("the length of an axis", shapes);
    if (!isFixed(found)) dims.set(first!, found);
  };
  const compareNodes = (nodes: readonly Node[]): void => {
    const [first] = nodes as [Node];
    if (nodes.some(({ op, inputs }) => op !== first.op || inputs.length !== first.inputs.length)) {
      throw changing(`${nodes.map(({ op }) => op).join(" and ")} stand in one place`);
    }
    first.outputs.forEach((_, i) => {
      compareValues(nodes.map(({ outputs }) => outputs[i]!));
    });
    if (first.op === "slice") {
      const params = nodes.map((node) => (node as Node<"slice">).params);
      const start = list(
        "the start of a slice",
        params.map((p) => p.start),
      );
      const end = list(
        "the end of a slice",
        params.map((p) => p.end),
      );
      if (!isFixed([...start, ...end])) bounds.set(first, { start, end });
    } else if (first.op === "constant") {
      expectSameNumbers(nodes as Node<"constant">[]);
    }
    const inner = nodes.map(graphsIn);
    inner[0]!.forEach((_, i) => {
      compareGraphs(inner.map((bodies) => bodies[i]!));
    });
  };
  const compareGraphs = (compared: readonly Graph[]): void => {
    const [first] = compared as [Graph];
    if (compared.some(({ nodes }) => nodes.length !== first.nodes.length)) {
      throw changing("it has more steps for some");
    }
    first.inputs.forEach((_, i) => {
      compareValues(compared.map(({ inputs }) => inputs[i]!));
    });
    first.nodes.forEach((_, i) => {
      compareNodes(compared.map(({ nodes }) => nodes[i]!));
    });
  };
  compareGraphs(graphs);
  return { dims, bounds };
}

/** Numbers may be more for a larger batch, where all are the same: zeros, say. */
function expectSameNumbers(nodes: readonly Node<"constant">[]): void {
  const [first] = nodes as [Node<"constant">];
  const [number] = first.params.data;
  const isUniform = nodes.every(({ params }) => params.data.every((x) => Object.is(x, number)));
  const same = nodes.every(
    ({ params: { data } }) =>
      data.length === first.params.data.length &&
      data.every((x, i) => Object.is(x, first.params.data[i])),
  );
  if (!isUniform && !same) throw changing("a constant in it differs");
}

function changing(why: string): ArgumentError {
  return new ArgumentError(
    `exportOnnx: the program depends on the number of examples in a way that ONNX cannot say (${why}). ` +
      "Give a fixed one, as in { batch: 1 }",
  );
}
