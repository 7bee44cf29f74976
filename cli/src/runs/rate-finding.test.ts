import { expect, test } from "vitest";
import { neurite } from "../run.testing.ts";

const SOURCE = ["train", "iris", "--find-rate"];

test("--find-rate draws losses over rates, and suggests a rate that learns", {
  timeout: 60_000,
}, async () => {
  const { code, stdout } = await neurite(...SOURCE);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines[0]).toBe("    rate      loss");
  expect(lines.filter((line) => line.endsWith("< falls most"))).toHaveLength(1);
  const bars = lines.filter((line) => /#/.test(line));
  expect(bars.length).toBeGreaterThan(10);
  const rate = stdout.match(/^Suggested rate: (\S+), where the loss falls most/m)![1]!;
  expect(Number(rate)).toBeGreaterThan(0.0005);
  expect(stdout).toContain(`--learning-rate ${rate} in place of --find-rate`);
  const trained = await neurite("train", "iris", "--quiet", "--learning-rate", rate);
  const right = Number(trained.stdout.match(/test accuracy ([\d.]+)/)![1]);
  expect(right).toBeGreaterThan(85);
});

test("--find-rate gives numbers as JSON", { timeout: 60_000 }, async () => {
  const { stdout } = await neurite(...SOURCE, "--json");
  const event = JSON.parse(stdout) as { event: string; rates: number[]; losses: number[] };
  expect(event).toMatchObject({ event: "rates", suggestion: expect.any(Number) });
  expect(event.rates.length).toBe(event.losses.length);
});

test.each([
  ["--out", "somewhere"],
  ["--resume", "somewhere"],
])("--find-rate saves nothing: %s", async (...flags) => {
  const { code, stderr } = await neurite(...SOURCE, ...flags);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "--find-rate: it trains nothing, so that --out and --resume mean nothing",
  );
});

test("clips and accumulated batches are flags", { timeout: 60_000 }, async () => {
  const changed = ["--clip", "0.5", "--accumulate", "2", "--epochs", "1", "--quiet"];
  expect((await neurite("train", "iris", ...changed)).code).toBe(0);
  const { code, stderr } = await neurite("train", "iris", "--clip", "0");
  expect(code).toBe(2);
  expect(stderr).toContain("Expected a number above 0");
});
