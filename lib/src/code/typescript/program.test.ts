import { describe, expect, it } from "vitest";
import {
  addLayer,
  bidirectional,
  block,
  connect,
  dense,
  flatten,
  input,
  type Layer,
  lstm,
  network,
  networkLayer,
  residual,
  timeDistributed,
} from "../../nn/index.ts";
import { parseRunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { sequential } from "../../train/model/sequential.ts";
import { DEFAULT_RUNS, PRESET_RUNS } from "../../train/run/presets.ts";
import { modelOf } from "../../train/run/run.ts";
import { codeOf } from "./program.ts";

const DENSE = { kind: "dense", units: 1, activation: "sigmoid" };

const RUNS: readonly (readonly [string, RunSpecInput])[] = [
  ...Object.entries(DEFAULT_RUNS),
  ...Object.entries(PRESET_RUNS).flatMap(([data, runs]) =>
    Object.entries(runs).map(([name, run]) => [`${data} ${name}`, run] as const),
  ),
];

describe.each(RUNS)("the run %s", (name, run) => {
  it("names its data set and builds", () => {
    const spec = parseRunSpec(run);
    expect(spec.data.name).toBe(name.split(" ")[0]);
    expect(modelOf({ ...spec, engine: "reference" }).network.outputShapes).toHaveLength(1);
  });
  it("is a program that imports each name it uses once, and no other", () => {
    const code = codeOf(run);
    const imported = [...code.matchAll(/^import \{ (.*) \} from "(.*)";$/gm)];
    const names = imported.flatMap(([, list]) => list!.split(", "));
    expect(new Set(names).size).toBe(names.length);
    const body = code.slice(code.lastIndexOf('from "'));
    for (const one of names) expect(body).toMatch(new RegExp(`\\b${one}\\(`));
  });
});

describe("codeOf", () => {
  it.each(["binaryCrossentropy", "quadratic"] as const)(
    "reads a table of one's own, for %s",
    (loss) => {
      const code = codeOf({ ...DEFAULT_RUNS["moons"]!, loss }, { examples: "mine.csv" });
      expect(code).toContain('readFileSync("mine.csv", "utf8").trim().split("\\n").slice(1)');
      expect(code).not.toContain("moons(");
    },
  );
  it("begins with the lines of a note", () => {
    const code = codeOf(DEFAULT_RUNS["xor"]!, { note: ["Trains.\nTwice.", "Thrice."] });
    expect(code).toMatch(/^\/\/ Trains\.\n\/\/ Twice\.\n\/\/ Thrice\.\n\nimport /);
    expect(codeOf(DEFAULT_RUNS["xor"]!)).toMatch(/^import /);
  });
  it("writes layers inside layers as the calls that make them", () => {
    const run = DEFAULT_RUNS["moons"]!;
    const code = (layers: readonly Layer[]) =>
      codeOf({ ...run, model: sequential([4, 2], ...layers).network.spec! });
    const last = [flatten(), dense(2, { activation: "softmax" })];
    const text = code([
      timeDistributed(dense(3, { trainable: false })),
      residual([dense(5), block([dense(4)], { name: "b" })], { shortcut: dense(4) }),
      bidirectional(lstm(2, { returnSequences: true }), { merge: "sum" }),
      networkLayer(sequential([4, 2], dense(2))),
      ...last,
    ]);
    for (const line of [
      "timeDistributed(dense(3, { trainable: false })),",
      'residual([dense(5), block([dense(4)], { name: "b" })], { shortcut: dense(4) }),',
      'bidirectional(lstm(2, { returnSequences: true }), { merge: "sum" }),',
      "networkLayer(sequential([",
    ]) {
      expect(text).toContain(`  ${line}`);
    }
    expect(text).toContain(
      "import { bidirectional, block, dense, flatten, inputLayer, lstm, networkLayer, residual, " +
        'timeDistributed } from "neurite/nn";',
    );
  });
  it("writes columns of a table a line each, and reads the table as the run did", () => {
    const columns = ["age", "fare"].map((name) => {
      return { name, type: "number", mean: 3, deviation: 2, missing: 3, indicator: false };
    });
    const layers = [{ kind: "input", shape: [2] }, { kind: "tableFeatures", columns }, DENSE];
    const run = { ...DEFAULT_RUNS["moons"]!, model: { layers } } as RunSpecInput;
    expect(codeOf(run)).toContain(
      [
        "  tableFeatures({ columns: [",
        '    { name: "age", type: "number", mean: 3, deviation: 2, missing: 3, indicator: false },',
        '    { name: "fare", type: "number", mean: 3, deviation: 2, missing: 3, indicator: false },',
        "  ] }),",
      ].join("\n"),
    );
    const file = {
      kind: "table",
      path: "data/people.csv",
      target: "rich",
      delimiter: ";",
    } as const;
    const data = { name: "people.csv", file: { ...file, classes: ["no", "yes"] }, seed: 3 };
    const code = codeOf({ ...run, data });
    for (const line of [
      "const columns: readonly ColumnSpec[] = [",
      '  { name: "age", type: "number", mean: 3, deviation: 2, missing: 3, indicator: false },',
      'createReadStream("data/people.csv"), { name: "people.csv", delimiter: ";", types: ' +
        '{ age: "number", fare: "number", rich: "category" } }',
      'splitTable(whole, { testFraction: 0.2, seed: 3, stratify: "rich" })',
      "  tableFeatures({ columns }),",
      'fromData(labelsOf(test), [test.rows], "int32")',
    ]) {
      expect(code).toContain(line);
    }
    const how = { ragged: "fill", dates: "dayFirst" };
    expect(codeOf({ ...run, data: { ...data, file: { ...data.file, ...how } } })).toContain(
      'delimiter: ";", ragged: "fill", dates: "dayFirst", types:',
    );
    // Names of classes are their own: "9" is the first here.
    const weighed = (classes: readonly string[], classWeights: Record<string, number>) => {
      const training = { ...run.training, classWeights };
      return codeOf({ ...run, training, data: { ...data, file: { ...file, classes } } });
    };
    expect(weighed(["no", "yes"], { yes: 3 })).toContain('classWeight: { "1": 3 }');
    expect(weighed(["9", "10"], { "9": 3 })).toContain('classWeight: { "0": 3 }');
    const iris = DEFAULT_RUNS["iris"]!;
    const named = { ...iris, training: { ...iris.training, classWeights: { virginica: 2 } } };
    expect(codeOf(named)).toContain(
      "classWeight: Object.fromEntries(Object.entries({ virginica: 2 }).map(([name, weight]) => [IRIS_SPECIES.indexOf(name), weight])),",
    );
    expect(codeOf(named)).toContain('import { IRIS_SPECIES, loadIris } from "neurite/data/node";');
    expect(() => codeOf(named, { examples: "mine.csv" })).toThrow(/classes by their numbers/);
    expect(() => weighed(["no", "yes"], { maybe: 3 })).toThrow('received "maybe"');
    const scale = { mean: 5, deviation: 2 };
    const values = codeOf({ ...run, loss: "mse", data: { ...data, file: { ...file, scale } } });
    expect(values).toContain("Float32Array.from(valuesOf(train), (y) => (y - 5) / 2)");
    expect(codeOf({ ...run, data }, { examples: "n.csv" })).toContain('readFileSync("n.csv"');
    expect(() => codeOf({ ...run, data: { ...data, file } })).toThrow(
      "expected a table with a target",
    );
    const pictures = { kind: "pictures", path: "p" } as const;
    expect(() => codeOf({ ...run, data: { ...data, file: pictures } })).toThrow(
      "no program is written for pictures",
    );
  });

  it("has layers make doubles of whole numbers, in a run of doubles", () => {
    const layers = [
      { kind: "input", shape: [2] },
      { kind: "categoryEncoding", categories: 3 },
      { kind: "rescaling", scale: 2 },
      DENSE,
    ];
    const run = { ...DEFAULT_RUNS["moons"]!, dtype: "float64", model: { layers } } as RunSpecInput;
    expect(codeOf(run)).toContain('categoryEncoding(3, { dtype: "float64" })');
    expect(codeOf(run)).toContain('rescaling(2, { dtype: "float64" })');
    expect(modelOf(parseRunSpec(run)).network.outputShapes).toEqual([[1]]);
  });

  it("writes a graph inside a network as places of its own", () => {
    const a = input([4, 2]);
    const two = network([a], [connect(addLayer(), connect(dense(2), a), a)]);
    const model = sequential([4, 2], networkLayer(two), flatten(), dense(2)).network.spec!;
    const text = codeOf({ ...DEFAULT_RUNS["moons"]!, model });
    expect(text).toContain(
      [
        'const input1_0 = input([4, 2], { name: "input1" });',
        'const dense1_1 = connect(dense(2, { name: "dense1" }), input1_0);',
        'const add1_2 = connect(addLayer({ name: "add1" }), dense1_1, input1_0);',
        "const model = sequential([",
        "  inputLayer([4, 2]),",
        "  networkLayer(network([input1_0], [add1_2])),",
      ].join("\n"),
    );
  });
  it("refuses data that the library cannot load, and what is no run", () => {
    const run = DEFAULT_RUNS["moons"]!;
    expect(() => codeOf({ ...run, data: { name: "moon" } })).toThrow(
      'spec: data.name: Unknown data set "moon". Did you mean "moons"?',
    );
    expect(() => codeOf({} as never)).toThrow("spec");
    expect(() => codeOf(run, { notes: [] } as never)).toThrow('Did you mean "note"?');
  });
});
