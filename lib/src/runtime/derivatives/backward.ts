// backward(): gradients of what was recorded, left at the trainable variables it came from.

import { anything, expectOptions, flag, type Kinds } from "../../checks/arguments.ts";
import { GradientError, TraceError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { type Node, sortNodes, type Value } from "../../ir/graph.ts";
import { showShape } from "../../ir/shape.ts";
import { carriesTangent, prims, runGraph } from "../interpreter/apply.ts";
import { current, noGrad } from "../interpreter/current.ts";
import { expectHistory, release } from "../interpreter/recorded.ts";
import { placeOf } from "../interpreter/roots.ts";
import { type Variable, variableOf } from "../state/variable.ts";
import { tensorKind } from "../values/kinds.ts";
import { one } from "../values/numbers.ts";
import type { Tensor } from "../values/tensor.ts";
import { reverse } from "./differentiate.ts";

/** Options of backward(). */
export interface BackwardOptions {
  /** Keep the history, to call backward() on it again. */
  readonly keepHistory?: boolean;
  /** Record the gradients themselves, to differentiate them again; keeps the history too. */
  readonly createGraph?: boolean;
}

const BACKWARD: Kinds<BackwardOptions> = { keepHistory: flag, createGraph: flag };
const checkBackward = signature<typeof backward>(
  "backward(loss, { keepHistory, createGraph })",
  tensorKind,
  anything,
);

/**
 * Adds the gradient of a scalar to the `grad` of every trainable variable it depends on, and releases
 * the history. Inside compile() gradients start from null at each call.
 * @throws GradientError when the tensor is no scalar, or depends on no trainable variable
 */
export function backward(loss: Tensor, options: BackwardOptions = {}): void {
  checkBackward(arguments);
  expectOptions("backward", options, BACKWARD);
  if (loss.rank !== 0) {
    throw new GradientError(
      `backward: expected a scalar, received shape ${showShape(loss.shape)}. ` +
        "Reduce it with sum() or mean() first.",
    );
  }
  if (current.trace && !current.trace.state) {
    throw new TraceError(
      `backward: inside ${current.trace.what}() variables keep no gradients; use grad() there.`,
    );
  }
  const place = placeOf(loss);
  const nodes = sortNodes([], [place]);
  const reached = reachedFrom(place, nodes);
  expectHistory(nodes.filter((node) => node.outputs.some((output) => reached.has(output))));
  const variables = variablesIn(place, nodes, reached);
  if (variables.size === 0) {
    throw new GradientError(
      "backward: this tensor depends on no trainable variable. What noGrad(), stopGradient(), a " +
        "compiled function or an earlier backward() returned has no history.",
    );
  }
  const map = reverse([...variables.keys()], [place]);
  const run = () => runGraph(map.graph, [...map.saved, one(loss.dtype)]);
  const gradients = options.createGraph ? run() : noGrad(run);
  [...variables.values()].forEach((variable, i) => {
    const gradient = gradients[i]!;
    variable.grad = variable.grad ? prims.add(variable.grad, gradient) : gradient;
  });
  if (!options.keepHistory && !options.createGraph && !current.trace) release(nodes);
}

/** The values that a derivative of `place` passes through; `nodes` lead there, in order. */
function reachedFrom(place: Value, nodes: readonly Node[]): Set<Value> {
  const reached = new Set(carriesTangent(place) ? [place] : []);
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((output) => reached.has(output))) continue;
    for (const input of node.inputs) if (carriesTangent(input)) reached.add(input);
  }
  return reached;
}

/** The trainable variables among the values reached, in the order in which `nodes` read them. */
function variablesIn(
  place: Value,
  nodes: readonly Node[],
  reached: ReadonlySet<Value>,
): Map<Value, Variable> {
  const found = new Map<Value, Variable>();
  for (const value of [place, ...nodes.flatMap((node) => node.inputs)]) {
    const variable = value.node || !reached.has(value) ? undefined : variableOf(value);
    if (variable) found.set(value, variable);
  }
  return found;
}
