// Cotangents that meet: sums in general, joined where slices lie side by side.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../ir/graph.ts";
import { graphBuilder } from "../ops/builder.ts";
import { Cotangents } from "./cotangents.ts";

const o = graphBuilder();
const whole = new Value({ dtype: "float32", shape: [2, 6] });
const part = (columns: number) => new Value({ dtype: "float32", shape: [2, columns] });

/** The cotangent of columns `low` to `low + columns`. */
const padded = (x: Value, low: number) =>
  o.pad(x, { low: [0, low], high: [0, 6 - low - x.type.shape[1]!], interior: [0, 0] });

function opsOf(terms: readonly Value[]): string[] {
  const cts = new Cotangents();
  for (const term of terms) cts.add(whole, term);
  const inputs = terms.map(({ node }) => node!.inputs[0]!);
  return makeGraph(inputs, [cts.of(whole)!]).nodes.map(({ op }) => op);
}

test("slices that cover an axis are joined, in whatever order they arrive", () => {
  const [a, b, c] = [part(1), part(2), part(3)];
  expect(opsOf([padded(b, 1), padded(c, 3), padded(a, 0)])).toEqual(["concat"]);
});

test("slices that overlap, or leave a gap, are added", () => {
  const [a, b] = [part(3), part(4)];
  expect(opsOf([padded(a, 0), padded(b, 2)])).toEqual(["pad", "pad", "add"]);
  expect(opsOf([padded(a, 0), padded(part(2), 3)])).toEqual(["pad", "pad", "add"]);
});

test("a cotangent of another shape is refused", () => {
  expect(() => new Cotangents().add(whole, part(3))).toThrow(
    "a cotangent float32[2, 3] arrives at a value float32[2, 6]",
  );
});
