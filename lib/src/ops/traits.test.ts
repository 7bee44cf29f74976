// What the table says of ops is held against what the ops do with their samples.

import { describe, expect, test } from "vitest";
import { evaluateOp } from "../engines/reference/evaluate.ts";
import { inferTypes } from "./builder.ts";
import type { NdArray } from "./define.ts";
import { CASES, type Case, caseIn, drawInputs } from "./samples.testing.ts";
import { opOf } from "./table.ts";
import { OP_NAMES, type Traits, traitsOf } from "./traits.ts";

const withTrait = (trait: keyof Traits) => OP_NAMES.filter((op) => traitsOf(op)[trait]);
const casesOf = (op: string) => CASES.filter(({ name }) => name === op);

function run({ name, params }: Case, inputs: readonly NdArray[]) {
  const types = inferTypes(name, inputs, params);
  return evaluateOp(name, inputs, params, types);
}

/** Do the results of a case change when its two operands change places? */
function mindsOrder(given: Case): boolean {
  const [a, b] = drawInputs(given) as [NdArray, NdArray];
  const [there, back] = [run(given, [a, b]), run(given, [b, a])];
  return !there[0]!.every((x: number, i: number) => Object.is(x, back[0]![i]));
}

test("the commutative ops are those whose operands may change places", () => {
  const binary = OP_NAMES.filter(
    (op) => opOf(op).meaning.kind === "scalar" && casesOf(op)[0]?.inputs.length === 2,
  );
  expect(binary.length).toBeGreaterThan(10);
  const found = binary.filter((op) => !casesOf(op).some(mindsOrder));
  expect(found).toEqual(withTrait("commutative"));
});

test.each(withTrait("moves"))("%s gives nothing but elements of its operands", (op) => {
  expect(casesOf(op).length).toBeGreaterThan(0);
  for (const given of casesOf(op)) {
    const inputs = drawInputs(given);
    const known = new Set(inputs.flatMap(({ data }) => [...data]));
    expect(run(given, inputs).every((data) => [...data].every((x) => known.has(x)))).toBe(true);
  }
});

test("the ops that hold graphs are those whose parameters do", () => {
  const isGraph = (x: unknown) => typeof x === "object" && x !== null && "nodes" in x;
  for (const op of OP_NAMES) {
    const given = casesOf(op);
    if (given.length === 0) continue;
    const holds = given.some(({ params }) => Object.values(params ?? {}).some(isGraph));
    expect([op, traitsOf(op).graphs ?? false]).toEqual([op, holds]);
  }
});

describe("exact ops", () => {
  test.each(withTrait("exact"))("%s in float32 is the float64 result, rounded once", (op) => {
    expect(op === "cast" || opOf(op).meaning.kind === "scalar").toBe(true);
    for (const given of casesOf(op)) {
      const narrow = caseIn("float32", given);
      if (narrow === null) continue;
      const inputs = drawInputs(narrow);
      const wide = inputs.map(({ dtype, shape, data }) =>
        dtype === "float32"
          ? { dtype: "float64" as const, shape, data: Float64Array.from(data) }
          : { dtype, shape, data },
      );
      const [small, large] = [run(narrow, inputs)[0]!, run(given, wide)[0]!];
      expect([...small]).toEqual(
        [...large].map((x) => (small instanceof Float32Array ? Math.fround(x) : x)),
      );
    }
  });
});
