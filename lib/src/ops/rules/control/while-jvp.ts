// The forward derivative of a loop with a condition: a loop that carries values and tangents together.

import { makeGraph, type Value } from "../../../ir/graph.ts";
import type { Builder, WhileParams } from "../../../ir/op-table.ts";
import type { GraphTransforms, Linearized, Tangent } from "../../define.ts";
import { fillZeros } from "../../fill.ts";

/**
 * The loop itself stays as it is, for whoever needs values that depend on no tangent; the second one
 * goes through the same values again, since what a turn saves for its tangents is gone with the turn.
 */
export function linearizeWhile(
  o: Builder<Value>,
  inputs: readonly Value[],
  tangents: readonly Tangent[],
  outputs: readonly Value[],
  params: WhileParams,
  transforms: GraphTransforms,
): { primals: readonly Value[]; tangents: Tangent[] } {
  const { condition, body, constants } = params;
  const { linear, wrt } = linearizeTurn(params, tangents, transforms);
  const marked = inputs.flatMap((x, i) =>
    wrt[i] ? [{ i, dx: tangents[i] ?? fillZeros(o, x.type) }] : [],
  );
  const ofConstants = marked.filter(({ i }) => i < constants).length;
  const dxs = marked.map(({ dx }) => dx);
  const around = <T>(own: readonly T[], dOwn: readonly T[]) => [
    ...own.slice(0, constants),
    ...dOwn.slice(0, ofConstants),
    ...own.slice(constants),
    ...dOwn.slice(ofConstants),
  ];
  const dCarries = body.outputs.flatMap(({ type }, k) =>
    wrt[constants + k] ? [linear.tangents[k] ?? fillZeros(o, type)] : [],
  );
  // The condition reads none of the tangents: it gets placeholders of its own for them.
  const unread = linear.tangentInputs;
  const results = o.whileLoop(...around(inputs, dxs), {
    condition: makeGraph(around(condition.inputs, unread), condition.outputs),
    body: makeGraph(around(body.inputs, linear.tangentInputs), [...linear.primals, ...dCarries]),
    constants: constants + ofConstants,
  });
  let next = body.outputs.length;
  return {
    primals: outputs,
    tangents: outputs.map((_, k) => (wrt[constants + k] ? results[next++]! : null)),
  };
}

/** Linearizes the body; a carry has a tangent as soon as any turn would give it one. */
function linearizeTurn(
  { body, constants }: WhileParams,
  tangents: readonly Tangent[],
  transforms: GraphTransforms,
): { linear: Linearized; wrt: boolean[] } {
  const wrt = tangents.map((dx) => dx !== null);
  for (;;) {
    const linear = transforms.linearize(body, wrt);
    const late = linear.tangents.findIndex((dy, k) => dy !== null && !wrt[constants + k]);
    if (late < 0) return { linear, wrt };
    wrt[constants + late] = true;
  }
}
