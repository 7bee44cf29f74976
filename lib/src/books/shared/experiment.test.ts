// An experiment's table: loaded where it is run, judged at the book's point alone.

import { describe, expect, it, vi } from "vitest";
import { claim } from "./claim.ts";
import { experimentTable } from "./experiment.ts";
import { natural } from "./parameters.ts";
import type { Sources } from "./run.ts";
import { memoryStore } from "./store.testing.ts";

const SOURCES: Sources = {
  mnist: () => Promise.reject(new Error("no digits")),
  iris: () => {
    throw new Error("no flowers");
  },
};
const ABOUT = { title: "One", source: "Nielsen, chapter 1", seconds: 1 };
const PARAMETERS = { steps: natural("steps", 3) };
const CURVE = { title: "c", x: { label: "x" }, y: { label: "y" }, series: [] };
const one = claim("one", 1, 1, 0);

describe("experimentTable", () => {
  it("loads nothing before it is asked to", async () => {
    const load = vi.fn(async () => ({ claims: () => [one] }));
    const { it: entry } = experimentTable({ it: { ...ABOUT, load } });
    expect(entry).toMatchObject(ABOUT);
    expect(load).not.toHaveBeenCalled();
    expect((await (await entry.load()).run(SOURCES)).claims).toEqual([one]);
  });
  it("gives curves where they are wished, and those of the run itself", async () => {
    const curves = vi.fn(() => [CURVE]);
    const claims = () => ({ claims: [one], curves: [{ ...CURVE, title: "own" }] });
    const { it: entry } = experimentTable({
      it: { ...ABOUT, load: async () => ({ claims, curves }) },
    });
    const program = await entry.load();
    const titles = async (wish: boolean) =>
      (await program.run(SOURCES, {}, { curves: wish })).curves?.map(({ title }) => title);
    expect(await titles(false)).toEqual(["own"]);
    expect(curves).not.toHaveBeenCalled();
    expect(await titles(true)).toEqual(["own", "c"]);
  });
  it("judges at the book's point alone, full runs too", async () => {
    const run = async () => ({ claims: [one] });
    const full = { seconds: 9, parameters: { seed: natural("seed", 1) }, run };
    const file = { PARAMETERS, claims: () => [one], full };
    const program = await experimentTable({ it: { ...ABOUT, load: async () => file } }).it.load();
    const work = { store: memoryStore(), report: () => {} };
    const verdicts = [
      await program.run(SOURCES, { steps: 3 }),
      await program.run(SOURCES, { steps: 4 }),
      await program.full!.run(SOURCES, { seed: 1 }, work),
      await program.full!.run(SOURCES, { seed: 2 }, work),
    ].map(({ claims }) => claims[0]!.holds);
    expect(verdicts).toEqual([true, null, true, null]);
  });
});
