import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { bitSequences, gatesOf } from "./lstm-gates.ts";
import { claims, train } from "./lstm-memory.ts";

it("remembers by its gates", async () => {
  const found = await claims();
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});

it("marks one of the first ten steps, whose bit is the answer", () => {
  const { x, y } = bitSequences(20, 3, 1);
  expect(x.shape).toEqual([20, 13, 2]);
  for (let n = 0; n < 20; n++) {
    const steps = Array.from({ length: 13 }, (_, t) =>
      x.data.slice((n * 13 + t) * 2, (n * 13 + t) * 2 + 2),
    );
    const marked = steps.filter(([, mark]) => mark === 1);
    expect(marked).toHaveLength(1);
    expect(steps.indexOf(marked[0]!)).toBeLessThan(10);
    expect(marked[0]![0]).toBe(2 * y.data[n]! - 1);
  }
});

it("takes the gates along the sequence as the layer does", async () => {
  const { model } = await train("lstm", { gap: 1, units: 1, epochs: 1 });
  const { x } = bitSequences(2, 1, 3);
  const { cell, output } = gatesOf(model, x).at(-1)!;
  const { w, b } = model.layer("dense1");
  const { data: answers } = await model.predict(x);
  [0, 1].forEach((n) => {
    const h = output.data[n]! * Math.tanh(cell.data[n]!);
    const answer = 1 / (1 + Math.exp(-(h * w!.data[0]! + b!.data[0]!)));
    expect(answer).toBeCloseTo(answers[n]!, 5);
  });
});
