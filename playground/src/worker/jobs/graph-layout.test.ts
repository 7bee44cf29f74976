import { expect, it } from "vitest";
import type { GraphLayout } from "../../protocol/jobs/graph-layout.ts";
import { runJob } from "./index.ts";

const sized = (id: string) => ({ id, width: 50, height: 44 });
const edge = (from: string, to: string, place = 0) => ({ key: `${to} ${place}`, from, to });
const label = { width: 62, height: 42 };

const layoutOf = (ids: readonly string[], edges: ReturnType<typeof edge>[]): Promise<GraphLayout> =>
  runJob("graphLayout", { nodes: ids.map(sized), edges, label }, null);

it("puts what is computed later further to the right, and boxes beside each other", async () => {
  const nodes = ["x", "y", "sum", "square"];
  const { boxes, width, height } = await layoutOf(nodes, [
    edge("x", "sum"),
    edge("y", "sum", 1),
    edge("sum", "square"),
  ]);
  const [x, y, sum, square] = nodes.map((id) => boxes[id]!);
  expect(x!.x).toBeLessThan(sum!.x);
  expect(sum!.x).toBeLessThan(square!.x);
  expect(Math.abs(x!.y - y!.y)).toBeGreaterThan(x!.height);
  for (const box of Object.values(boxes)) {
    expect(box.x + box.width / 2).toBeLessThanOrEqual(width);
    expect(box.y + box.height / 2).toBeLessThanOrEqual(height);
  }
});

it("draws both edges of x*x, with labels apart", async () => {
  const { edges } = await layoutOf(["x", "p"], [edge("x", "p", 0), edge("x", "p", 1)]);
  expect(edges.map(({ key }) => key)).toEqual(["p 0", "p 1"]);
  expect(Math.abs(edges[0]!.label[1] - edges[1]!.label[1])).toBeGreaterThanOrEqual(label.height);
});

it("has a place for names that every object has", async () => {
  const nodes = ["constructor", "__proto__", "toString"];
  const edges = [edge("constructor", "toString"), edge("__proto__", "toString", 1)];
  const { boxes } = await layoutOf(nodes, edges);
  expect(Object.keys(boxes)).toEqual(nodes);
  expect(Object.values(boxes).every(({ x, y }) => Number.isFinite(x + y))).toBe(true);
});

it("is the same each time", async () => {
  const nodes = ["a", "b", "c", "d"];
  const edges = [edge("a", "c"), edge("b", "c", 1), edge("c", "d"), edge("a", "d", 1)];
  expect(await layoutOf(nodes, edges)).toEqual(await layoutOf(nodes, edges));
});
