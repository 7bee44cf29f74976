// Emits the nodes of a graph anew: folded, by the rules, and each computation only once.

import { NeuriteError } from "../../checks/errors.ts";
import type { Node, Value } from "../../ir/graph.ts";
import type { Builder, Inputs, OpName } from "../../ir/op-table.ts";
import { showType } from "../../ir/type.ts";
import { type ApplyOp, addNode, makeBuilder } from "../../ops/builder.ts";
import { traitsOf } from "../../ops/traits.ts";
import { ARITHMETIC_RULES } from "./arithmetic.ts";
import { foldConstants } from "./constants.ts";
import type { Rule, RuleContext, Rules, Typed } from "./context.ts";
import { MOVEMENT_RULES } from "./movement.ts";

const RULES: Rules = { ...ARITHMETIC_RULES, ...MOVEMENT_RULES };

/** From now on these rules hold too: those of ops that are not there from the start. */
export function bringRules(rules: Rules): void {
  Object.assign(RULES, rules);
}

/** The elements of larger constants are not compared. */
const MOST_COMPARED = 64;

/**
 * What a rule builds is simplified in its turn, and its operands are simple already: two or three rules
 * follow each other, or something goes round in a circle.
 */
const MOST_NESTED = 64;

interface Emits {
  readonly emit: ApplyOp<Value>;
}

/** Made once: a pass over a small graph takes less time than a builder does. */
const METHODS = makeBuilder<Value, Emits>(function (name, inputs, params) {
  return this.emit(name, inputs, params);
});

export class Rewriter implements RuleContext {
  readonly o: Builder<Value>;
  readonly #emitted = new Set<Node>();
  readonly #seen = new Map<string, readonly Value[]>();
  readonly #numbers = new Map<object, number>();
  /** The node whose path and origin new nodes get. */
  #from: Node | undefined;
  readonly #rules: { readonly [N in OpName]?: Rule };
  /** How many rules wait for what they build. */
  #nested = 0;

  constructor(rules: Rules = RULES) {
    this.#rules = rules as { readonly [N in OpName]?: Rule };
    const emit: ApplyOp<Value> = (name, inputs, params) =>
      this.#emit(addNode(name, inputs, params, this.#from)[0]!.node!);
    this.o = Object.assign(Object.create(METHODS) as Builder<Value>, { emit });
  }

  made<N extends OpName>(value: Value, op: N): Typed<N> | null {
    const { node } = value;
    // What computes an input of the graph does not belong to it.
    return node?.op === op && this.#emitted.has(node) ? (node as Typed<N>) : null;
  }

  known<N extends OpName>(
    op: N,
    inputs: Inputs<N, Value>,
    params: Node<N>["params"],
  ): Value | null {
    const key = this.#key(addNode(op, inputs as readonly Value[], params)[0]!.node!);
    return (key !== null && this.#seen.get(key)?.[0]) || null;
  }

  /** What is built from now on takes the place of this node. */
  at(node: Node): void {
    this.#from = node;
  }

  /** The results of `node` on other operands of the same types. */
  copy(node: Node, inputs: readonly Value[]): readonly Value[] {
    const unchanged = inputs.every((input, i) => input === node.inputs[i]);
    const copied = unchanged ? node : addNode(node.op, inputs, node.params, node)[0]!.node!;
    return this.#emit(copied);
  }

  #emit(node: Node): readonly Value[] {
    const simpler = this.#simpler(node as Typed<OpName>);
    if (simpler) return [simpler];
    const key = this.#key(node);
    const known = key === null ? undefined : this.#seen.get(key);
    if (known) return known;
    if (key !== null) this.#seen.set(key, node.outputs);
    this.#emitted.add(node);
    return node.outputs;
  }

  #simpler(node: Typed<OpName>): Value | null | undefined {
    if (this.#nested === MOST_NESTED) {
      throw new NeuriteError(
        `simplify: the rule for ${node.op} does not settle: it rewrote what it had made ${MOST_NESTED} times`,
      );
    }
    this.#nested += 1;
    const simpler = foldConstants(this, node) ?? this.#rules[node.op]?.(this, node);
    this.#nested -= 1;
    return simpler;
  }

  /** The same for nodes that compute the same. Null where parameters hold graphs. */
  #key({ op, inputs, params }: Node): string | null {
    if (traitsOf(op).graphs) return null;
    if (op === "constant") return this.#constantKey(params as Node<"constant">["params"]);
    const operands = inputs.map((input) => this.#numberOf(input));
    if (traitsOf(op).commutative) operands.sort((a, b) => a - b);
    return `${op}(${operands})${params === null ? "" : JSON.stringify(params)}`;
  }

  #constantKey({ data, dtype, shape }: Node<"constant">["params"]): string {
    // A key must tell -0 from 0 and one NaN from a number, as String does not.
    const elements =
      data.length > MOST_COMPARED
        ? `#${this.#numberOf(data)}`
        : Array.from(data, (x) => (Object.is(x, -0) ? "-0" : x));
    return `constant${showType({ dtype, shape })}${elements}`;
  }

  #numberOf(thing: object): number {
    let number = this.#numbers.get(thing);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(thing, number);
    }
    return number;
  }
}
