// What is answered in JSON for models of each sort.

import { describe, expect, it } from "vitest";
import type { RunAnswer, RunForm } from "./form.ts";
import { predictionsIn } from "./write-json.ts";

const MODEL: RunForm = {
  ...{ dtype: "float32", inputs: [], readsGaps: [], classes: null, scale: null, table: null },
  outputs: [{ name: "dense1", shape: [2, 1] }],
};
const answer = (...outputs: number[][]): RunAnswer => ({
  count: 2,
  outputs: outputs.map((data) => ({
    dtype: "float32",
    shape: [2, data.length / 2],
    data: Float32Array.from(data),
  })),
  shares: null,
});

describe("predictionsIn", () => {
  it("gives outputs in their shape, several by name", () => {
    expect(predictionsIn(MODEL, answer([1, 2, 3, 4]))).toEqual([
      { output: [[1], [2]] },
      { output: [[3], [4]] },
    ]);
    const two = [...MODEL.outputs, { name: "dense2", shape: [1] }];
    expect(predictionsIn({ ...MODEL, outputs: two }, answer([1, 2, 3, 4], [5, 6]))).toEqual([
      { outputs: { dense1: [[1], [2]], dense2: [5] } },
      { outputs: { dense1: [[3], [4]], dense2: [6] } },
    ]);
  });

  it("gives the value of a table's target in its own units", () => {
    const scale = { mean: 10, deviation: 2 };
    const outputs = [{ name: "dense1", shape: [1] }];
    expect(predictionsIn({ ...MODEL, outputs, scale }, answer([0, -1.5]))).toEqual([
      { value: 10 },
      { value: 7 },
    ]);
  });

  it("names the class of the largest share", () => {
    const shares = [
      [0.25, 0.75],
      [0.5, 0.5],
    ];
    const classes = ["no", "yes"];
    expect(predictionsIn({ ...MODEL, classes }, { ...answer([1, 2, 3, 4]), shares })).toEqual([
      { class: "yes", probabilities: { no: 0.25, yes: 0.75 } },
      { class: "no", probabilities: { no: 0.5, yes: 0.5 } },
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses %s, which JSON does not have",
    (value) => {
      expect(() => predictionsIn(MODEL, answer([1, 2, 3, value]))).toThrow("not finite");
    },
  );
});
