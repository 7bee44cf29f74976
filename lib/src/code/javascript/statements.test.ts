// Every op that is written, on all its samples: what the text computes is what the op means.

import { describe, expect, it, test } from "vitest";
import { ArgumentError } from "../../checks/errors.ts";
import { evaluate } from "../../engines/reference/evaluate.ts";
import type { DataArray } from "../../ir/dtype.ts";
import type { Graph } from "../../ir/graph.ts";
import { CASES, caseIn, drawInputs, graphOf } from "../../ops/samples.testing.ts";
import { helperTexts } from "./helpers.ts";
import { ModuleWriter } from "./statements.ts";

/** Ops that no prediction needs: derivatives, and what is drawn at random. */
const REFUSED = ["randomBits", "poolTake", "poolPut", "convGradKernel"];

function functionOf(graph: Graph): (...inputs: DataArray[]) => DataArray[] {
  const writer = new ModuleWriter("test", new Map());
  const text = writer.function("forward", graph);
  const parts = [...helperTexts(writer.helpers), ...writer.constants, ...writer.functions, text];
  return new Function(`${parts.join("\n")}\nreturn forward;`)();
}

const written = [...CASES, ...CASES.flatMap((given) => caseIn("float32", given) ?? [])].filter(
  ({ name }) => !REFUSED.includes(name),
);
/** Of integers, as no layer has it. */
const isWhole = ({ name, inputs }: (typeof CASES)[number]) =>
  /^(matmul|conv)/.test(name) && inputs[0]!.type.dtype === "int32";

describe("the text of an op computes what the op means", () => {
  test.each(
    written.filter((given) => !isWhole(given)).map((given) => [given.title, given] as const),
  )("%s", (_, given) => {
    const graph = graphOf(given);
    const inputs = drawInputs(given);
    const expected = evaluate(graph, inputs).map(({ data }) => data);
    const found = functionOf(graph)(...inputs.map(({ data }) => data));
    expect(found).toHaveLength(expected.length);
    expected.forEach((array, i) => {
      const { dtype } = graph.outputs[i]!.type;
      expect(found[i]!.constructor).toBe(array.constructor);
      expect(found[i]!.length).toBe(array.length);
      const bound = dtype === "float32" ? 2e-7 : 1e-14;
      array.forEach((value, k) => {
        const other = found[i]![k]!;
        if (Object.is(value, other) || value === other) return;
        expect(Math.abs(other - value), `${value} ${other}`).toBeLessThanOrEqual(
          bound * Math.max(1, Math.abs(value)),
        );
      });
    });
  });
});

it.each(REFUSED)("%s is refused by its name", (name) => {
  const graph = graphOf(CASES.find((given) => given.name === name)!);
  expect(() => functionOf(graph)).toThrow(ArgumentError);
  expect(() => functionOf(graph)).toThrow(`"${name}"`);
});
