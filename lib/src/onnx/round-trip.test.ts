<<<<<<< HEAD
// What we export and import again computes the same: networks, and functions of loops and choices.

import { expect, test } from "vitest";
import { Tensor } from "../runtime/values/tensor.ts";
import { onnxCases } from "./export/cases.testing.ts";
import { importOnnx, OnnxError } from "./import/index.ts";

test("an exported file gives the same outputs when it is imported", async () => {
  let files = 0;
  const refused: string[] = [];
  for await (const made of onnxCases((name) => /^(model|function|step)/.test(name))) {
    if ("refusal" in made) throw new Error(made.refusal);
    const inputs = made.inputs.map(({ name, dtype, shape, data }) => {
      return [name, new Tensor({ type: { dtype, shape }, known: data })] as const;
    });
    const results = outputsOf(made.bytes, Object.fromEntries(inputs));
    if (results === null) {
      refused.push(made.name);
      continue;
    }
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
  // Bits of random numbers are shifted as uint32, which import has not; dropout draws some in each step.
  expect(refused).toEqual(["function random numbers", "step sgd", "step adam"]);
});

/** Null where import refuses uint32. */
function outputsOf(
  bytes: Uint8Array,
  inputs: Readonly<Record<string, Tensor>>,
): Readonly<Record<string, Tensor>> | null {
  try {
    return importOnnx(bytes).run(inputs);
  } catch (error) {
    if (error instanceof OnnxError && error.message.includes("elements of uint32")) return null;
    throw error;
  }
}
=======
// What is exported comes back: the imported file gives the model's own numbers.

import "../tensor/methods.ts";
import { expect, test } from "vitest";
import { random } from "../index.ts";
import { conv2d, dense, flatten, lstm } from "../nn/index.ts";
import { type Model, sequential } from "../train/index.ts";
import { exportOnnx } from "./export/export-onnx.ts";
import { importOnnx } from "./import/index.ts";

const NETS: Readonly<Record<string, readonly [shape: number[], net: () => Model]>> = {
  dense: [
    [3],
    () => sequential([3], dense(4, { activation: "tanh" }), dense(2, { activation: "softmax" })),
  ],
  convolution: [[6, 6, 1], () => sequential([6, 6, 1], conv2d(3, 3), flatten(), dense(2))],
  recurrent: [[5, 3], () => sequential([5, 3], lstm(4), dense(2))],
};

test.each(Object.entries(NETS))("%s", async (_, [shape, make]) => {
  const net = make();
  const model = importOnnx(exportOnnx(net));
  const x = random.normal(random.key(1), [2, ...shape]);
  const [y] = Object.values(model.run({ [model.inputs[0]!.name]: x }));
  const expected = await net.predict(x);
  const difference = Array.from(y!.data, (v, i) => Math.abs(v - expected.data[i]!));
  expect(Math.max(...difference)).toBeLessThan(1e-6);
});
>>>>>>> abf5845 (Hold export and import to each other, and name ONNX files in the README)
