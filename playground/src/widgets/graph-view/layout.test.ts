import { expect, it } from "vitest";
import { type GraphEdge, type GraphNode, layoutOf } from "./layout.ts";

const node = (id: string): GraphNode => ({ id, kind: "operation", label: id });
const edge = (from: string, to: string, place = 0): GraphEdge => {
  return { key: `${to} ${place}`, from, to };
};

it("puts what is computed later further to the right, and boxes beside each other", () => {
  const nodes = ["x", "y", "sum", "square"].map(node);
  const { boxes, width, height } = layoutOf(nodes, [
    edge("x", "sum"),
    edge("y", "sum", 1),
    edge("sum", "square"),
  ]);
  const [x, y, sum, square] = nodes.map(({ id }) => boxes.get(id)!);
  expect(x!.x).toBeLessThan(sum!.x);
  expect(sum!.x).toBeLessThan(square!.x);
  expect(Math.abs(x!.y - y!.y)).toBeGreaterThan(x!.height);
  for (const box of boxes.values()) {
    expect(box.x + box.width / 2).toBeLessThanOrEqual(width);
    expect(box.y + box.height / 2).toBeLessThanOrEqual(height);
  }
});

it("draws both edges of x*x, with labels apart", () => {
  const { edges } = layoutOf(["x", "p"].map(node), [edge("x", "p", 0), edge("x", "p", 1)]);
  expect(edges.map(({ key }) => key)).toEqual(["p 0", "p 1"]);
  expect(Math.abs(edges[0]!.label[1] - edges[1]!.label[1])).toBeGreaterThanOrEqual(36);
});

it("is the same each time", () => {
  const nodes = ["a", "b", "c", "d"].map(node);
  const edges = [edge("a", "c"), edge("b", "c", 1), edge("c", "d"), edge("a", "d", 1)];
  expect(layoutOf(nodes, edges)).toEqual(layoutOf(nodes, edges));
});
