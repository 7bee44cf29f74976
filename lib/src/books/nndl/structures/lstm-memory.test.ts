import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { at } from "../../../tensor/indexing.ts";
import { bitSequences, claims, gatesOf, train } from "./lstm-memory.ts";

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
  const { x } = bitSequences(1, 1, 3);
  const { cell, output } = gatesOf(model, at(x, 0));
  const h = output.at(-1)! * Math.tanh(cell.at(-1)!);
  const { w, b } = model.layer("dense1");
  const [answer] = (await model.predict(x)).data as unknown as number[];
  expect(1 / (1 + Math.exp(-(h * w!.data[0]! + b!.data[0]!)))).toBeCloseTo(answer!, 5);
});
