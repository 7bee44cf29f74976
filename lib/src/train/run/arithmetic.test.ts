import { describe, expect, it } from "vitest";
import { codeOf } from "../../code/typescript/program.ts";
import type { Engine } from "../../engines/engine.ts";
import { engineNamed } from "../../engines/index.ts";
import { dense } from "../../nn/layers/index.ts";
import { type ArithmeticSpec, parseRunSpec, type RunSpec } from "../../spec/index.ts";
import { sequential } from "../model/sequential.ts";
import { recordArithmetic } from "./arithmetic.ts";
import { DEFAULT_RUNS } from "./presets.ts";

const spec = parseRunSpec(DEFAULT_RUNS["xor"]!);
const at = (since: number, fusedMultiplyAdds: boolean, vectorBits: number): ArithmeticSpec => ({
  since,
  fusedMultiplyAdds,
  vectorBits,
});

/** A model of an engine that says so of itself. */
function modelOn(about: Pick<Engine, "fusedMultiplyAdds" | "vectorBits">) {
  const engine: Engine = { ...engineNamed("reference"), ...about };
  return sequential([2], dense(1)).with({ engine });
}
const fused = (vectorBits: number) => modelOn({ fusedMultiplyAdds: true, vectorBits });
const separate = (vectorBits: number) => modelOn({ fusedMultiplyAdds: false, vectorBits });

describe("recordArithmetic", () => {
  const recorded = (...steps: readonly (readonly [ReturnType<typeof modelOn>, number])[]) =>
    steps.reduce((run: RunSpec, [model, since]) => recordArithmetic(run, model, since), spec)
      .arithmetic;

  it("notes every change, with the epoch from which it holds", () => {
    expect(recorded([fused(256), 0])).toEqual([at(0, true, 256)]);
    expect(recorded([fused(256), 0], [fused(256), 3])).toEqual([at(0, true, 256)]);
    expect(recorded([fused(256), 0], [fused(128), 3], [separate(128), 5])).toEqual([
      at(0, true, 256),
      at(3, true, 128),
      at(5, false, 128),
    ]);
  });
  it("forgets epochs that are computed anew", () => {
    expect(recorded([fused(256), 0], [fused(128), 3], [separate(128), 0])).toEqual([
      at(0, false, 128),
    ]);
  });
  it("says nothing of an engine that computes in one way everywhere", () => {
    const reference = modelOn({});
    expect(recordArithmetic(spec, reference, 0)).toEqual(spec);
    const run = recordArithmetic(recordArithmetic(spec, fused(128), 0), reference, 2);
    expect(run.arithmetic).toEqual([at(0, true, 128)]);
  });
  it("asks the Wasm engine what this runtime does", () => {
    const on = (deterministic: boolean) => {
      const engine = engineNamed("wasm", { deterministic, threads: 1, wide: false });
      return recordArithmetic(spec, sequential([2], dense(1)).with({ engine }), 0).arithmetic;
    };
    expect(on(true)).toEqual([at(0, false, 128)]);
    expect(on(false)).toEqual([at(0, expect.any(Boolean) as unknown as boolean, 128)]);
  });
  it("is read again as it was written, and refused in a sentence", () => {
    const run = recordArithmetic(spec, fused(256), 0);
    expect(parseRunSpec(JSON.parse(JSON.stringify(run)))).toEqual(run);
    expect(() => parseRunSpec({ ...spec, arithmetic: [{ since: 0, vectorBits: 128 }] })).toThrow(
      "spec: arithmetic.0.fusedMultiplyAdds: expected this field, received nothing",
    );
    expect(() => recordArithmetic(spec, {} as never, 0)).toThrow("expected model to be a model");
    expect(() => recordArithmetic(spec, fused(128), -1)).toThrow("expected since to be a whole");
  });
});

describe("codeOf", () => {
  const engineIn = (run: RunSpec) => /engine: (.*) }\);/.exec(codeOf(run))?.[1];

  it("asks for the engine with which the run's bits come out", () => {
    expect(engineIn(spec)).toBeUndefined();
    expect(engineIn({ ...spec, arithmetic: [at(0, true, 256)] })).toBeUndefined();
    const deterministic = 'engineNamed("wasm", { deterministic: true })';
    expect(engineIn({ ...spec, deterministic: true })).toBe(deterministic);
    expect(engineIn({ ...spec, arithmetic: [at(0, false, 128)] })).toBe(deterministic);
    expect(engineIn({ ...spec, engine: "reference" })).toBe('engineNamed("reference")');
  });
});
