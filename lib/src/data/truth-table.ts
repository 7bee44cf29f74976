// The truth table of "exclusive or": the smallest set that no single line divides.

import type { NdArray } from "../ops/define.ts";
import type { Dataset } from "./dataset.ts";

/**
 * The four rows of a xor b, both to learn from and to be judged by: x float32 [4, 2], y int32 [4].
 * Minsky and Papert (1969) showed that one perceptron cannot learn them.
 */
export function xor(): Dataset {
  const rows = { x: fourRows(), y: results() };
  return { name: "xor", classes: 2, train: rows, test: rows };
}

function fourRows(): NdArray {
  return { dtype: "float32", shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) };
}

function results(): NdArray {
  return { dtype: "int32", shape: [4], data: Int32Array.of(0, 1, 1, 0) };
}
