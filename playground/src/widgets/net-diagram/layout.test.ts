import { describe, expect, it } from "vitest";
import { type DiagramLayer, layoutOf, neighbourOf } from "./layout.ts";

const net = (...units: number[]): DiagramLayer[] =>
  units.map((many, i) => ({ name: `l${i}`, units: many, activation: i === 0 ? null : "tanh" }));
const none = new Set<string>();

describe("the drawing of a network", () => {
  it("shows every unit of a small one", () => {
    const { columns } = layoutOf(net(2, 2, 1), { width: 600, open: none });
    expect(columns.map(({ shown, hidden }) => [shown.length, hidden])).toEqual([
      [2, 0],
      [2, 0],
      [1, 0],
    ]);
    const [first, second] = columns[1]!.shown;
    expect(columns[2]!.shown[0]!.y).toBe((first!.y + second!.y) / 2);
  });

  it("folds large layers, on a phone sooner, and unfolds them", () => {
    const wide = layoutOf(net(2, 16, 8, 1), { width: 900, open: none });
    expect(wide.columns.map(({ hidden }) => hidden)).toEqual([0, 9, 0, 0]);
    const phone = layoutOf(net(2, 16, 8, 1), { width: 330, open: new Set(["l1"]) });
    expect(phone.columns.map(({ hidden }) => hidden)).toEqual([0, 0, 4, 0]);
    expect(phone.columns[1]!.canFold).toBe(true);
  });

  it("gives every column room: ten of them are wider than a phone", () => {
    const layout = layoutOf(net(2, 16, 16, 16, 16, 16, 16, 16, 16, 1), { width: 330, open: none });
    expect(layout.width).toBeGreaterThan(700);
    const xs = layout.columns.map(({ x }) => x);
    expect(Math.max(...xs) + layout.size / 2).toBeLessThanOrEqual(layout.width);
    xs.slice(1).forEach((x, i) => expect(x - xs[i]!).toBeGreaterThan(layout.size + 20));
  });

  it("leads from unit to unit by arrow keys", () => {
    const layout = layoutOf(net(2, 4, 1), { width: 600, open: none });
    const from = { layer: 1, unit: 3 };
    expect(neighbourOf(layout, from, "ArrowUp")).toMatchObject({ layer: 1, unit: 2 });
    expect(neighbourOf(layout, from, "ArrowDown")).toBe(null);
    expect(neighbourOf(layout, from, "ArrowLeft")).toMatchObject({ layer: 0, unit: 1 });
    expect(neighbourOf(layout, from, "ArrowRight")).toMatchObject({ layer: 2, unit: 0 });
    expect(neighbourOf(layout, { layer: 2, unit: 0 }, "ArrowRight")).toBe(null);
  });
});
