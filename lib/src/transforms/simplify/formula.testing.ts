// What a simplified graph computes, as a formula to compare with.

import { allocate, type DType } from "../../ir/dtype.ts";
import { type Graph, makeGraph, type Node, Value } from "../../ir/graph.ts";
import type { Builder } from "../../ir/op-table.ts";
import type { Shape } from "../../ir/shape.ts";
import { expectSameBits } from "../../ops/arrays.testing.ts";
import { graphBuilder } from "../../ops/builder.ts";
import type { NdArray } from "../../ops/define.ts";
import { simplify } from "../simplify.ts";
import { awkward } from "./random-algebra.testing.ts";

export const o: Builder<Value> = graphBuilder();

/** A number in every element, spread as functions of tensors do it. */
export function spread(number: number, shape: Shape, dtype: DType): Value {
  const data = allocate(dtype, 1).fill(number);
  const scalar = o.constant({ data, dtype, shape: [] });
  return o.expand(o.reshape(scalar, { shape: shape.map(() => 1) }), { shape });
}

export function constant(elements: readonly number[], dtype: DType = "float64"): Value {
  const data = allocate(dtype, elements.length);
  data.set(elements);
  return o.constant({ data, dtype, shape: [elements.length] });
}

export type Build = (...inputs: Value[]) => Value;

type Evaluate = (graph: Graph, inputs: readonly NdArray[]) => NdArray[];

/**
 * Tells the simplified form of a function of a, b and c, as in "sub(a, b)"; constants are numbers or
 * lists. Throws where that gives other bits than the function, on awkward numbers.
 */
export function formulas(
  evaluate: Evaluate,
): (build: Build, dtype?: DType, shape?: Shape) => string {
  return (build, dtype = "float64", shape = [2, 12]) => {
    const inputs = ["a", "b", "c"].map((name) => new Value({ dtype, shape }, null, 0, name));
    const graph = makeGraph(inputs, [build(...inputs)]);
    const simple = simplify(graph);
    for (let seed = 0; seed < 5; seed++) {
      const arrays = inputs.map(({ type }, i) => awkward(type, 10 * seed + i));
      expectSameBits(evaluate(simple, arrays), evaluate(graph, arrays));
    }
    return show(simple.outputs[0]!);
  };
}

function show({ node, name }: Value): string {
  if (!node) return name ?? "?";
  const { op, inputs, params } = node;
  if (op === "constant") {
    const elements = Array.from((params as Node<"constant">["params"]).data, signed);
    return elements.length === 1 ? elements[0]! : `[${elements.join(", ")}]`;
  }
  if (op === "expand" && inputs[0]!.node?.op === "constant") return show(inputs[0]!);
  const rest = Object.values(params ?? {}).map((value) => JSON.stringify(value));
  return `${op}(${[...inputs.map(show), ...rest].join(", ")})`;
}

function signed(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}
