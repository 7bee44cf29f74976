// The derivative of a loop: one scan of primal values that stacks what the tangents need, and one
// linear scan of tangents that reads it.

import { makeGraph, type Value } from "../../../ir/graph.ts";
import type { Builder, ScanParams } from "../../../ir/op-table.ts";
import type { GraphTransforms, Linearized, Tangent } from "../../define.ts";
import { fillZeros } from "../../fill.ts";
import { residuals } from "./residuals.ts";

export function linearizeScan(
  o: Builder<Value>,
  inputs: readonly Value[],
  tangents: readonly Tangent[],
  params: ScanParams,
  transforms: GraphTransforms,
): { primals: Value[]; tangents: Tangent[] } {
  const { body, constants, carries } = params;
  const { linear, wrt } = linearizeBody(params, tangents, transforms);
  const steps = constants + carries; // operands from here on are sequences

  // What the linear body reads: constants and sequences of the loop as they are, the rest stacked.
  const saved = residuals(body, linear);
  const places = new Map(body.inputs.map((input, i) => [input, i]));
  const isConstant = (v: Value) => (places.get(v) ?? steps) < constants;
  const isSequence = (v: Value) => (places.get(v) ?? -1) >= steps;
  const fromConstants = saved.filter(isConstant);
  const fromSequences = saved.filter(isSequence);
  const toStack = saved.filter((v) => !isConstant(v) && !isSequence(v));

  const primalBody = makeGraph(body.inputs, [...linear.primals, ...toStack]);
  const primalResults = o.scan(...inputs, { ...params, body: primalBody });
  const primals = primalResults.slice(0, body.outputs.length);
  const stacks = primalResults.slice(body.outputs.length);

  // Tangent operands in the order of the body's inputs; carries without one start at zero.
  const marked = inputs.flatMap((x, i) =>
    wrt[i] ? [{ i, dx: tangents[i] ?? fillZeros(o, x.type) }] : [],
  );
  const part = (from: number, to: number) => {
    const here = marked.map(({ i }) => i >= from && i < to);
    return {
      operands: marked.filter((_, k) => here[k]).map(({ dx }) => dx),
      inputs: linear.tangentInputs.filter((_, k) => here[k]),
    };
  };
  const [dConstants, dCarries, dSequences] = [
    part(0, constants),
    part(constants, steps),
    part(steps, inputs.length),
  ];
  const original = (v: Value) => inputs[places.get(v)!]!;

  const carried = body.outputs.map((_, k) => k < carries && wrt[constants + k]!);
  const dCarryOut = linear.tangents.filter((_, k) => carried[k]);
  const carryTypes = body.outputs.filter((_, k) => carried[k]).map((v) => v.type);
  const stackedOut = linear.tangents.map((dy, k) => k >= carries && dy !== null);
  const linearBody = makeGraph(
    [
      ...fromConstants,
      ...dConstants.inputs,
      ...dCarries.inputs,
      ...toStack,
      ...fromSequences,
      ...dSequences.inputs,
    ],
    [
      ...dCarryOut.map((dy, k) => dy ?? fillZeros(o, carryTypes[k]!)),
      ...linear.tangents.filter((_, k) => stackedOut[k]).map((dy) => dy!),
    ],
  );
  const dResults = o.scan(
    ...fromConstants.map(original),
    ...dConstants.operands,
    ...dCarries.operands,
    ...stacks,
    ...fromSequences.map(original),
    ...dSequences.operands,
    {
      ...params,
      body: linearBody,
      constants: fromConstants.length + dConstants.operands.length,
      carries: dCarries.operands.length,
    },
  );
  let next = 0;
  const results = body.outputs.map((_, k) =>
    carried[k] || stackedOut[k] ? dResults[next++]! : null,
  );
  return { primals, tangents: results };
}

/** Linearizes the body; a carry has a tangent as soon as any step would give it one. */
function linearizeBody(
  { body, constants, carries }: ScanParams,
  tangents: readonly Tangent[],
  transforms: GraphTransforms,
): { linear: Linearized; wrt: boolean[] } {
  const wrt = tangents.map((dx) => dx !== null);
  for (;;) {
    const linear = transforms.linearize(body, wrt);
    const late = linear.tangents.findIndex(
      (dy, k) => k < carries && dy !== null && !wrt[constants + k],
    );
    if (late < 0) return { linear, wrt };
    wrt[constants + late] = true;
  }
}
