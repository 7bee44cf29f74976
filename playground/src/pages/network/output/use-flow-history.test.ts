import { expect, it } from "vitest";
import type { Frame } from "../../../protocol/index.ts";
import { withFrame } from "./use-flow-history.ts";

const frame = (step: number, furthest: number, norm: number) =>
  ({
    step,
    epoch: step / 2,
    furthest,
    views: { flow: { view: "flow", examples: 4, layers: [{ name: "dense1", norm }] } },
  }) as unknown as Frame;

it("keeps rows in the order of steps, those gone back to as well", () => {
  const rows = [frame(4, 4, 0.4), frame(8, 8, 0.8), frame(6, 8, 0.6), frame(8, 8, 0.8)];
  const seen = rows.reduce<ReturnType<typeof withFrame>>(withFrame, []);
  expect(seen.map(({ step, norms }) => [step, norms["dense1"]])).toEqual([
    [4, 0.4],
    [6, 0.6],
    [8, 0.8],
  ]);
});

it("takes what a weight that was set by hand makes of the last step", () => {
  const rows = [frame(4, 4, 0.4), frame(8, 8, 0.8), frame(8, 8, 3)];
  const seen = rows.reduce<ReturnType<typeof withFrame>>(withFrame, []);
  expect(seen.map(({ norms }) => norms["dense1"])).toEqual([0.4, 3]);
});

it("forgets what another training has replaced", () => {
  const rows = [frame(4, 4, 0.4), frame(8, 8, 0.8), frame(6, 6, 5)];
  const seen = rows.reduce<ReturnType<typeof withFrame>>(withFrame, []);
  expect(seen.map(({ step }) => step)).toEqual([4, 6]);
});

it("is untouched by frames without the view", () => {
  const rows = withFrame([], frame(1, 1, 1));
  expect(withFrame(rows, { ...frame(2, 2, 2), views: {} })).toBe(rows);
});
