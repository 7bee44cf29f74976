// What we export and import again computes the same: networks, functions of loops, choices and random numbers, steps of training.

import { expect, test } from "vitest";
import { Tensor } from "../runtime/values/tensor.ts";
import { onnxCases } from "./export/cases.testing.ts";
import { importOnnx } from "./import/index.ts";

test("an exported file gives the same outputs when it is imported", async () => {
  let files = 0;
  for await (const made of onnxCases((name) => /^(model|function|step)/.test(name))) {
    if ("refusal" in made) throw new Error(made.refusal);
    const inputs = made.inputs.map(({ name, dtype, shape, data }) => {
      return [name, new Tensor({ type: { dtype, shape }, known: data })] as const;
    });
    const results = importOnnx(made.bytes).run(Object.fromEntries(inputs));
    for (const { name, shape, data } of made.outputs) {
      const found = results[name]!;
      expect(found.shape, `${made.name}: ${name}`).toEqual(shape);
      const far = Array.from(
        found.data,
        (x, i) => Math.abs(x - data[i]!) / Math.max(1, Math.abs(x)),
      );
      expect(Math.max(0, ...far), `${made.name}: ${name}`).toBeLessThanOrEqual(made.bound);
    }
    files += 1;
  }
  expect(files).toBeGreaterThan(20);
});
