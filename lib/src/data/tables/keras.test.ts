// Layers fitted to data, and strings as numbers, beside Keras: see scripts/golden/keras_preprocessing.py.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  adaptNormalization,
  categoryEncoding,
  discretization,
  type Layer,
  normalization,
  tableFeatures,
} from "../../nn/index.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { tensor } from "../../tensor/create.ts";
import { key } from "../../tensor/random.ts";
import { countWords, stringLookup, textVocabulary } from "./words.ts";

const golden = JSON.parse(readFileSync(new URL("golden/keras.json", import.meta.url), "utf8"));
const close = (numbers: readonly number[]) => numbers.map((x) => expect.closeTo(x, 8));

function outputs(layer: Layer, rows: readonly (readonly number[])[], dtype: "float64" | "int32") {
  const apply = (x: ReturnType<typeof tensor>) =>
    layer.apply({ params: {}, state: {} }, x, { training: false, key: key(1) }).y;
  return [...compile(apply)(tensor(rows as number[][], dtype)).data];
}

it("measures and scales numbers as Normalization", () => {
  const { mean, variance, y } = golden.normalization;
  const measured = adaptNormalization(tensor(golden.data as number[][], "float64"));
  expect(measured).toEqual({ mean: close(mean), variance: close(variance) });
  expect(outputs(normalization(measured), golden.data, "float64")).toEqual(close(y));
  const columns = measured.mean.slice(0, 2).map((mean, i) => {
    const deviation = Math.sqrt(measured.variance[i]!);
    return { name: `${i}`, type: "number", mean, deviation, missing: 0, indicator: false } as const;
  });
  const rows = golden.data.map((row: number[]) => row.slice(0, 2));
  const expected = y.filter((_: number, i: number) => i % 3 < 2);
  expect(outputs(tableFeatures({ columns }), rows, "float64")).toEqual(close(expected));
});

it("puts numbers into buckets as Discretization", () => {
  const { boundaries, y } = golden.discretization;
  expect(outputs(discretization({ boundaries }), golden.data, "float64")).toEqual(y);
});

it.each(["multiHot", "count", "oneHot"] as const)("encodes as CategoryEncoding, %s", (encoding) => {
  const layer = categoryEncoding(4, { encoding });
  expect(outputs(layer, golden.tokens, "int32")).toEqual(golden.encodings[encoding]);
  if (encoding !== "oneHot") return;
  const first = golden.tokens.map((row: number[]) => row.slice(0, 1));
  expect(outputs(layer, first, "int32")).toEqual(golden.encodings.oneHotOfOne);
});

it("looks strings up as StringLookup, whose numbers are one more", () => {
  const { vocabulary, y } = golden.lookup;
  expect(textVocabulary(golden.values)).toEqual(vocabulary);
  expect([...stringLookup(golden.asked, vocabulary)].map((place) => place + 1)).toEqual(y);
});

it("counts words as TextVectorization, whose words of one frequency run backwards", () => {
  const { vocabulary, y } = golden.words;
  expect([...textVocabulary(golden.texts)].sort()).toEqual([...vocabulary].sort());
  const counts = golden.texts.flatMap((text: string) => countWords(text, vocabulary));
  expect(counts).toEqual(y);
});
