import { describe, expect, it } from "vitest";
import type { Frame } from "../../protocol/index.ts";
import { edgeAt, edgesOf, isNear } from "./edges.ts";
import { type DiagramLayer, layoutOf } from "./layout.ts";
import { fullWidth, netNumbersOf } from "./numbers.ts";

const LAYERS: readonly DiagramLayer[] = [
  { name: "input1", units: 2, activation: null },
  { name: "dense1", units: 2, activation: "tanh" },
  { name: "dense2", units: 1, activation: "sigmoid" },
];
const layout = layoutOf(LAYERS, { width: 600, open: new Set() });

const layer = (name: string, a: number[], z: number[]) => ({
  name,
  a,
  z,
  delta: a,
  slope: a,
  dw: [],
});
const FRAME = {
  views: {
    weights: {
      view: "parameters",
      numbers: {
        "dense1/w": Float32Array.of(1, 2, 3, 4),
        "dense1/b": Float32Array.of(5, 6),
        "dense2/w": Float32Array.of(-7, 8),
        "dense2/b": Float32Array.of(9),
      },
    },
    example: {
      view: "example",
      example: {
        x: [2, 3],
        y: [1],
        row: 0,
        examples: 1,
        loss: 0,
        ops: [],
        layers: [layer("dense1", [0.5, -0.5], [11, 12]), layer("dense2", [0.25], [13])],
      },
    },
  },
} as unknown as Frame;

describe("the numbers of the drawing", () => {
  it("are weights and biases, all of them", () => {
    const { edges, chips } = netNumbersOf(FRAME, LAYERS, "weight");
    expect(edges.map((list) => [...Array.from(list)])).toEqual([
      [1, 2, 3, 4],
      [-7, 8],
    ]);
    expect(chips.map((list) => [...Array.from(list)])).toEqual([[], [5, 6], [9]]);
  });

  it("are what each edge adds to the sum, whose value stands at the unit", () => {
    const { edges, chips } = netNumbersOf(FRAME, LAYERS, "contribution");
    expect(edges).toEqual([
      [2, 4, 9, 12],
      [-3.5, -4],
    ]);
    expect(chips).toEqual([[], [11, 12], [13]]);
    expect(fullWidth({ edges, chips }, "contribution")).toBe(12);
  });

  it("are activations, and what an edge carries", () => {
    const { edges, chips } = netNumbersOf(FRAME, LAYERS, "value");
    expect(edges).toEqual([
      [2, 2, 3, 3],
      [0.5, -0.5],
    ]);
    expect(chips).toEqual([[2, 3], [0.5, -0.5], [0.25]]);
  });

  it("are none before there is a frame", () => {
    expect(netNumbersOf(null, LAYERS, "gradient").edges).toEqual([[], []]);
  });
});

describe("edges", () => {
  const numbers = netNumbersOf(FRAME, LAYERS, "weight");

  it("lie between units with the number of their place in the matrix", () => {
    const all = [...edgesOf(layout, numbers)].map(({ edge, value }) => [
      edge.layer,
      edge.from,
      edge.to,
      value,
    ]);
    expect(all).toEqual([
      [1, 0, 0, 1],
      [1, 0, 1, 2],
      [1, 1, 0, 3],
      [1, 1, 1, 4],
      [2, 0, 0, -7],
      [2, 1, 0, 8],
    ]);
  });

  it("are found under the pointer", () => {
    const [first, second] = layout.columns[0]!.shown;
    const middle = (layout.columns[0]!.x + layout.columns[1]!.x) / 2;
    expect(edgeAt(layout, numbers, middle, first!.y)).toEqual({ layer: 1, from: 0, to: 0 });
    expect(edgeAt(layout, numbers, middle, second!.y)).toEqual({ layer: 1, from: 1, to: 1 });
    expect(edgeAt(layout, numbers, middle, second!.y + 40)).toBe(null);
    const end = layout.columns[1]!.x - layout.size / 2;
    const cross = edgeAt(layout, numbers, middle + (end - middle) / 2, second!.y - 8);
    expect(cross?.layer).toBe(1);
  });

  it("stand out at the unit that is looked at", () => {
    expect(isNear({ layer: 1, from: 0, to: 1 }, { layer: 1, unit: 1 })).toBe(true);
    expect(isNear({ layer: 2, from: 1, to: 0 }, { layer: 1, unit: 1 })).toBe(true);
    expect(isNear({ layer: 1, from: 0, to: 0 }, { layer: 1, unit: 1 })).toBe(false);
    expect(isNear({ layer: 1, from: 0, to: 0 }, null)).toBe(true);
  });
});
