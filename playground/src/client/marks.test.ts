import { describe, expect, it } from "vitest";
import { XOR } from "../state/index.ts";
import { bestRow } from "./history.ts";
import { type Mark, withMark } from "./marks.ts";

const settings = (learningRate: number) => ({
  ...XOR,
  run: { ...XOR.run, optimizer: { name: "sgd", learningRate } },
});
const change = (step: number, before: number, after: number): Mark => ({
  kind: "change",
  step,
  from: settings(before),
  to: settings(after),
});
const dead = (step: number): Mark => ({
  kind: "finding",
  step,
  id: "dead-relu",
  layers: ["dense1"],
});

describe("marks", () => {
  it("stand in the order of steps", () => {
    const marks = withMark(withMark([], dead(70), 100), change(40, 1, 2), 100);
    expect(marks.map(({ kind, step }) => [kind, step])).toEqual([
      ["change", 40],
      ["finding", 70],
    ]);
  });
  it("are one where a slider was dragged: from the first value to the last", () => {
    const marks = withMark(withMark([], change(500, 1, 2), 1000), change(503, 2, 3), 1000);
    expect(marks).toEqual([change(503, 1, 3)]);
    expect(withMark(marks, change(600, 3, 1), 1000)).toHaveLength(2);
  });
  it("of two kinds stay apart at one step", () => {
    const exploding: Mark = { ...dead(5), id: "exploding" } as Mark;
    const hand: Mark = { kind: "hand", step: 5, name: "dense1/w", index: 2 };
    const all = [dead(5), exploding, hand, dead(5)].reduce<readonly Mark[]>(
      (marks, mark) => withMark(marks, mark, 100),
      [],
    );
    expect(all).toHaveLength(3);
  });
});

describe("the best row", () => {
  const row = (step: number, trainLoss: number, testLoss: number | null) => ({
    step,
    epoch: step,
    trainLoss,
    testLoss,
    train: {},
    test: {},
  });
  it("is where the test loss is least, or the training loss where nothing is tested", () => {
    expect(bestRow([row(0, 3, 3), row(1, 2, 1), row(2, 1, 2)])?.step).toBe(1);
    expect(bestRow([row(0, 3, null), row(1, 2, null), row(2, 1, null)])?.step).toBe(2);
    expect(bestRow([row(0, Number.NaN, null)])).toBe(null);
  });
});
