import { describe, expect, it } from "vitest";
import { type AppState, INITIAL, MOST_UNDO, update } from "./app-state.ts";
import { QUADRANTS, XOR } from "./presets.ts";
import type { Settings } from "./settings.ts";

const seeded = (seed: number): Settings => ({ ...XOR, run: { ...XOR.run, seed } });
const set = (state: AppState, seed: number, gesture?: string) =>
  update(state, { kind: "set", settings: seeded(seed), ...(gesture && { gesture }) });
const seedOf = (state: AppState) => state.settings.run.seed;

it("goes back from settings that were refused, which undo does not lead to", () => {
  const other = { ...XOR, run: { ...XOR.run, seed: 9 } };
  const bad = { ...XOR, run: { ...XOR.run, loss: "hing" } };
  const open = update(update(INITIAL, { kind: "set", settings: other }), {
    kind: "open",
    settings: bad,
  });
  const back = update(open, { kind: "refused", instead: other });
  expect(back.settings).toBe(other);
  expect(back.past).toEqual([XOR]);
});

describe("update", () => {
  it("leaves the state before as it was", () => {
    const frozen = Object.freeze({ ...INITIAL });
    const next = set(frozen, 5);
    expect(seedOf(next)).toBe(5);
    expect(frozen.settings).toBe(XOR);
  });

  it("gives the same state where nothing changes", () => {
    expect(update(INITIAL, { kind: "set", settings: structuredClone(XOR) })).toBe(INITIAL);
    expect(update(INITIAL, { kind: "undo" })).toBe(INITIAL);
    expect(update(INITIAL, { kind: "redo" })).toBe(INITIAL);
  });

  it("undoes and redoes settings, not the view or the language", () => {
    let state = set(set(INITIAL, 5), 6);
    state = update(state, { kind: "view", change: { logLoss: true } });
    state = update(state, { kind: "prefer", change: { language: "zh" } });
    state = update(state, { kind: "undo" });
    expect(seedOf(state)).toBe(5);
    expect([state.view.logLoss, state.language]).toEqual([true, "zh"]);
    state = update(state, { kind: "undo" });
    expect(state.settings).toBe(XOR);
    state = update(update(state, { kind: "redo" }), { kind: "redo" });
    expect(seedOf(state)).toBe(6);
    expect(state.future).toEqual([]);
  });

  it("forgets what was undone once something else is done", () => {
    const state = set(update(set(INITIAL, 5), { kind: "undo" }), 7);
    expect(update(state, { kind: "redo" })).toBe(state);
  });

  it("undoes what one gesture did together", () => {
    let state = INITIAL;
    for (const seed of [5, 6, 7, 8]) state = set(state, seed, "drag 1");
    state = set(state, 9, "drag 2");
    expect(seedOf(update(state, { kind: "undo" }))).toBe(8);
    expect(update(update(state, { kind: "undo" }), { kind: "undo" }).settings).toBe(XOR);
  });

  it("keeps so many steps", () => {
    let state = INITIAL;
    for (let seed = 10; seed < 10 + MOST_UNDO + 20; seed++) state = set(state, seed);
    expect(state.past).toHaveLength(MOST_UNDO);
  });

  it("opens settings of a link, which can be undone", () => {
    const state = update(INITIAL, { kind: "open", settings: QUADRANTS });
    expect(state.settings).toBe(QUADRANTS);
    expect(update(state, { kind: "undo" }).settings).toBe(XOR);
  });
});
