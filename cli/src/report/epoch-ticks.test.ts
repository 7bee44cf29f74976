import { expect, test } from "vitest";
import { linesFigure } from "../drawings/lines.ts";
import { epochTicks } from "./epoch-ticks.ts";

test("marks whole epochs, ten or so", () => {
  expect(epochTicks(1, 3)).toEqual([1, 2, 3]);
  expect(epochTicks(0.5, 2.5)).toEqual([1, 2]);
  expect(epochTicks(1, 30)).toEqual([5, 10, 15, 20, 25, 30]);
  expect(epochTicks(0, 300).slice(0, 3)).toEqual([0, 35, 70]);
  expect(epochTicks(0.2, 0.8)).toEqual([]);
});

test("curves over epochs have no mark between two", () => {
  const points = [1, 2, 3].map((epoch) => [epoch, 1 / epoch] as const);
  const svg = linesFigure({ title: "loss", series: [{ name: "a", points }] });
  const axis = /aria-label="x-axis tick label"[^>]*>(.*?)<\/g>/s.exec(svg)![1]!;
  const marks = [...axis.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(marks).toEqual(["1", "2", "3"]);
});
