// The transpose of a linear loop: it runs backwards, and carries cotangents instead of tangents.

import { makeGraph, type Node, Value } from "../../../ir/graph.ts";
import type { Builder, ScanParams } from "../../../ir/op-table.ts";
import type { GraphTransforms, Tangent } from "../../define.ts";
import { addTangents } from "../../define.ts";
import { fillZeros } from "../../fill.ts";

/**
 * Cotangents of the linear operands: carries become carries, sequences become stacked results.
 * A linear constant (a weight's tangent) meets every step; its matrix products are not formed in the
 * loop: both factors are stacked and contracted once after it. What else it gets is summed in a carry.
 */
export function transposeScan(
  o: Builder<Value>,
  cotangents: readonly Tangent[],
  inputs: readonly Value[],
  linear: readonly boolean[],
  params: ScanParams,
  transforms: GraphTransforms,
): Tangent[] {
  const { body, constants, carries } = params;
  const group = (from: number, to: number, isLinear: boolean) =>
    inputs.flatMap((_, i) => (i >= from && i < to && linear[i] === isLinear ? [i] : []));
  const steps = constants + carries;
  const fixed = group(0, constants, false);
  const weights = group(0, constants, true);
  const sequences = group(steps, inputs.length, false);
  const linearSequences = group(steps, inputs.length, true);
  const at = (indices: readonly number[]) => indices.map((i) => body.inputs[i]!);

  // One step backwards.
  const ctOut = body.outputs.map(({ type }) => new Value(type));
  const linearInputs = [...weights, ...Array.from({ length: carries }, (_, k) => constants + k)];
  const ctIn = transforms.transposeLinear(
    at([...linearInputs, ...linearSequences]),
    body.outputs,
    ctOut,
  );
  const ctWeights = ctIn.slice(0, weights.length).map((ct) => splitTerms(o, ct));
  const ctCarries = ctIn.slice(weights.length, weights.length + carries);
  const ctSequences = ctIn.slice(weights.length + carries);
  const types = at(linearInputs.slice(weights.length)).map((v) => v.type);

  // Sums that the loop keeps, and factors that it stacks.
  const kept = ctWeights.flatMap(({ rest }, w) =>
    rest ? [{ w, rest, sum: new Value(rest.type) }] : [],
  );
  const pairs = ctWeights.flatMap(({ products }) => products);
  const factors = pairs.flatMap(([a, b]) => [turnedFrom(a) ?? a, b]);
  const results = o.scan(
    ...fixed.map((i) => inputs[i]!),
    ...body.outputs.slice(0, carries).map(({ type }, k) => cotangents[k] ?? fillZeros(o, type)),
    ...kept.map(({ rest }) => fillZeros(o, rest.type)),
    ...sequences.map((i) => inputs[i]!),
    ...body.outputs.slice(carries).map(({ type }, k) => {
      const whole = { dtype: type.dtype, shape: [params.length, ...type.shape] };
      return cotangents[carries + k] ?? fillZeros(o, whole);
    }),
    {
      ...params,
      reverse: !params.reverse,
      constants: fixed.length,
      carries: carries + kept.length,
      body: makeGraph(
        [
          ...at(fixed),
          ...ctOut.slice(0, carries),
          ...kept.map(({ sum }) => sum),
          ...at(sequences),
          ...ctOut.slice(carries),
        ],
        [
          ...ctCarries.map((ct, k) => ct ?? fillZeros(o, types[k]!)),
          ...kept.map(({ sum, rest }) => o.add(sum, rest)),
          ...ctSequences.map((ct, k) => ct ?? fillZeros(o, body.inputs[linearSequences[k]!]!.type)),
          ...factors,
        ],
      ),
    },
  );

  const sums = results.slice(carries, carries + kept.length);
  const stacked = results.slice(carries + kept.length);
  const stacks = stacked.slice(ctSequences.length);
  const gradients: Tangent[] = inputs.map(() => null);
  kept.forEach(({ w }, k) => {
    gradients[weights[w]!] = sums[k]!;
  });
  const owners = ctWeights.flatMap(({ products }, w) => products.map(() => weights[w]!));
  pairs.forEach(([a], pair) => {
    const [left, right] = [stacks[2 * pair]!, stacks[2 * pair + 1]!];
    const product = contract(o, left, right, turnedFrom(a) !== null);
    gradients[owners[pair]!] = addTangents(o, gradients[owners[pair]!]!, product);
  });
  for (let k = 0; k < carries; k++) gradients[constants + k] = results[k]!;
  linearSequences.forEach((i, k) => {
    gradients[i] = stacked[k]!;
  });
  return gradients;
}

/** More terms than this are summed in the loop: shared sums would expand exponentially. */
const MOST_TERMS = 64;

/** A sum taken apart: the matrix products among its terms, as pairs of factors, and what is left. */
function splitTerms(
  o: Builder<Value>,
  sum: Tangent,
): { products: [Value, Value][]; rest: Tangent } {
  const products: [Value, Value][] = [];
  let rest: Tangent = null;
  let terms = 0;
  const stack = sum ? [sum] : [];
  for (let term = stack.pop(); term; term = stack.pop()) {
    if (++terms > MOST_TERMS) return { products: [], rest: sum };
    const factors = factorsOf(o, term);
    if (factors) products.push(factors);
    else if (term.node?.op === "add") stack.push(term.node.inputs[1]!, term.node.inputs[0]!);
    else rest = addTangents(o, rest, term);
  }
  return { products, rest: products.length > 0 ? rest : sum };
}

/** The factors of a product of two matrices, or of such a product transposed: (A B)^T = B^T A^T. */
function factorsOf(o: Builder<Value>, { node, type }: Value): [Value, Value] | null {
  if (!node || type.shape.length !== 2) return null;
  if (node.op === "matmul") return [node.inputs[0]!, node.inputs[1]!];
  const inner = node.inputs[0]?.node;
  if (node.op !== "transpose" || inner?.op !== "matmul") return null;
  const [a, b] = inner.inputs as [Value, Value];
  const swapped = (node as Node<"transpose">).params.perm[0] === 1;
  const swap = (x: Value) => o.transpose(x, { perm: [1, 0] });
  return swapped ? [swap(b), swap(a)] : [a, b];
}

/** What a matrix is the transpose of: it is stacked as it was computed, and turned after the loop. */
function turnedFrom({ node }: Value): Value | null {
  const turned = node?.op === "transpose" && (node as Node<"transpose">).params.perm[0] === 1;
  return turned ? node.inputs[0]! : null;
}

/** The sum over steps of a[t] b[t], as one product of [m, steps * k] and [steps * k, n]. */
function contract(o: Builder<Value>, a: Value, b: Value, isTurned: boolean): Value {
  const [length, k, n] = b.type.shape as [number, number, number];
  const m = a.type.shape[isTurned ? 2 : 1]!;
  const rows = isTurned
    ? o.transpose(o.reshape(a, { shape: [length * k, m] }), { perm: [1, 0] })
    : o.reshape(o.transpose(a, { perm: [1, 0, 2] }), { shape: [m, length * k] });
  return o.matmul(rows, o.reshape(b, { shape: [length * k, n] }));
}
