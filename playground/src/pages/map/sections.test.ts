/** The map: every section leads somewhere, every lesson and command on it is one that there is. */

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { experimentNames } from "neurite/books";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../../../cli/src/commands/index.ts";
import { hasLesson, LESSON_IDS } from "../../lessons/index.ts";
import { map as en } from "../../text/en/map.ts";
import { map as zh } from "../../text/zh/map.ts";
import { NOTES } from "./sections.ts";

const sections = Object.values(NOTES).flat();
const examples = readdirSync(fileURLToPath(new URL("../../../../examples/src", import.meta.url)));

describe("the map of the notes", () => {
  it("names five notes and their sections, in both languages", () => {
    expect(Object.keys(NOTES)).toEqual(Object.keys(en.notes));
    expect(sections.map(({ key }) => key)).toEqual(Object.keys(en.sections));
    expect(Object.keys(zh.sections)).toEqual(Object.keys(en.sections));
  });

  it("leads somewhere from every section", () => {
    const nowhere = sections.filter(
      ({ lessons, pages, command }) =>
        !lessons.some(hasLesson) && pages.length === 0 && command === undefined,
    );
    expect(nowhere.map(({ key }) => key)).toEqual([]);
  });

  it("leads to every lesson that there is", () => {
    const reached = new Set(sections.flatMap(({ lessons }) => lessons));
    expect(LESSON_IDS.filter((id) => !reached.has(id))).toEqual([]);
  });

  it("names commands that there are", () => {
    const known = [...experimentNames(), "network2"];
    for (const { command } of sections) {
      if (command === undefined) continue;
      const [program, first, second, third] = command.split(" ");
      if (program === "npm") {
        expect([first, second]).toEqual(["run", "example"]);
        expect(examples).toContain(`${third}.ts`);
        continue;
      }
      expect(program).toBe("neurite");
      expect(COMMANDS.map(({ name }) => name)).toContain(first);
      if (first === "reproduce") expect(known).toContain(second);
    }
  });
});
