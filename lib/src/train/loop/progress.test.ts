// The line that a person sees, and that nobody else does.

import { expect, it } from "vitest";
import "../../tensor/methods.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { sequential } from "../model/sequential.ts";
import { progressLine, terminalOf } from "./progress.ts";

const fitted = async (columns: number, epochs: number) => {
  const written: string[] = [];
  const terminal = { columns, write: (text: string) => written.push(text) };
  let time = 0;
  const model = sequential([inputLayer([1]), dense(1)]).compile({
    loss: "mse",
    optimizer: { name: "sgd", learningRate: 0 },
    metrics: ["mae"],
  });
  model.layer("dense1")["w"]!.assign(model.layer("dense1")["w"]!.read().mul(0));
  await model.fit([[1], [2]], [[1], [1]], {
    batchSize: 1,
    epochs,
    callbacks: [progressLine(terminal, epochs, () => (time += 60))],
  });
  return written;
};

it("says where training is, at most every 100 ms, and ends its line", async () => {
  const written = await fitted(200, 3);
  expect(written[0]).toBe("\r\u001b[Kepoch 1/3  step 1/2  loss 1");
  expect(written.at(-2)).toMatch(/epoch 3\/3 {2}loss 1 {2}meanAbsoluteError 1 {2}\d+\.\d s$/);
  expect(written.at(-1)).toBe("\n");
});

it("keeps to the width of the terminal", async () => {
  for (const text of await fitted(12, 1)) expect(text.length).toBeLessThanOrEqual(11 + 4);
});

it("only a terminal is written to", () => {
  const stderr = { write: () => true };
  expect(terminalOf({})).toBeNull();
  expect(terminalOf({ process: { stderr } })).toBeNull();
  expect(terminalOf({ process: { stderr: { ...stderr, isTTY: true } } })).not.toBeNull();
});
