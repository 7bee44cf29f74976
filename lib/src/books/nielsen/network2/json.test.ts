// network2's file: what its Python writes is read, what is written here its Python reads.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ArgumentError, FileError } from "../../../checks/errors.ts";
import type { NdArray } from "../../../ops/define.ts";
import { decodeNetwork2, encodeNetwork2, type Network2 } from "./json.ts";

const matrix = (rows: number, ...values: number[]): NdArray => {
  const shape = [rows, values.length / rows];
  return { dtype: "float64", shape, data: Float64Array.from(values) };
};

const network: Network2 = {
  sizes: [2, 3, 1],
  weights: [matrix(3, 0.1, -2.5, 1 / 3, 1e-300, -0, 7), matrix(1, 1e21, -1e-7, 0.2)],
  biases: [matrix(3, 1, 2, -3), matrix(1, 0.30000000000000004)],
  cost: "CrossEntropyCost",
};

describe("encodeNetwork2", () => {
  it("writes JSON as Python does, floats with their point", () => {
    expect(encodeNetwork2(network)).toBe(
      '{"sizes": [2, 3, 1], ' +
        '"weights": [[[0.1, -2.5], [0.3333333333333333, 1e-300], [-0.0, 7.0]], [[1e+21, -1e-7, 0.2]]], ' +
        '"biases": [[[1.0], [2.0], [-3.0]], [[0.30000000000000004]]], ' +
        '"cost": "CrossEntropyCost"}',
    );
  });

  it.each<[string, Partial<Network2>, string]>([
    ["one layer", { sizes: [2] }, "expected two or more sizes, received [2]"],
    [
      "an unknown cost",
      { cost: "LogCost" as Network2["cost"] },
      "expected a cost of QuadraticCost, CrossEntropyCost, received LogCost",
    ],
    [
      "a missing layer",
      { biases: network.biases.slice(1) },
      "expected 2 biases for the sizes, received 1",
    ],
    [
      "another shape",
      { weights: [network.weights[0]!, matrix(3, 1, 2, 3)] },
      "weights[1]: expected shape [1, 3], received float64[3, 1]",
    ],
    [
      "NaN",
      { biases: [network.biases[0]!, matrix(1, Number.NaN)] },
      "biases[1]: expected finite numbers, received NaN",
    ],
  ])("refuses %s", (_, wrong, message) => {
    expect(() => encodeNetwork2({ ...network, ...wrong })).toThrow(ArgumentError);
    expect(() => encodeNetwork2({ ...network, ...wrong })).toThrow(message);
  });
});

describe("decodeNetwork2", () => {
  it("reads back every bit", () => {
    expect(decodeNetwork2(encodeNetwork2(network))).toEqual(network);
  });

  it("reads what network2.save wrote", () => {
    // Written by scripts/golden/network2_json.py.
    const file = readFileSync(new URL("golden/network2.json", import.meta.url), "utf8");
    const { saved } = JSON.parse(file) as { saved: string };
    const { sizes, weights, biases, cost } = decodeNetwork2(saved);
    expect([sizes, cost]).toEqual([[3, 2, 2], "QuadraticCost"]);
    expect(weights.map(({ shape }) => shape)).toEqual([
      [2, 3],
      [2, 2],
    ]);
    expect(biases.map(({ shape }) => shape)).toEqual([
      [2, 1],
      [2, 1],
    ]);
    expect(biases[0]!.data).toEqual(Float64Array.of(0.1, -1e-5));
    expect(weights[0]!.data).toEqual(Float64Array.of(1, 1 / 3, 1e22, -0, 5e-324, -2));
  });

  it("says what is wrong in one sentence", () => {
    expect(() => decodeNetwork2('{"sizes": [2, 1]}')).toThrow(
      new FileError('network2: "weights" is missing'),
    );
  });
});
