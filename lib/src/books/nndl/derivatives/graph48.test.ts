import { describe, expect, it } from "vitest";
import { claims, evaluate, graph } from "./graph48.ts";

it.each(claims())("figure 4.8: $name", (claim) => {
  expect(claim).toMatchObject({ holds: true, tolerance: 0 });
});

describe("evaluate", () => {
  const point = { x: 0.7, w: -1.3, b: 0.4 };

  it("has local derivatives whose product along each path is the gradient", () => {
    const { local, gradient } = evaluate(point);
    const above = local["dh3/dh2"] * local["dh4/dh3"] * local["dh5/dh4"] * local["dh6/dh5"];
    expect(gradient.w).toBeCloseTo(above * local["dh2/dh1"] * local["dh1/dw"], 15);
    expect(gradient.x).toBeCloseTo(above * local["dh2/dh1"] * local["dh1/dx"], 15);
    expect(gradient.b).toBeCloseTo(above * local["dh2/db"], 15);
  });
  it("is the logistic function", () => {
    const { values, gradient } = evaluate(point);
    const a = 1 / (1 + Math.exp(-(0.7 * -1.3 + 0.4)));
    expect(values.h6).toBeCloseTo(a, 15);
    expect(gradient.b).toBeCloseTo(a * (1 - a), 15);
  });
});

describe("graph", () => {
  it("names the figure's six steps", () => {
    const named = graph().nodes.filter((node) => node.op !== "constant");
    expect(named.map(({ path, op }) => `${path} ${op}`)).toEqual([
      "h1 mul",
      "h2 add",
      "h3 mul",
      "h4 exp",
      "h5 add",
      "h6 div",
    ]);
  });
  it("reads x, w and b", () => {
    expect(graph().inputs.map(({ name }) => name)).toEqual(["x", "w", "b"]);
  });
});
