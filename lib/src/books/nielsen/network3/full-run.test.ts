import { expect, it } from "vitest";
import { DIGITS } from "../../shared/digits.testing.ts";
import { memoryStore } from "../../shared/store.testing.ts";
import { network3FullRun } from "./full-run.ts";
import { NETWORK3_RUNS } from "./runs.ts";

it("goes on after the last epoch that was kept, and computes none twice", async () => {
  const { run } = network3FullRun("network3-dense");
  const given = { images: 50, epochs: 3 };
  const whole = await run(given, DIGITS, { store: memoryStore(), report: () => {} });
  const lines: string[] = [];
  const killed = memoryStore();
  const stop = (line: string) => {
    lines.push(line);
    if (lines.length === 2) throw new Error("killed");
  };
  await expect(run(given, DIGITS, { store: killed, report: stop })).rejects.toThrow("killed");
  const rest: string[] = [];
  const store = memoryStore(killed.kept);
  const report = (line: string) => void rest.push(line);
  expect(await run(given, DIGITS, { store, report })).toEqual(whole);
  expect(rest).toHaveLength(1);
  expect(rest[0]).toMatch(/^epoch 3 of 3: validation \d+\.\d\d %, test/);
});

it("lets five networks vote", async () => {
  const lines: string[] = [];
  const work = { store: memoryStore(), report: (line: string) => void lines.push(line) };
  const given = { images: 10, epochs: 1 };
  const small = { ...NETWORK3_RUNS["network3-vote"], maps: [2], hidden: [3] };
  const vote = network3FullRun("network3-vote", small);
  const { claims, curves } = await vote.run(given, DIGITS, work);
  expect(lines.map((line) => line.slice(0, 9))).toEqual([1, 2, 3, 4, 5].map((n) => `network ${n}`));
  expect(claims[0]!.expected).toContain("99.67");
  expect(curves![0]!.series).toHaveLength(11);
});
