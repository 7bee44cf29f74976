import { computationOf, parseExpression } from "neurite/inspect";
import { describe, expect, it } from "vitest";
import { symbolicOf } from "./symbolic.ts";

const symbolic = (text: string, point: Record<string, number>) => {
  const expression = parseExpression(text);
  return symbolicOf(expression, computationOf(expression, point));
};
const formula = async (text: string, point: Record<string, number>) => {
  return (await symbolic(text, point)).derivatives.map((found) => found.formula);
};

describe("symbolic derivatives", () => {
  it("are tidy, and in the names of the expression", async () => {
    expect(await formula("1/(exp(-(w*x+b))+1)", { w: 0, x: 1, b: 0 })).toEqual([
      "x * exp(-(w * x + b)) / (exp(-(w * x + b)) + 1) ^ 2",
      "w * exp(-(w * x + b)) / (exp(-(w * x + b)) + 1) ^ 2",
      "exp(-(w * x + b)) / (exp(-(w * x + b)) + 1) ^ 2",
    ]);
    expect(await formula("i^3 - 2*i + 5", { i: 2 })).toEqual(["3 * i ^ 2 - 2"]);
    expect(await formula("x - y, 7", { x: 2, y: 1 })).toEqual(["1", "-1", "0", "0"]);
  });

  it.each([
    ["tanh(x)*exp(y)/x - sqrt(y)^3", { x: 0.7, y: 1.3 }],
    ["h = sigmoid(x*y); softplus(h) - log1p(h^2)*expm1(-y)", { x: -0.4, y: 2 }],
    ["tan(x)*|y| - square(x) + 2^x - -y*(0 - x)", { x: 0.3, y: -1.7 }],
    ["cos(sin(x + 0*y))*1 + y^-2 + (-x)*(-y)", { x: 0.9, y: 0.6 }],
  ])("of %s have the value of automatic differentiation", async (text, point) => {
    const { derivatives } = await symbolic(text, point);
    expect(derivatives.map(({ input }) => input)).toEqual(["x", "y"]);
    for (const { value, automatic } of derivatives) expect(value).toBeCloseTo(automatic, 12);
  });

  it("grow with the square of a chain, where automatic ones grow in proportion", async () => {
    const chain = `${"sin(".repeat(12)}x${")".repeat(12)}`;
    const { growth } = await symbolic(chain, { x: 1 });
    expect(growth.map((row) => row.symbolic)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    const [first, last] = [growth[0]!.automatic, growth[11]!.automatic];
    expect(last).toBeLessThanOrEqual(12 * first);
  });

  it("stop where they would fill pages, and say so", async () => {
    const doubled = Array.from({ length: 40 }, (_, i) => `a${i + 1} = a${i}*a${i}`).join(";");
    const { derivatives, growth, notes } = await symbolic(doubled, { a0: 1 });
    expect(derivatives).toEqual([]);
    expect(notes).toEqual([
      "a40 is over 400 names and numbers, written out: its derivatives are not.",
    ]);
    expect(growth).toHaveLength(16);
    const deep = await symbolic(Array(350).fill("x").join("+"), { x: 1 });
    expect(deep.derivatives).toEqual([]);
    expect(deep.notes).toEqual([
      "f is over 120 operations inside each other, written out: its derivatives are not.",
    ]);
    expect(deep.growth.map((row) => row.symbolic).filter((size) => size !== null)).toHaveLength(5);
    expect(growth.at(-1)).toMatchObject({ name: "a40", expression: 2 ** 40, symbolic: null });
    expect(await symbolic("relu(x) + erf(x)", { x: 1 })).toEqual({
      derivatives: [],
      growth: [],
      notes: ["There is no symbolic rule for relu, erf here."],
    });
  });
});
