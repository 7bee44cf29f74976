// Strokes come out the same whatever light, edge or grain the paper has.

import { describe, expect, it } from "vitest";
import { toDigit } from "./digit-image.ts";
import type { Grey } from "./grey.ts";
import { inkOf } from "./paper.ts";

const SIDE = 200;

/** Something like a 7: how much ink is at a place, from 0 to 1. */
function seven(x: number, y: number): number {
  const isBar = y > 50 && y < 65 && x > 60 && x < 140;
  const isLeg = y >= 60 && y < 150 && Math.abs(x - (135 - (y - 60) / 2)) < 9;
  return isBar || isLeg ? 1 : 0;
}

type Light = (x: number, y: number, ink: number) => number;

function lit(light: Light): Grey {
  const data = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    return Math.min(255, Math.max(0, Math.round(light(x, y, seven(x, y)))));
  });
  return { width: SIDE, height: SIDE, data };
}

const border = (x: number, y: number) => Math.min(x, y, SIDE - 1 - x, SIDE - 1 - y);
const grain = (x: number, y: number) => ((x * 7919 + y * 104729 + x * y * 31) % 21) - 10;
const plain: Light = (_x, _y, ink) => 255 * (1 - ink);

const lights: readonly [string, Light][] = [
  ["pale ink", (_x, _y, ink) => 230 - 60 * ink],
  ["chalk on a board", (_x, _y, ink) => 40 + 170 * ink],
  ["grain", (x, y, ink) => 220 - 150 * ink + grain(x, y)],
  ["a shadow from left to right", (x, y, ink) => plain(x, y, ink) * (1 - (0.45 * x) / SIDE)],
  [
    "a shadow from corner to corner",
    (x, y, ink) => 240 * (1 - 0.8 * ink) * (1 - (0.3 * (x + y)) / SIDE),
  ],
  ["a shadow with a border", (x, _y, ink) => 240 * (1 - 0.8 * ink) * (x > 95 ? 0.6 : 1)],
  [
    "darker corners",
    (x, y, ink) => 240 * (1 - ink) * (1 - 0.4 * (((x - 100) ** 2 + (y - 100) ** 2) / 2e4)),
  ],
  ["a dark edge all round", (x, y, ink) => (border(x, y) < 5 ? 0 : plain(x, y, ink))],
  ["a dark edge on one side, askew", (x, y, ink) => (x < 6 + y / 25 ? 20 : plain(x, y, ink))],
  ["a white frame round a board", (x, y, ink) => (border(x, y) < 8 ? 255 : 20 + 200 * ink)],
  ["dust", (x, y, ink) => ((x === 12 && y === 180) || (x === 190 && y < 3) ? 0 : plain(x, y, ink))],
];

describe("a digit with", () => {
  const right = toDigit("x", lit(plain));
  it.each(lights)("%s", (_, light) => {
    const digit = toDigit("x", lit(light));
    const apart = digit.reduce((sum, value, i) => sum + Math.abs(value - right[i]!), 0);
    const ink = right.reduce((sum, value) => sum + value, 0);
    expect(apart / ink).toBeLessThan(0.12);
  });
});

it.each<[string, Light]>([
  ["an even ground", () => 120],
  ["a shadow", (x) => 250 - x / 2],
  ["a border of dark", (x, y) => (border(x, y) < 5 ? 0 : 230)],
])("finds no ink on %s", (_, light) => {
  const blank: Light = (x, y) => light(x, y, 0);
  expect(Math.max(...inkOf(lit(blank)).data)).toBe(0);
});
