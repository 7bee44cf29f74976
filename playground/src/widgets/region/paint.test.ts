import { describe, expect, it } from "vitest";
import { fillWords } from "./paint.ts";
import { mix, type Palette, rgbOf, STEPS, signedWord, wordOf } from "./palette.ts";

const [low, mid, high] = [rgbOf("#ff0000"), rgbOf("#ffffff"), rgbOf("#0000ff")];
const palette: Palette = {
  signed: Uint32Array.from({ length: STEPS }, (_, i) => {
    const t = (2 * i) / (STEPS - 1) - 1;
    return wordOf(mix(mid, t < 0 ? low : high, Math.abs(t)));
  }),
  classes: Array.from({ length: 8 }, (_, i) => rgbOf(`#0000${i}0`)),
  neutral: mid,
};

describe("colours of a map", () => {
  it("are those of the sign, and clipped beyond 1", () => {
    expect(signedWord(palette, -1)).toBe(0xff0000ff);
    expect(signedWord(palette, 0)).toBe(0xffffffff);
    expect(signedWord(palette, 7)).toBe(0xffff0000);
  });
  it("take a probability of one half for neutral", () => {
    const words = new Uint32Array(4);
    const values = Float32Array.of(0, 0.5, 1, 0.75);
    fillWords(words, { cells: 2, values, kind: "probability" }, palette);
    expect([...words].slice(0, 3)).toEqual([0xff0000ff, 0xffffffff, 0xffff0000]);
  });
  it("show the likeliest of several classes, the fainter the less sure", () => {
    const words = new Uint32Array(4);
    const [a, b] = [
      [0.9, 0.5, 0.1, 0.4],
      [0.1, 0.5, 0.9, 0.6],
    ];
    fillWords(words, { cells: 2, values: Float32Array.of(...a!, ...b!), kind: "classes" }, palette);
    const blue = (word: number) => 255 - ((word >> 8) & 255);
    expect(blue(words[2]!)).toBeGreaterThan(blue(words[3]!));
    expect(words[0]).not.toBe(words[2]);
  });
});
