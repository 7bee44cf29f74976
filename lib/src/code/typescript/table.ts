// The lines of a printed program that read its examples from a table of their own.

import type { RunSpec } from "../../spec/runspec.ts";
import { takesLabels } from "../../train/run/fit-data.ts";
import { networkOf } from "../../train/run/run.ts";
import { type Imports, showLiteral } from "./parts.ts";

/** Inputs come first, then targets, then whether the example is for testing: 0 or 1. */
export function tableLines(
  { model, loss, dtype }: RunSpec,
  file: string,
  imports: Imports,
): string[] {
  const { inputShapes, outputShapes } = networkOf(model, dtype);
  const shape = inputShapes[0]!;
  const inputs = shape.reduce((product, extent) => product * extent, 1);
  const outputs = outputShapes[0]!.at(-1) ?? 1;
  const array = dtype === "float64" ? "Float64Array" : "Float32Array";
  imports.use("node:fs", "readFileSync");
  imports.use("neurite", "fromData");
  const x = `fromData(${array}.from(part.flatMap((row) => row.slice(0, ${inputs}))), ${showLiteral(["n", ...shape]).replace('"n"', "part.length")}, ${showLiteral(dtype)})`;
  const values = `part.flatMap((row) => row.slice(${inputs}, -1))`;
  const labels = `fromData(Int32Array.from(${values}), [part.length], "int32")`;
  const y = () => {
    if (takesLabels(loss)) return labels;
    if (outputs > 1) return `${imports.use("neurite", "oneHot")}(${labels}, ${outputs})`;
    return `fromData(${array}.from(${values}), [part.length, 1], ${showLiteral(dtype)})`;
  };
  return [
    `const lines = readFileSync(${showLiteral(file)}, "utf8").trim().split("\\n").slice(1);`,
    'const rows = lines.map((line) => line.split(",").map(Number));',
    "const rowsOf = (isTest: number) => rows.filter((row) => row.at(-1) === isTest);",
    `const inputsOf = (part: number[][]) => ${x};`,
    `const targetsOf = (part: number[][]) => ${y()};`,
    "const [train, test] = [rowsOf(0), rowsOf(1)];",
    "const [xTrain, xTest] = [inputsOf(train), inputsOf(test)];",
    "const [yTrain, yTest] = [targetsOf(train), targetsOf(test)];",
  ];
}
