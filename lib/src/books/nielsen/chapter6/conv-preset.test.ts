import { expect, it } from "vitest";
import { DIGITS } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { claims, full, PARAMETERS } from "./conv-preset.ts";

it("every claim holds", async () => {
  const found = await claims(DIGITS.mnist);
  expect(found.map(({ holds }) => holds)).toEqual([true, null]);
});

it("gives other numbers with another value of each parameter", async () => {
  const point = { images: 40, test: 20, epochs: 2, seed: 0 };
  const others = { images: 50, test: 19, epochs: 1, seed: 1 };
  expect(Object.keys(others).sort()).toEqual(Object.keys(PARAMETERS).sort());
  const actuals = async (given: object) =>
    (await claims(DIGITS.mnist, { ...point, ...given })).map(({ actual }) => actual);
  const before = await actuals({});
  for (const [name, value] of Object.entries(others)) {
    expect(await actuals({ [name]: value }), name).not.toEqual(before);
  }
});

it("goes on where it was killed", async () => {
  const given = { images: 64, test: 200, epochs: 2 };
  const whole = await full.run(given, DIGITS, { store: memoryStore(), report: () => {} });
  const killed = memoryStore();
  const report = () => {
    throw new Error("killed");
  };
  await expect(full.run(given, DIGITS, { store: killed, report })).rejects.toThrow("killed");
  const lines: string[] = [];
  const work = { store: memoryStore(killed.kept), report: (line: string) => void lines.push(line) };
  expect(await full.run(given, DIGITS, work)).toEqual(whole);
  expect(lines).toHaveLength(1);
});
