// What a graph inside an op must save for its derivative: as little as can be.

import { dependents, type Graph, makeGraph, type Value } from "../../../ir/graph.ts";
import type { Linearized } from "../../define.ts";
import { traitsOf } from "../../traits.ts";

/**
 * Values that the tangents are computed with, but that do not depend on tangents themselves. What is
 * cheap to compute from other such values is not among them: sigma' = sigma (1 - sigma) from sigma.
 */
export function residuals(body: Graph, linear: Linearized): Value[] {
  const outputs = linear.tangents.filter((dy) => dy !== null);
  const joint = makeGraph([...body.inputs, ...linear.tangentInputs], outputs);
  const moving = dependents(joint.nodes, linear.tangentInputs);
  const saved = new Set<Value>();
  for (const node of joint.nodes) {
    if (!node.outputs.some((output) => moving.has(output))) continue;
    for (const input of node.inputs) if (!moving.has(input)) saved.add(input);
  }
  const fixed = constantValues(joint);
  const needed = new Set([...saved].filter((value) => !fixed.has(value)));
  for (const value of [...joint.nodes].reverse().flatMap((node) => node.outputs)) {
    const atHand = (other: Value) => other !== value && (fixed.has(other) || needed.has(other));
    if (needed.has(value) && isCheap(value, atHand)) needed.delete(value);
  }
  return [...needed];
}

/** More steps than this to a value are no longer cheap. */
const MOST_STEPS = 6;

/** True where a few cheap ops lead from values at hand to this one. */
function isCheap(value: Value, atHand: (value: Value) => boolean): boolean {
  let steps = 0;
  const reaches = (at: Value): boolean => {
    if (atHand(at)) return true;
    if (!at.node || !traitsOf(at.node.op).cheap || ++steps > MOST_STEPS) return false;
    return at.node.inputs.every(reaches);
  };
  return reaches(value);
}

/** Values that no input reaches: cheaper to compute again in the linear body than to stack. */
function constantValues(graph: Graph): Set<Value> {
  const varying = dependents(graph.nodes, graph.inputs);
  const values = graph.nodes.flatMap((node) => node.outputs);
  return new Set(values.filter((value) => !varying.has(value)));
}
