/** The map: every section leads somewhere, every lesson and command on it is one that there is. */

import { describe, expect, it } from "vitest";
import { expectUnderstood } from "../../../../cli/src/commands/understood.testing.ts";
import { hasLesson, LESSON_IDS } from "../../lessons/index.ts";
import { map as en } from "../../text/en/map.ts";
import { map as zh } from "../../text/zh/map.ts";
import { NOTES } from "./sections.ts";

const sections = Object.values(NOTES).flat();

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

  const commands = sections.flatMap(({ command }) => (command === undefined ? [] : [command]));
  it.each([...new Set(commands)])("names a command that there is: %s", async (command) => {
    await expect(expectUnderstood(command)).resolves.toBeUndefined();
  });
});
