import { expect, it } from "vitest";
import { type EpochLogs, toCsv } from "../callbacks/index.ts";
import { figureOf, type History, historyCsv } from "./history.ts";

const row = (epoch: number, more: object): EpochLogs => ({
  epoch,
  loss: 2 - epoch,
  learningRate: 0.1,
  seconds: 1,
  ...more,
});
const history: History = { epochs: [row(0, {}), row(1, { valLoss: 3 })], stopped: null };

it("gives a figure over the epochs that have it", () => {
  expect(figureOf(history, "loss")).toEqual([2, 1]);
  expect(figureOf(history, "valLoss")).toEqual([3]);
  expect(figureOf({ epochs: [], stopped: null }, "loss")).toEqual([]);
});

it("refuses a figure that there is none of, and what is no history", () => {
  expect(() => figureOf(history, "valLos")).toThrow(
    'Unknown figure "valLos". Did you mean "valLoss"?',
  );
  for (const none of [undefined, null, 3, {}, { epochs: 3 }]) {
    expect(() => figureOf(none as never, "loss")).toThrow("expected history to be a history");
    expect(() => historyCsv(none as never)).toThrow("expected history to be a history");
  }
  expect(() => toCsv([1] as never)).toThrow("toCsv: expected rows to be a list");
});
