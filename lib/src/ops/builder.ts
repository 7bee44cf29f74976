// Builders: one method an op. Each checks its operands by the op's type rule.

import { Node, type Provenance, type Value } from "../ir/graph.ts";
import type { Builder, OpName, OpParams } from "../ir/op-table.ts";
import { expectPossible } from "../ir/shape.ts";
import type { TensorType } from "../ir/type.ts";
import { opOf } from "./table.ts";
import { OP_NAMES } from "./traits.ts";

/**
 * The types of an op's results.
 * @throws ShapeError, DTypeError or ArgumentError where the operands do not fit
 */
export function inferTypes<N extends OpName>(
  name: N,
  inputs: readonly TensorType[],
  params: OpParams<N>,
): readonly TensorType[] {
  const types = opOf(name).type(inputs as never, params);
  return Array.isArray(types) ? types : [types as TensorType];
}

/** Any op by its name. `this` is the builder whose method was called. */
export type ApplyOp<V, B = unknown> = (
  this: B,
  name: OpName,
  inputs: readonly V[],
  params: OpParams<OpName>,
) => readonly V[];

/** A builder whose every method goes through one function. */
export function makeBuilder<V, B = unknown>(apply: ApplyOp<V, B>): Builder<V> {
  const methods = OP_NAMES.map((name) => {
    function method(this: B, ...args: unknown[]): unknown {
      // Parameters, where an op has them, are a plain object after the operands.
      const hasParams = isPlainObject(args[args.length - 1]);
      const params = (hasParams ? args.pop() : null) as OpParams<OpName>;
      const results = apply.call(this, name, args as V[], params);
      return opOf(name).many ? [...results] : results[0];
    }
    return [name, method];
  });
  return Object.fromEntries(methods) as Builder<V>;
}

function isPlainObject(x: unknown): boolean {
  return typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

interface FromNode {
  readonly from: Provenance;
}

const GRAPH_METHODS = makeBuilder<Value, FromNode>(function (name, inputs, params) {
  return addNode(name, inputs, params, this.from);
});

/** Builds graph nodes that carry `from`: the user's scope and the node they were derived from. */
export function graphBuilder(from: Provenance = {}): Builder<Value> {
  return Object.assign(Object.create(GRAPH_METHODS) as Builder<Value>, { from });
}

/**
 * The types of an op's results, which arrays of this machine can have.
 * @throws ShapeError, DTypeError or ArgumentError where the operands do not fit
 */
export function possibleTypes<N extends OpName>(
  name: N,
  inputs: readonly TensorType[],
  params: OpParams<N>,
): readonly TensorType[] {
  const types = inferTypes(name, inputs, params);
  for (const { shape } of types) expectPossible(name, shape);
  return types;
}

/** One node of a graph, type-checked; its results. */
export function addNode<N extends OpName>(
  name: N,
  inputs: readonly Value[],
  params: OpParams<N>,
  from: Provenance = {},
): readonly Value[] {
  const types = possibleTypes(
    name,
    inputs.map((input) => input.type),
    params,
  );
  return new Node(name, inputs, params, types, from).outputs;
}
