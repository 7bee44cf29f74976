import { parseRunSpec } from "neurite/train";
import { expect, it } from "vitest";
import { loadSource } from "./load.ts";
import { tableFile } from "./table-spec.ts";

const file = { kind: "table", path: "a.csv", target: "y", classes: ["a", "b"] } as const;

it("takes what a run on a table writes down", () => {
  const whole = { ...file, types: { x: "ignore" }, decimal: ",", header: false, missing: ["-"] };
  expect(tableFile({ ...whole, sha256: "0".repeat(64) })).toMatchObject(whole);
  const { classes: _, ...values } = file;
  expect(tableFile({ ...values, scale: { mean: 0, deviation: 2 } })).toHaveProperty("scale");
});

it.each([
  [{ ...file, target: undefined }, "spec: data.file.target: expected the column that is learnt"],
  [{ ...file, tarket: "y" }, 'spec: data.file: Unknown field "tarket". Did you mean "target"?'],
  [{ ...file, classes: ["a"] }, "spec: data.file.classes: expected a list of two names or more"],
  [{ ...file, classes: ["a", "a"] }, "none of them twice"],
  [{ ...file, classes: undefined }, "expected classes, or the scale of values to learn"],
  [{ ...file, scale: { mean: 0, deviation: 1 } }, "and not both"],
  [{ ...file, classes: undefined, scale: { mean: 0, deviation: 0 } }, "the second above 0"],
  [{ ...file, types: { x: 3 } }, "spec: data.file.types: expected types by name"],
  [{ ...file, decimal: ";" }, 'expected "." or ","'],
  [{ ...file, header: "no" }, "expected true or false"],
  [{ ...file, missing: [1] }, "expected a list of texts"],
  [{ ...file, dates: "us" }, 'data.file.dates: expected "dayFirst" or "monthFirst"'],
  [{ ...file, sha256: "abc" }, "expected 64 hexadecimal digits"],
])("refuses %j", (given, message) => {
  expect(() => tableFile(given as never)).toThrow(message);
});

it("wants a model that reads columns", async () => {
  const spec = parseRunSpec({
    version: 1,
    data: { name: "a.csv", file },
    model: {
      layers: [
        { kind: "input", shape: [2] },
        { kind: "dense", units: 1 },
      ],
    },
    loss: "meanSquaredError",
    optimizer: "sgd",
    training: { epochs: 1, batchSize: 1 },
  });
  await expect(loadSource(spec.data, spec)).rejects.toThrow('expected a layer "tableFeatures"');
});
