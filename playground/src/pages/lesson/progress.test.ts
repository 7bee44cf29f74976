import { afterEach, describe, expect, it, vi } from "vitest";
import { codeOf } from "./code.tsx";
import { keepProgress, onlyProgress, readProgress } from "./progress.ts";

/** A storage that holds what it is given, or refuses. */
function storageOf(kept: Map<string, string> | null) {
  const refuse = () => {
    throw new Error("forbidden");
  };
  return kept === null
    ? { getItem: refuse, setItem: refuse }
    : {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, text: string) => kept.set(key, text),
      };
}

describe("progress", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is kept lesson by lesson", () => {
    vi.stubGlobal("localStorage", storageOf(new Map()));
    const one = { predicted: { ask: "up", chain: 0.1 }, done: ["ask"] };
    const two = { predicted: { ask: [0, 0.25] }, done: [] };
    keepProgress("mazur", one);
    keepProgress("sigmoid-tanh", two);
    expect(readProgress()).toEqual({ mazur: one, "sigmoid-tanh": two });
  });

  it("is nothing where the browser forbids storage, or holds something else", () => {
    vi.stubGlobal("localStorage", storageOf(null));
    keepProgress("mazur", { predicted: {}, done: [] });
    expect(readProgress()).toEqual({});
    for (const text of ["{", "null", "7", "[]"]) {
      vi.stubGlobal("localStorage", storageOf(new Map([["neurite-lessons", text]])));
      expect(readProgress()).toEqual({});
    }
  });

  it("leaves out what is no progress", () => {
    expect(
      onlyProgress({
        a: null,
        b: { predicted: "x", done: [] },
        c: { predicted: { ask: {}, two: 1, three: [1, "x"] }, done: ["ask", 3] },
      }),
    ).toEqual({ c: { predicted: { two: 1 }, done: ["ask"] } });
  });
});

it("the program is shown with the values that it was run with", () => {
  expect(codeOf("export function run() {}\n", { x: 1, name: "and" })).toBe(
    'export function run() {}\n\nconsole.log(await run({ x: 1, name: "and" }));\n',
  );
});
