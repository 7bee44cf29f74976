// Rows brought together by index, on one thread and several, with their updates read where they lie.

import { beforeAll, describe, expect, it } from "vitest";
import "../../../../tensor/methods.ts";
import { compile } from "../../../../runtime/compiled/compile.ts";
import { prims } from "../../../../runtime/interpreter/apply.ts";
import { withCurrent } from "../../../../runtime/interpreter/current.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { key, normal, randint } from "../../../../tensor/random.ts";
import { referenceEngine } from "../../../reference/reference.ts";
import { createWasmEngine } from "../../index.ts";

const THREADS = [1, 3];
const engines = THREADS.map((threads) => createWasmEngine({ threads }));
beforeAll(() => Promise.all(engines.map((engine) => engine.ready?.())));

const [nodes, edges] = [3000, 12_000];
const from = randint(key(1), [edges], 0, nodes);
const to = randint(key(2), [edges], 0, nodes);

/** Sums and maxima of what comes from neighbours, and what is at the ends of edges. */
function spread(x: Tensor, start: Tensor, stop: Tensor): Tensor[] {
  const sums = prims.scatterAdd(stop, prims.gather(x, start), { size: nodes });
  const kept = prims.gather(x, stop); // two read it
  const others = prims.scatterAdd(start, kept, { size: nodes + 7 });
  return [sums, others, kept, prims.scatterMax(stop, prims.gather(x, start), { size: nodes })];
}

it.each(["float32", "float64", "int32", "uint8"] as const)("%s, of any width", async (dtype) => {
  for (const width of [1, 4, 21]) {
    const x = normal(key(width), [nodes, width]).mul(40).cast(dtype);
    const [expected, ...others] = [referenceEngine, ...engines].map((on) =>
      withCurrent({ engine: on }, () => compile(spread)(x, from, to).map(({ data }) => data)),
    );
    for (const [which, received] of others.entries()) {
      expected!.forEach((right, i) => {
        const wrong = right.findIndex((value, k) => !Object.is(value, received[i]![k]));
        expect(wrong, `result ${i} of width ${width}, engine ${which}`).toBe(-1);
      });
    }
  }
});

describe.each(engines.map((engine, i) => [THREADS[i]!, engine] as const))(
  "on %d threads",
  (_, engine) => {
    it("says which index is out of range, though its rows are never written", () => {
      const x = normal(key(0), [nodes, 16]);
      const sums = (start: Tensor, stop: Tensor) =>
        prims.scatterAdd(stop, prims.gather(x, start), { size: nodes });
      const run = (start: Tensor, stop: Tensor) =>
        withCurrent({ engine }, () => {
          const program = compile(sums);
          const kernels = program.stages(start, stop).find(({ name }) => name === "kernels")!;
          expect(kernels.text).not.toContain("= gather");
          return program(start, stop).data;
        });
      const wrong = from.mul(0).add(nodes);
      expect(() => run(wrong, to)).toThrow(`gather: index ${nodes} is out of range`);
      expect(() => run(from, wrong)).toThrow(`scatterAdd: index ${nodes} is out of range`);
    });
  },
);
