import { describe, expect, it } from "vitest";
import type { RunSpecInput } from "../../spec/runspec.ts";
import { DEFAULT_RUNS, PRESET_RUNS } from "../../train/run/presets.ts";
import { kerasCodeOf, torchCodeOf } from "./program.ts";

/** `scripts/python-code.mjs` runs such programs and compares their outputs; this holds their text. */
const XOR = DEFAULT_RUNS["xor"]!;
const withLayers = (...layers: readonly object[]): RunSpecInput =>
  ({ ...XOR, model: { layers: [{ kind: "input", shape: [4, 4, 1] }, ...layers] } }) as RunSpecInput;
const DENSE = { kind: "dense", units: 1, activation: "sigmoid" };

describe.each([
  ["kerasCodeOf", kerasCodeOf],
  ["torchCodeOf", torchCodeOf],
] as const)("%s", (name, codeOf) => {
  it.each([...Object.keys(DEFAULT_RUNS)])("writes the default run of %s", (data) => {
    const text = codeOf(DEFAULT_RUNS[data]!);
    expect(text).toContain("load_file(path)");
    // Every line begins at a multiple of four blanks, brackets are closed, and quotes come in pairs.
    for (const line of text.split("\n")) expect(/^ */.exec(line)![0].length % 4).toBe(0);
    for (const pair of ["()", "[]", "{}"]) {
      expect(text.split(pair[0]!).length, pair).toBe(text.split(pair[1]!).length);
    }
  });

  it("writes the convolutional preset", () => {
    expect(codeOf(PRESET_RUNS["mnist"]!["conv"]!)).toMatchSnapshot();
  });

  it("writes layers fitted to data", () => {
    const number = { name: "age", type: "number", mean: 3, deviation: 2, missing: 3 } as const;
    const columns = [
      { ...number, indicator: true },
      { name: "city", type: "category", values: ["a", "b"], encoding: "oneHot" },
      { name: "size", type: "category", values: ["S", "L"], encoding: "ordinal" },
      { name: "note", type: "text", words: ["good"] },
    ];
    const layers = [
      { kind: "input", shape: [4] },
      { kind: "tableFeatures", columns, name: "my table" },
      { kind: "normalization", mean: 0, variance: [4] },
      { kind: "discretization", boundaries: [-1, 0.5] },
      { kind: "categoryEncoding", categories: 3, encoding: "count" },
      DENSE,
    ];
    const run = { ...XOR, model: { layers } } as RunSpecInput;
    expect(codeOf(run)).toMatchSnapshot();
    const data = { name: "people.csv", file: { kind: "table", path: "people.csv" } } as const;
    expect(codeOf({ ...run, data })).toMatch(/^# Its examples are numbers, as encodeColumns\(\)/);
  });

  it("writes a penalty by its convention, and what it leaves out", () => {
    const text = codeOf({
      ...XOR,
      regularizer: { kind: "l2", lambda: 0.3, convention: "network2" },
      schedule: { name: "exponential", decay: 0.9 },
    });
    expect(text).toMatch(/0\.5 \* 0\.3 \/ n \* \w+\.sum\(\w+\.square\(w\)\)/);
    expect(text).toContain("# Of the run, the program leaves out: schedule.");
  });

  it("quotes names, which cannot end a text of the program", () => {
    const name = 'a"]) + print("\n';
    const code = codeOf(withLayers({ kind: "flatten" }, { ...DENSE, name }));
    const quoted = JSON.stringify(`params/${name}/w`);
    expect(code).toContain(`[${quoted}]`);
    expect(code).not.toContain(name);
  });

  it("begins with the lines of a note", () => {
    expect(codeOf(XOR, { note: ["One.\nTwo."] })).toMatch(/^# One\.\n# Two\.\n/);
    expect(() => codeOf(XOR, { notes: [] } as never)).toThrow('Did you mean "note"?');
  });

  it.each([
    [withLayers({ kind: "flatten" }, { kind: "hopfield", patterns: 2 }, DENSE), "hopfield"],
    [
      withLayers(
        { kind: "reshape", shape: [4, 4] },
        { kind: "lstm", units: 2, stateful: true, batchSize: 1 },
        DENSE,
      ),
      "lstm1, of kind lstm: state that goes on",
    ],
    [
      withLayers({ kind: "flatten" }, { kind: "dropout", p: 0.1, convention: "original" }, DENSE),
      "dropout1",
    ],
    [
      withLayers({ kind: "flatten" }, { kind: "dense", units: 1, activation: "maxout" }),
      'the activation "maxout"',
    ],
    [{ ...XOR, loss: "klDivergence" } as RunSpecInput, 'the loss "klDivergence"'],
    [{ ...XOR, optimizer: { name: "lion" } } as RunSpecInput, 'the optimizer "lion"'],
    [
      { ...XOR, optimizer: { name: "sgd", weightDecay: 0.1 } } as RunSpecInput,
      "an optimizer's weightDecay",
    ],
  ])("refuses what has no like, and says what there is", (run, text) => {
    expect(() => codeOf(run)).toThrow(`${name}: `);
    expect(() => codeOf(run)).toThrow(text);
  });
});
