import { EXPRESSION_PRESETS, explainExpression } from "neurite/inspect/expression";
import { describe, expect, it } from "vitest";
import { equationsAt, layeredOf } from "./roles.ts";
import { edgeKey, type Graph, knownAt, lengthOf, placeOf, stopAt } from "./walk.ts";

function walkOf(name: keyof typeof EXPRESSION_PRESETS, mode: "forward" | "reverse" = "reverse") {
  const { text, at } = EXPRESSION_PRESETS[name];
  const { computation, forward, reverse, jacobian } = explainExpression(text, at);
  const graph: Graph = { text, ...computation, forward, reverse, jacobian, network: null };
  return { graph, pass: (mode === "forward" ? forward : reverse)[0]! };
}

describe("a walk through figure 4.8", () => {
  const walk = walkOf("fig48");

  it("goes over six values, a start and six derivatives", () => {
    expect(lengthOf(walk)).toBe(13);
    expect(stopAt(walk, 0)).toEqual({ kind: "start" });
    expect(stopAt(walk, 6)).toMatchObject({ kind: "value", operation: { name: "h6", value: 0.5 } });
    expect(stopAt(walk, 7)).toEqual({ kind: "seed" });
    expect(stopAt(walk, 8)).toMatchObject({ kind: "move", operation: { name: "h6" } });
    expect(placeOf(walk, "h6", true)).toBe(8);
    expect(placeOf(walk, "h6", false)).toBe(6);
  });

  it("knows no derivative, which is not 0, before it has come", () => {
    expect(knownAt(walk, 6).derivatives.size).toBe(0);
    expect([...knownAt(walk, 7).derivatives]).toEqual([["h6", 1]]);
    const end = knownAt(walk, 13);
    expect(["w", "x", "b"].map((name) => end.derivatives.get(name))).toEqual([0.25, 0, 0.25]);
    expect(end.edges.get(edgeKey("h6", 1))).toBe(-0.25);
    expect(end.edges.has(edgeKey("h6", 0))).toBe(false);
  });

  it("takes tangents along in forward mode", () => {
    const forward = walkOf("fig48", "forward");
    expect([...knownAt(forward, 7).derivatives]).toEqual([
      ["w", 1],
      ["x", 0],
      ["b", 0],
    ]);
    expect(knownAt(forward, 13).derivatives.get("h6")).toBe(0.25);
  });

  it("has no layers", () => {
    expect(layeredOf(walk.graph)).toBeNull();
  });
});

it("adds up where paths meet: x*x + x at 3 gives 3 + 3 + 1", () => {
  const walk = walkOf("paths");
  const at = (place: number) => knownAt(walk, place).arrived.get("x");
  expect(at(3)).toEqual({ parts: [], all: 3 });
  expect(at(lengthOf(walk))!.parts).toEqual([1, 3, 3]);
  expect(knownAt(walk, lengthOf(walk)).derivatives.get("x")).toBe(7);
});

describe("the layers of Mazur's network", () => {
  const walk = walkOf("mazur");
  const layered = layeredOf(walk.graph)!;

  it("are told by their names", () => {
    expect(layered.layers).toEqual([
      {
        z: ["net_h1", "net_h2"],
        a: ["out_h1", "out_h2"],
        weights: ["w1", "w2", "w3", "w4"],
        biases: ["b1"],
      },
      {
        z: ["net_o1", "net_o2"],
        a: ["out_o1", "out_o2"],
        weights: ["w5", "w6", "w7", "w8"],
        biases: ["b2"],
      },
    ]);
    expect(layered.roles.get("E")).toEqual({ part: "cost", layer: 2 });
  });

  it("light the equation that acts", () => {
    const at = (operation: string) =>
      equationsAt(layered, stopAt(walk, placeOf(walk, operation, true)));
    expect(at("E")).toEqual(["bp1"]);
    expect(at("out_o1")).toEqual(["bp1"]);
    expect(at("out_h1")).toEqual(["bp2"]);
    expect(at("net_o1")).toEqual(["bp3"]);
    const product = walk.graph.operations.find(({ formula }) => formula === "w5*out_h1")!.name;
    expect(at(product)).toEqual(["bp2", "bp4"]);
    const first = walk.graph.operations.find(({ formula }) => formula === "w1*i1")!.name;
    expect(at(first)).toEqual(["bp4"]);
    expect(equationsAt(layered, stopAt(walk, 3))).toEqual([]);
  });

  it("are one where net inputs are given: softmax", () => {
    expect(layeredOf(walkOf("softmax").graph)!.layers).toHaveLength(1);
    expect(layeredOf(walkOf("chain").graph)!.layers.map(({ z }) => z)).toEqual([
      ["z1"],
      ["z2"],
      ["z3"],
      ["z4"],
    ]);
  });
});
