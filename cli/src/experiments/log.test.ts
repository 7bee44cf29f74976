// Logs: the same hash for the same run, and text that says all of it again.

import { claim } from "neurite/books";
import { expect, it } from "vitest";
import { hashOf, identityOf, logName, logOf, logText } from "./log.ts";

const kind = { says: "", fits: () => true } as never;
const PARAMETERS = { rate: { says: "", book: 0.5, kind }, seed: { says: "", book: 1, kind } };

it("hashes what is run, in whatever order it stands", () => {
  const hash = (name: string, full: boolean, given: object) =>
    hashOf(identityOf(name, full, PARAMETERS, given as never));
  expect(hash("a", true, { rate: 0.5 })).toBe(hash("a", true, {}));
  const { rate, seed } = PARAMETERS;
  expect(hashOf(identityOf("a", true, { seed, rate }, {}))).toBe(hash("a", true, {}));
  const others = [hash("a", false, {}), hash("b", true, {}), hash("a", true, { seed: 2 })];
  expect(new Set([...others, hash("a", true, {})]).size).toBe(4);
  expect(hash("a", true, {})).toBe(
    "c66c577f0b855a0660234cf868bcae4f0f1bdf95c0b5e1a0db43041b34c3c091",
  );
});

it("is JSON with a line for each claim; curves are kept of full runs alone", async () => {
  const run = {
    claims: [claim("x", 1, 1, 0), claim("y", 2, 3, 0)],
    curves: [{ title: "t", x: { label: "x" }, y: { label: "y" }, series: [] }],
  };
  for (const full of [true, false]) {
    const log = await logOf(identityOf("a", full, PARAMETERS, {}), run, 1.23456);
    const { curves, ...rest } = log;
    const text = logText(log);
    expect(JSON.parse(text)).toEqual(full ? log : rest);
    expect(text).toContain('\n    {"name":"y",');
    expect(log).toMatchObject({ seed: 1, seconds: 1.23, parameters: { rate: 0.5, seed: 1 } });
    expect(log.commit ?? "none").toMatch(/^([0-9a-f]{40}|none)$/);
    expect(logName(log)).toBe(full ? "a.full.json" : "a.json");
  }
});
