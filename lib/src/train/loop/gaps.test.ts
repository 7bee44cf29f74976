// Examples with gaps: taken where the layers that read them fill them, refused elsewhere.

import { expect, it } from "vitest";
import {
  block,
  dense,
  flatten,
  inputLayer,
  networkLayer,
  normalization,
  tableFeatures,
  timeDistributed,
} from "../../nn/index.ts";
import { loadPredictor } from "../../predict/load.ts";
import type { ColumnSpec } from "../../spec/columns.ts";
import { saveModel } from "../files/saved-model.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";

const gap = Number.NaN;
const columns: readonly ColumnSpec[] = [
  { name: "age", type: "number", mean: 2, deviation: 1, missing: 2, indicator: true },
  { name: "city", type: "category", values: ["a", "b"], encoding: "oneHot" },
];
const rows = [
  [1, 0],
  [gap, 1],
  [3, gap],
  [4, -1],
];
const y = [[0], [1], [0], [1]];
const compiled = (model: Model) =>
  model.with({ seed: 1 }).compile({ loss: "mse", optimizer: "adam" });

it.each<[string, () => Model]>([
  ["first", () => sequential(tableFeatures({ columns }), dense(1))],
  ["behind an input", () => sequential([inputLayer([2]), tableFeatures({ columns }), dense(1)])],
  [
    "inside a network",
    () => sequential([2], networkLayer(sequential(tableFeatures({ columns }), dense(1)))),
  ],
  ["in a block", () => sequential([2], block([tableFeatures({ columns }), dense(2)]), dense(1))],
  [
    "at every step",
    () => sequential([1, 2], timeDistributed(tableFeatures({ columns })), flatten(), dense(1)),
  ],
  ["in doubles", () => sequential(tableFeatures({ columns }), dense(1)).with({ dtype: "float64" })],
])("trains where the layer is %s, and predicts from a file", async (_, make) => {
  const model = compiled(make());
  const [shape] = model.network.inputShapes;
  const x = rows.map((row) => (shape!.length === 2 ? [row] : row)) as number[][];
  const { epochs } = await model.fit(x, y, { epochs: 30, batchSize: 2, validationSplit: 0.5 });
  expect(epochs.at(-1)!["loss"]).toBeLessThan(epochs[0]!["loss"]!);
  expect((await model.evaluate(x, y)).loss).toBeGreaterThan(0);
  const expected = await model.predict(x);
  const predictor = await loadPredictor(saveModel(model));
  expect([...(await predictor.predict(x)).data]).toEqual(
    Array.from(expected.data, (value) => expect.closeTo(value, 5)),
  );
});

it("refuses gaps where nothing fills them, and infinities everywhere", async () => {
  const x = rows;
  const table = compiled(sequential(tableFeatures({ columns }), dense(1)));
  const infinite = [[Infinity, 0], ...x.slice(1)];
  await expect(table.fit(infinite, y, { epochs: 1 })).rejects.toThrow("an infinity, in row 0");
  await expect(table.fit(x, [[0], [1], [gap], [1]], { epochs: 1 })).rejects.toThrow(
    "NaN, in row 2",
  );
  const others = [dense(1), normalization({ mean: 0, variance: 1 }), block([dense(2), dense(1)])];
  for (const layer of others) {
    const model = compiled(sequential([2], layer, dense(1)));
    await expect(model.fit(x, y, { epochs: 1 })).rejects.toThrow("NaN, in row 1, column 0 of x");
  }
});
