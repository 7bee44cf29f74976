// Runs a function on placeholders, for the graph of what it does.

import { ArgumentError } from "../../checks/errors.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import type { TensorType } from "../../ir/type.ts";
import { Tensor } from "../values/tensor.ts";
import { current, withCurrent } from "./current.ts";
import { Trace } from "./trace.ts";

export interface Traced {
  /** Inputs [placeholders of the arguments…, placeholders of what was captured…]. */
  readonly graph: Graph;
  readonly captured: readonly Tensor[];
}

/** Runs `body` with its ops going into the trace, once. */
export function runTrace<T>(trace: Trace, body: () => T): T {
  try {
    return withCurrent({ trace, recording: true }, body);
  } finally {
    trace.over = true;
  }
}

/** Runs `body` on placeholders and returns the graph of what it did. Results are `body`'s tensors. */
export function traceGraph(
  what: string,
  types: readonly TensorType[],
  body: (args: Tensor[]) => readonly Tensor[],
  names: readonly (string | undefined)[] = [],
): Traced {
  const trace = new Trace(what, current.trace);
  const inputs = types.map((type, i) => new Value(type, null, 0, names[i]));
  const args = inputs.map((value) => new Tensor({ type: value.type, value, trace }));
  const outputs = runTrace(trace, () => {
    return body(args).map((result) => {
      if (!(result instanceof Tensor)) {
        throw new ArgumentError(`${what}: expected the function to return tensors`);
      }
      return trace.lift(result.read());
    });
  });
  const graph = makeGraph([...inputs, ...trace.captured.values()], outputs);
  return { graph, captured: [...trace.captured.keys()] };
}
