// Layers fitted to data: rows with gaps, categories, dates and words, and Keras's single layers.

import { describe, expect, it } from "vitest";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { vmap } from "../../../runtime/loops/vmap.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { columnNames, columnPlaces } from "../../../spec/column-names.ts";
import type { ColumnSpec } from "../../../spec/columns.ts";
import { tensor } from "../../../tensor/create.ts";
import { sum } from "../../../tensor/reduce.ts";
import { CONTEXT, testLayers } from "../harness.testing.ts";
import {
  categoryEncoding,
  discretization,
  type Layer,
  normalization,
  tableFeatures,
} from "../index.ts";
import { adaptDiscretization } from "./discretization.ts";
import { adaptNormalization } from "./normalization.ts";

const gap = Number.NaN;

const COLUMNS: readonly ColumnSpec[] = [
  { name: "age", type: "number", mean: 30, deviation: 10, missing: 25, indicator: true },
  { name: "fare", type: "number", mean: 8, deviation: 2, missing: 8, indicator: false },
  {
    name: "born",
    type: "date",
    parts: [
      { part: "month", mean: 6, deviation: 3 },
      { part: "hour", mean: 12, deviation: 4 },
    ],
  },
  { name: "city", type: "category", values: ["Paris", "Rome"], encoding: "oneHot" },
  { name: "size", type: "category", values: ["S", "M", "L"], encoding: "ordinal" },
  { name: "note", type: "text", words: ["good", "bad"] },
];
const ROWS = [
  [50, 10, 12, 4, 1, 2, 0, 3],
  [gap, gap, gap, gap, -1, -1, 1, 0],
];
const step = Math.sqrt(3 / 2);
const FEATURES = [
  [2, 0, 1, 2, -2, 0, 1, step, 0, Math.log(4)],
  [-0.5, 1, 0, 0, 0, 0, 0, 0, Math.log(2), 0],
];

const run = (layer: Layer, x: Tensor): Tensor =>
  layer.apply({ params: {}, state: {} }, x, CONTEXT).y;

function expectClose(found: unknown, expected: readonly (readonly number[])[], digits = 6) {
  expect(found).toEqual(expected.map((row) => row.map((x) => expect.closeTo(x, digits))));
}

const layer = tableFeatures({ columns: COLUMNS });

testLayers([
  {
    title: "tableFeatures",
    layer: tableFeatures({ columns: COLUMNS.filter(({ type }) => type !== "text") }),
    inputShape: [6],
    outputShape: [8],
    parameters: 0,
  },
  {
    title: "tableFeatures over steps",
    layer: tableFeatures({ columns: COLUMNS.slice(0, 2) }),
    inputShape: [4, 2],
    outputShape: [4, 3],
    parameters: 0,
  },
  {
    title: "normalization",
    layer: normalization({ mean: [1, 2], variance: [4, 0] }),
    inputShape: [3, 2],
    outputShape: [3, 2],
    parameters: 0,
    x: tensor(
      [0, 1, 2].map((i) => [0, 1, 2].map((j) => [i - j, 2])),
      "float64",
    ),
  },
  {
    title: "normalization by one",
    layer: normalization({ mean: 3, variance: 4 }),
    inputShape: [2],
    outputShape: [2],
    parameters: 0,
  },
  {
    title: "discretization",
    layer: discretization({ boundaries: [-0.5, 0, 1] }),
    inputShape: [2, 3],
    outputShape: [2, 3],
    parameters: 0,
  },
  ...(["multiHot", "count", "oneHot"] as const).map((encoding) => ({
    title: `categoryEncoding, ${encoding}`,
    layer: categoryEncoding(4, { encoding, dtype: "float64" }),
    inputShape: [2],
    outputShape: encoding === "oneHot" ? [2, 4] : [4],
    parameters: 0,
    x: tensor(
      [
        [0, 3],
        [2, 2],
        [-1, 4],
      ],
      "int32",
    ),
  })),
]);

describe("tableFeatures", () => {
  it("scales, fills and marks gaps, one-hot, ordinal, counts", () => {
    expectClose(run(layer, tensor(ROWS)).toArray(), FEATURES);
    expectClose(run(layer, tensor(ROWS, "float64")).toArray(), FEATURES, 12);
    expect(run(layer, tensor(ROWS, "float64")).dtype).toBe("float64");
    expect(layer.inputShape).toEqual([8]);
    expect(layer.outputShape([8])).toEqual([10]);
  });

  it("names the features, and the places that they come from", () => {
    expect(columnNames(COLUMNS)).toEqual([
      ...["age", "age missing", "fare", "born.month", "born.hour"],
      ...["city=Paris", "city=Rome", "size", "note:good", "note:bad"],
    ]);
    expect(columnPlaces(COLUMNS).map(({ from, to }) => [from, to])).toEqual([
      ...[
        [0, 1],
        [1, 2],
        [2, 4],
        [4, 5],
        [5, 6],
        [6, 8],
      ],
    ]);
  });

  it("is the same row by row, and compiled with its gradient", () => {
    const x = tensor(ROWS, "float64");
    const one = (row: Tensor) => run(layer, row);
    expectClose(vmap(one)(x).toArray(), FEATURES, 12);
    const slope = compile(grad((v: Tensor) => sum(run(layer, v).square())))(x).toArray();
    const word = (count: number) => (2 * Math.log(1 + count)) / (1 + count);
    expectClose(slope, [
      [0.4, 1, 4 / 3, -1, 0, 2 * step ** 2, 0, word(3)],
      [0, 0, 0, 0, 0, 0, word(1), 0],
    ]);
  });

  it("takes whole numbers, and what is in no list of values", () => {
    const categories = tableFeatures({ columns: COLUMNS.slice(3, 4) });
    const x = tensor([[0], [1], [2], [-7]], "int32");
    expect(run(categories, x).toArray()).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  const [age, , born] = COLUMNS;
  it.each<[string, unknown, string]>([
    ["nothing", undefined, "tableFeatures: expected an object of options"],
    ["no columns", {}, "tableFeatures: expected columns"],
    ["an empty list", { columns: [] }, "expected columns to be a list of one object or more"],
    [
      "a type",
      { columns: [{ name: "a", type: "num" }] },
      'columns[0]: expected type to be "number"',
    ],
    [
      "a deviation of 0",
      { columns: [age, { ...age, name: "b", deviation: 0 }] },
      "tableFeatures: columns[1]: expected deviation to be a number above 0, received 0",
    ],
    [
      "a field that is missing",
      { columns: [{ name: "a", type: "text" }] },
      "columns[0]: expected words",
    ],
    ["a slip", { columns: [{ ...age, indicater: true }] }, 'Did you mean "indicator"?'],
    ["two of a name", { columns: [age, age] }, 'received two of "age"'],
    [
      "a part",
      { columns: [{ ...born, parts: [{ part: "week", mean: 0, deviation: 1 }] }] },
      "columns[0]: parts[0]: expected part to be",
    ],
    [
      "a word twice",
      { columns: [{ name: "a", type: "text", words: ["x", "x"] }] },
      "none of them twice",
    ],
  ])("refuses %s", (_, options, says) => {
    expect(() => tableFeatures(options as never)).toThrow(says);
  });

  it("refuses rows of another width, in a sentence", () => {
    expect(() => layer.outputShape([3])).toThrow(
      "tableFeatures: expected rows of 8 numbers, as encodeColumns() makes them of 6 columns, received [3]",
    );
  });
});

describe("single layers", () => {
  it("measure what they scale by, gaps apart", () => {
    const data = tensor([
      [1, 5],
      [3, 5],
      [5, gap],
    ]);
    const measured = adaptNormalization(data);
    expect(measured).toEqual({ mean: [3, 5], variance: [expect.closeTo(8 / 3, 6), 0] });
    const scaled = run(normalization(measured), data).toArray() as number[][];
    expect(scaled[0]).toEqual([expect.closeTo(-Math.sqrt(1.5), 5), 0]);
    const array = { dtype: "float32", shape: [3], data: Float32Array.of(1, 2, 6) } as const;
    expect(adaptNormalization({ ...array, shape: [3, 1] }).mean).toEqual([3]);
    expect(() => adaptNormalization(tensor([[gap]]))).toThrow("feature 0 has no numbers");
    expect(() => adaptNormalization([1, 2] as never)).toThrow("expected data to be a tensor");
    expect(() => normalization({ mean: [1], variance: [1, 2] })).toThrow("received 2 and 1");
    expect(() => normalization({ mean: 0, variance: -1 })).toThrow("variance");
    expect(() => normalization({ mean: [1, 2], variance: [1, 2] }).outputShape([3])).toThrow(
      "expected 2 features",
    );
  });

  it("find boundaries that share numbers out, and put numbers between them", () => {
    const data = tensor([1, 2, 3, 4, 5, 6, 7, 8, gap]);
    const { boundaries } = adaptDiscretization(data, 4);
    expect(boundaries).toEqual([2.75, 4.5, 6.25]);
    const places = run(discretization({ boundaries }), data).toArray();
    expect(places).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 0]);
    expect(run(discretization({ boundaries: [2] }), tensor([2, 1.99])).toArray()).toEqual([1, 0]);
    expect(adaptDiscretization(tensor([1, 1, 1, 9]), 3).boundaries).toEqual([1]);
    expect(() => adaptDiscretization(data, 1)).toThrow("a whole number of 2 or more");
    expect(() => adaptDiscretization(tensor([gap]), 2)).toThrow("no numbers");
    expect(() => discretization({ boundaries: [2, 1] })).toThrow("each above the one before");
  });

  it("count categories, whole numbers or floats", () => {
    const x = tensor([[0, 2, 2, -1]]);
    expect(run(categoryEncoding(3, { encoding: "count" }), x).toArray()).toEqual([[1, 0, 2]]);
    expect(run(categoryEncoding(3), x.cast("int32")).toArray()).toEqual([[1, 0, 1]]);
    const oneHot = categoryEncoding(2, { encoding: "oneHot" });
    expect(run(oneHot, tensor([[1], [0]])).toArray()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(oneHot.outputShape([1])).toEqual([2]);
    expect(() => categoryEncoding(0)).toThrow("categories");
    expect(() => categoryEncoding(2).outputShape([])).toThrow("at least one axis");
  });
});
