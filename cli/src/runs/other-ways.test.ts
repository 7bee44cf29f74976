import { engineNamed } from "neurite/engines";
import { dense } from "neurite/nn";
import { DEFAULT_RUNS, parseRunSpec, type RunSpec, sequential } from "neurite/train";
import { describe, expect, it } from "vitest";
import { bitsNote, otherWay } from "./other-ways.ts";

/** Whether multiply-adds are fused, and how wide vectors are. */
type Way = readonly [boolean, number];

const spec = parseRunSpec(DEFAULT_RUNS["xor"]);
const run = (...ways: Way[]): RunSpec => ({
  ...spec,
  arithmetic: ways.map(([fusedMultiplyAdds, vectorBits], since) => ({
    since,
    fusedMultiplyAdds,
    vectorBits,
  })),
});
const modelOn = ([fusedMultiplyAdds, vectorBits]: Way) =>
  sequential([2], dense(1)).with({
    engine: { ...engineNamed("reference"), fusedMultiplyAdds, vectorBits },
  });

describe("what goes on otherwise", () => {
  const sentence = (before: RunSpec, here: Way) => otherWay("runs/xor", before, modelOn(here), 1);

  it("is told: first what changes digits", () => {
    expect(sentence(run([true, 256]), [false, 128])).toBe(
      "runs/xor was computed with multiply-adds that round once, and here they round twice: last digits will differ.",
    );
    expect(sentence(run([false, 128]), [true, 128])).toMatch(/ twice, and here they round once:/);
  });
  it("is told: what changes the time alone", () => {
    expect(sentence(run([true, 256]), [true, 128])).toBe(
      "runs/xor was computed with vectors of 256 bits, and here they have 128: the same numbers, more slowly.",
    );
    expect(sentence(run([true, 128]), [true, 256])).toMatch(/the same numbers, faster\.$/);
    const doubles = { ...run([true, 128]), dtype: "float64" } as const;
    expect(sentence(doubles, [false, 128])).toBeNull();
  });
  it("is compared with what was last, where that is known", () => {
    expect(sentence(run([false, 128], [true, 256]), [true, 256])).toBeNull();
    expect(sentence(spec, [true, 256])).toBeNull();
  });
});

describe("the note in a printed program", () => {
  const note = (of: RunSpec, here: Way, flags = ["no-liftoff"]) =>
    bitsNote(of, modelOn(here), flags);

  it("names the flags", () => {
    expect(note(run([true, 256]), [true, 128])).toEqual([
      "Trains the same network: to the last bit, and as fast, under the flags that neurite sets.",
      `On Node ${process.versions.node}, with this in program.mjs:`,
      "node --no-liftoff program.mjs",
    ]);
    expect(note(run([true, 256]), [true, 128], [])).toEqual([]);
    expect(note({ ...spec, engine: "reference" }, [true, 128])).toEqual([]);
  });
  it("says where none give the run's bits", () => {
    expect(note(run([true, 256]), [false, 128])[0]).toMatch(/other last digits: the run rounded/);
    expect(note(run([true, 256], [false, 256]), [true, 256], [])).toEqual([
      "Trains the same network, but with other last digits: some epochs of the run rounded multiply-adds once, " +
        "others twice.",
    ]);
    const doubles = { ...run([true, 256], [false, 256]), dtype: "float64" } as const;
    expect(note(doubles, [false, 128])[0]).toMatch(/to the last bit/);
  });
});
