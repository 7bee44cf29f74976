import { describe, expect, it } from "vitest";
import { parseRunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { codeOf } from "./code.ts";
import { DEFAULT_RUNS, PRESET_RUNS } from "./presets.ts";
import { modelOf } from "./run.ts";

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
  it("begins with the lines of a note", () => {
    const code = codeOf(DEFAULT_RUNS["xor"]!, { note: ["Trains.\nTwice.", "Thrice."] });
    expect(code).toMatch(/^\/\/ Trains\.\n\/\/ Twice\.\n\/\/ Thrice\.\n\nimport /);
    expect(codeOf(DEFAULT_RUNS["xor"]!)).toMatch(/^import /);
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
