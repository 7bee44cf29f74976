// Curves of an experiment: lines of ours, marks of the book's, and what has no place on an axis.

import type { Curves } from "neurite/books";
import { expect, it } from "vitest";
import { curvesFigure } from "./curves.ts";

const CURVES: Curves = {
  title: "Cost <by> epoch",
  x: { label: "epoch" },
  y: { label: "cost", log: true },
  series: [
    {
      name: "ours",
      points: [
        [1, 0.5],
        [2, 0.05],
        [3, 0.001],
      ],
    },
    {
      name: "other",
      points: [
        [1, 0.4],
        [2, 0],
        [3, Number.NaN],
      ],
    },
    { name: "book", points: [[3, 0.002]], book: true },
  ],
};
const countOf = (text: string, part: RegExp) => [...text.matchAll(part)].length;

it("draws ours as lines with a dash of their own, and the book's points as marks", () => {
  const html = curvesFigure(CURVES);
  expect(html).toContain("Cost &lt;by&gt; epoch");
  expect(html).not.toContain("NaN");
  // The legend, and a picture each for wide and narrow pages.
  expect(countOf(html, /stroke-dasharray="8 4"/g)).toBe(3);
  expect(countOf(html, /aria-label="[^"]*cost by epoch, ours, other, book"/g)).toBe(2);
  expect(html).toContain("no place for it: 2 values.");
  const marked = (curves: Curves) => countOf(curvesFigure(curves), /fill="var\(--card\)"/g);
  expect(marked(CURVES)).toBe(2);
  const [ours, other, book] = CURVES.series;
  expect(marked({ ...CURVES, series: [ours!, other!, { ...book!, book: false }] })).toBe(0);
});

it("has ticks at whole numbers where there are few, and at powers of ten", () => {
  const html = curvesFigure(CURVES);
  expect(html).toContain(">2</text>");
  expect(html).not.toContain(">1.5</text>");
  for (const tick of ["0.001", "0.01", "0.1", "1"]) expect(html).toContain(`>${tick}</text>`);
});

it("says so where there is nothing to draw", () => {
  const series = [{ name: "a", points: [[1, 0]] as const }];
  expect(curvesFigure({ ...CURVES, series })).toContain("There is nothing to draw.");
});
