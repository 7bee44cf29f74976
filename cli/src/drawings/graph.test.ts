import { graphOf, tensor } from "neurite";
import { annotate } from "neurite/inspect";
import { describe, expect, it } from "vitest";
import { drawGraph, type GraphDrawing } from "./graph.ts";
import { libraryDrawing } from "./graph-data.ts";
import { graphFigure } from "./graph-figure.ts";
import { standaloneSvg } from "./standalone.ts";

const drawing: GraphDrawing = {
  title: "a <graph>",
  nodes: [
    { id: "x", kind: "input", lines: ["x = 1", "df/dx = 2"] },
    { id: "h", kind: "operation", lines: ["h1", "x & y"] },
    { id: "c", kind: "constant", lines: ["3"] },
  ],
  edges: [
    { from: "x", to: "h", value: "1", gradient: "2" },
    { from: "x", to: "h", value: "1", gradient: "4" },
    { from: "c", to: "h" },
  ],
};

/** Where the text of each word is. */
function places(svg: string): Map<string, { x: number; y: number }> {
  const found = svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g);
  return new Map([...found].map(([, x, y, word]) => [word!, { x: Number(x), y: Number(y) }]));
}

describe("drawGraph", () => {
  it("puts the value above the gradient, and escapes what it says", () => {
    const svg = drawGraph(drawing);
    expect(svg).toContain('aria-label="a &lt;graph&gt;"');
    expect(svg).toContain(">x &amp; y<");
    const at = places(svg);
    expect(at.get("1")!.y).toBeLessThan(at.get("4")!.y);
    expect(at.get("x = 1")!.x).toBeLessThan(at.get("h1")!.x);
    expect(svg.match(/<polygon /g)).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it("runs down for narrow pages", () => {
    const at = places(drawGraph(drawing, "down"));
    expect(at.get("x = 1")!.y).toBeLessThan(at.get("h1")!.y);
    const html = graphFigure(drawing, "caption");
    expect(html.match(/on-wide|on-narrow/g)).toEqual(["on-wide", "on-narrow"]);
  });

  it("scrolls to the right what would be wide either way", () => {
    const nodes = Array.from({ length: 12 }, (_, i) => {
      return { id: `x${i}`, kind: "input", lines: [`a long name ${i}`] } as const;
    });
    expect(graphFigure({ title: "", nodes, edges: [] }, "")).not.toContain("on-narrow");
  });

  it("stands alone with colours for light and dark", () => {
    const file = standaloneSvg(drawGraph(drawing));
    expect(file).toMatch(
      /^<svg [^>]*xmlns=[^>]*>\n<style>.*prefers-color-scheme: dark.*<\/svg>\n$/s,
    );
  });
});

describe("a graph of the library", () => {
  const graph = graphOf(
    ({ x, w }) => x.matmul(w).tanh().mul(2).sum(),
    [{ x: tensor([[1, 2]]), w: tensor([[0.5], [0.25]]) }],
  );

  it("has types on its edges", () => {
    const { nodes, edges } = libraryDrawing(graph, "graph");
    const named = (kind: string) =>
      nodes.filter((node) => node.kind === kind).map(({ lines }) => lines[0]);
    expect(named("input").sort()).toEqual(["w", "x"]);
    expect(named("operation")).toEqual(["matmul", "tanh", "reshape", "mul", "sum"]);
    expect(named("constant")).toEqual(["2"]);
    expect(edges.map(({ value }) => value)).toContain("[1, 1]");
    expect(drawGraph({ title: "", nodes, edges })).not.toMatch(/NaN|undefined/);
  });

  it("or values and gradients", () => {
    const inputs = graph.inputs.map(({ type: { dtype, shape } }) => {
      return { dtype, shape, data: Float32Array.of(1, 2) };
    });
    const { edges } = libraryDrawing(graph, "", annotate(graph, inputs, { gradients: true }));
    expect(edges.at(-1)).toMatchObject({ value: expect.stringMatching(/^\d/), gradient: "1" });
  });
});
