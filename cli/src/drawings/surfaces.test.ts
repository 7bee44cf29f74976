// Pictures of surfaces: what is on them, and what is left out.

import { surface49 } from "neurite/books";
import { descentOn, lossSurfaceOf, planeOfTwo } from "neurite/inspect";
import { describe, expect, it } from "vitest";
import { contourDrawing, heightLegend } from "./contour.ts";
import { figure49Sections } from "./figure49.ts";
import { heightColor, heightScale, leftOut, short } from "./heights.ts";
import { meshDrawing } from "./mesh.ts";
import { surfaceFigures } from "./surface-figures.ts";

const surface = surface49.surface("negativeLog", { count: 11 });
const path = descentOn(surface49.objective("negativeLog"), planeOfTwo(), {
  optimizer: { name: "sgd", learningRate: 1 },
  start: [0, 0],
  steps: 5,
});
const countOf = (text: string, part: RegExp) => [...text.matchAll(part)].length;
/** NaN where w1 is below 0. */
const broken = lossSurfaceOf(
  (p) => surface49.objective("squared")(p).mul(p.at(0).sqrt()),
  planeOfTwo(),
  {
    count: 11,
  },
);

describe("heights", () => {
  it("go by their value, or by powers of ten where one explodes", () => {
    const linear = heightScale(surface);
    expect(linear.isLog).toBe(false);
    expect(linear.share(surface.least)).toBe(0);
    expect(linear.share(surface.largest)).toBe(1);
    expect(linear.ticks).toEqual([1, 2, 3, 4]);
    const exploded = heightScale({ ...surface, values: [[1, 1, 1, 1e6]], least: 1, largest: 1e6 });
    expect(exploded.isLog).toBe(true);
    expect(exploded.share(1e3)).toBeCloseTo(0.5, 12);
    expect(exploded.ticks).toEqual([1, 100, 1e4, 1e6]);
  });
  it("are lighter the higher they are", () => {
    expect([heightColor(0), heightColor(1), heightColor(0.1)]).toEqual([
      "#440154",
      "#fde725",
      "#43236e",
    ]);
  });
  it("are written shortly", () => {
    expect([0, 0.00694, 4.9735, 12345, 4.8e-5].map(short)).toEqual([
      "0",
      "0.00694",
      "4.97",
      "1.2e+4",
      "4.8e-5",
    ]);
  });
});

describe("contours", () => {
  it("have a title, names, the path and the points that are inside", () => {
    const svg = contourDrawing("figure 4.9", surface, {
      paths: [path],
      critical: [
        { point: [1, 1], bend: "saddle" },
        { point: [9, 9], bend: "minimum" },
      ],
    });
    expect(svg).toContain('aria-label="figure 4.9"');
    expect(svg).toMatch(/w1.*w2|w2.*w1/s);
    expect(svg).toContain('aria-label="contour"');
    expect(svg).not.toContain("NaN");
    // The start, all six points of the path, and one critical point.
    expect(countOf(svg, /<circle/g)).toBe(7);
    const without = contourDrawing("figure 4.9", surface, { paths: [path] });
    expect(countOf(svg, /<path/g) - countOf(without, /<path/g)).toBe(1);
  });
  it("of a surface that is level, or nowhere finite, are empty and no failure", () => {
    for (const height of [3, Number.NaN]) {
      const level = {
        ...surface,
        values: surface.values.map((row) => row.map(() => height)),
        least: height,
        largest: height,
      };
      expect(contourDrawing("level", level)).not.toContain("NaN");
    }
  });
});

describe("meshes", () => {
  it("have a quadrangle for each cell whose corners are finite", () => {
    expect(countOf(meshDrawing("m", surface), /Z" fill="#/g)).toBe(100);
    const svg = meshDrawing("m", broken);
    expect(svg).not.toContain("NaN");
    expect(countOf(svg, /Z" fill="#/g)).toBe(50);
    expect(broken.notFinite).toBe(55);
  });
  it("thin out what is too fine to see, and keep the far edge", () => {
    const fine = surface49.surface("squared", { count: 101 });
    expect(countOf(meshDrawing("m", fine), /Z" fill="#/g)).toBe(34 ** 2);
  });
});

describe("figures", () => {
  it("say what is left out, and name what is drawn", () => {
    expect(leftOut(broken)).toBe("55 of 121 heights are not finite and left out.");
    const html = surfaceFigures("a surface", broken, {
      paths: [path],
      critical: [{ point: [0, 0], bend: "flat" }],
    });
    expect(html).toContain("55 of 121 heights are not finite and left out.");
    expect(html).toContain("sgd, from the dot on");
    expect(html).toContain("◇</span> flat");
    expect(surfaceFigures("x", { ...broken, least: Number.NaN })).toContain("nothing to draw");
    expect(heightLegend(surface)).toContain(">2</text>");
  });
});

it("figure 4.9 is a section for each of both losses, with two paths on each picture", () => {
  const html = figure49Sections()
    .map((one) => one.html)
    .join("\n");
  expect(countOf(html, /<figure>/g)).toBe(4);
  expect(countOf(html, /adam, from the dot on/g)).toBe(2);
  expect(html).not.toContain("NaN");
  expect(html).not.toContain("powers of ten");
});
