// A full run goes on where it was ended, computes nothing twice, and keeps to its own folder.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claim, type FullProgram, once, type Sources } from "neurite/books";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { carryOut } from "./full-run.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neurite-full-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SOURCES = {} as Sources;
const kind = { says: "a number", fits: (value: unknown) => typeof value === "number" };
const CURVE = { title: "c", x: { label: "x" }, y: { label: "y" }, series: [] };

/** Three pieces of work, of which those computed are noted; `dies` ends it before a piece. */
function program(computed: number[], dies = Number.NaN): FullProgram {
  return {
    seconds: 1,
    parameters: { seed: { says: "seed", book: 7, kind: kind as never } },
    async run(_, __, { store, report }) {
      let sum = 0;
      for (const piece of [0, 1, 2]) {
        sum += await once(store, `piece ${piece}`, () => {
          if (piece === dies) throw new Error("killed");
          computed.push(piece);
          return 10 ** piece;
        });
        report(`piece ${piece}`);
      }
      return { claims: [claim("sum", 111, sum, 0)], curves: [CURVE] };
    },
  };
}

function order(name: string, full: FullProgram, point = {}, said: string[] = []) {
  const report = (text: string) => void said.push(text);
  return { name, program: full, point, folder: join(folder, "run"), sources: SOURCES, report };
}

describe("carryOut", () => {
  it("goes on where it was ended, and does nothing when it is done", async () => {
    const computed: number[] = [];
    await expect(carryOut(order("one", program(computed, 2)))).rejects.toThrow("killed");
    expect(computed).toEqual([0, 1]);
    expect(existsSync(join(folder, "run/log.json"))).toBe(false);
    const half = join(folder, "run/work/.piece.1-ab.neurite-tmp");
    writeFileSync(half, "{"); // as a process that is killed while it writes leaves it
    const log = await carryOut(order("one", program(computed)));
    expect(existsSync(half)).toBe(false);
    expect(computed).toEqual([0, 1, 2]);
    expect(log).toMatchObject({ experiment: "one", full: true, seed: 7, parameters: { seed: 7 } });
    expect(log.claims[0]).toMatchObject({ actual: 111, holds: true });
    expect(log.curves).toEqual([CURVE]);
    const said: string[] = [];
    expect(await carryOut(order("one", program(computed, 0), {}, said))).toEqual(log);
    expect(said).toEqual([expect.stringContaining("nothing is left to do")]);
    expect(JSON.parse(readFileSync(join(folder, "run/log.json"), "utf8"))).toEqual(log);
  });
  it("counts the seconds of all sittings", async () => {
    await expect(carryOut(order("one", program([], 2)))).rejects.toThrow("killed");
    writeFileSync(join(folder, "run/time.json"), '{"seconds":5000}');
    expect((await carryOut(order("one", program([])))).seconds).toBeGreaterThanOrEqual(5000);
  });
  it("refuses the folder of another run, and one of other files", async () => {
    await carryOut(order("one", program([])));
    const again = (name: string, point: object) => carryOut(order(name, program([]), point));
    await expect(again("two", {})).rejects.toThrow("run holds a run of one; take another");
    await expect(again("one", { seed: 8 })).rejects.toThrow("holds a run with other parameters");
    await expect(again("one", { seed: 7 })).resolves.toMatchObject({ experiment: "one" });
    rmSync(join(folder, "run/run.json"));
    await expect(again("one", {})).rejects.toThrow("holds other files, as log.json");
    writeFileSync(join(folder, "run/run.json"), "x");
    await expect(again("one", {})).rejects.toThrow("run.json: expected JSON");
  });
});
