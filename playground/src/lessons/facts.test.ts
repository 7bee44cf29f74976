/** Numbers that lessons state in their words: of the books, or in closed form. */
import { explainExpression } from "neurite/inspect/expression";
import { describe, expect, it } from "vitest";
import { run as rules } from "./activation-rules/program.ts";
import { run as equations } from "./bp-equations/program.ts";
import { run as gate } from "./gates/program.ts";
import { run as descent } from "./gradient-descent/program.ts";
import { run as jacobians } from "./jacobians/program.ts";
import { run as collapse } from "./linear-collapse/program.ts";
import { run as mazur } from "./mazur/program.ts";
import { run as order } from "./mazur-order/program.ts";
import { run as neuron } from "./neuron/program.ts";
import { run as notation } from "./notation/program.ts";
import { run as family } from "./relu-family/program.ts";
import { run as sigmoids } from "./sigmoid-tanh/program.ts";
import { run as assumptions } from "./two-assumptions/program.ts";
import { run as line } from "./xor-one-line/program.ts";

describe("what lessons say", () => {
  it("of the four equations: the graph that is walked through gives the same gradients", () => {
    for (const cost of ["quadratic", "crossEntropy"] as const) {
      const { graphs, tables, numbers } = equations({ cost, y1: 0.1, y2: 0.9 });
      const { reverse, computation } = explainExpression(graphs.net.text, graphs.net.at);
      const slopes = new Map(reverse[0]!.derivatives.map(({ name, value }) => [name, value]));
      const names = ["w3_11", "w3_12", "w3_21", "w3_22", "w2_11", "w2_12", "w2_21", "w2_22"];
      names.forEach((name, i) => {
        expect(slopes.get(name)).toBeCloseTo(tables.weights[i]![1]!, 12);
      });
      expect(computation.outputs[0]!.value).toBeCloseTo(numbers.costNow, 12);
    }
  });

  it("of a neuron: z = 0.1, a = 0.52498; 3/4 at b = ln 3", () => {
    const { numbers } = neuron({ x1: 1, x2: 2, w1: 0.5, w2: -0.25, b: 0.1 });
    expect(numbers.z).toBeCloseTo(0.1, 12);
    expect(numbers.a).toBeCloseTo(0.52498, 5);
    expect(neuron({ x1: 1, x2: 2, w1: 0.5, w2: -0.25, b: Math.log(3) }).numbers.a).toBeCloseTo(
      0.75,
      12,
    );
  });

  it("of gates: four can be learnt; NAND makes a half adder, AND does not", () => {
    expect(gate({ gate: "nand", w1: -2, w2: -2, b: 3 }).numbers).toEqual({
      right: 4,
      added: 4,
      possible: 4,
    });
    expect(gate({ gate: "and", w1: 2, w2: 2, b: -3 }).numbers.added).toBeLessThan(4);
  });

  it("of exclusive or by one line: 3 of 4; a logistic unit ends at ln 2", () => {
    const { numbers, tables } = line({ w1: 2, w2: 2, b: -1, steps: 2000 });
    expect(numbers.best).toBe(3);
    expect(numbers.loss).toBeCloseTo(Math.LN2, 9);
    for (const row of tables.truth) expect(row[4]).toBeCloseTo(0.5, 4);
  });

  it("of sigmoids: 1/4 and 1 at 0, a step within 0.01 from c = 46, 0 in float32 from 17", () => {
    const { numbers } = sigmoids({ z: 0, c: 45 });
    expect([numbers.slope, numbers.tanhSlope, numbers.ratio]).toEqual([0.25, 1, 4]);
    expect(numbers.gap).toBeGreaterThan(0.01);
    expect(sigmoids({ z: 0, c: 46 }).numbers.gap).toBeLessThan(0.01);
    expect(sigmoids({ z: 6, c: 1 }).numbers.slope).toBeLessThan(0.0025);
    expect(sigmoids({ z: 16, c: 1 }).numbers.slope32).toBeGreaterThan(0);
    expect(sigmoids({ z: 17, c: 1 }).numbers.slope32).toBe(0);
    const { tanh, twice } = sigmoids({ z: 0.7, c: 1 }).numbers;
    expect(twice).toBeCloseTo(tanh, 14);
  });

  it("of ReLU's relatives at -1, and at 0", () => {
    const { tables, numbers } = family({ f: "elu", x: -1, leak: 0.01, gamma: 1 });
    const column = (c: 0 | 1) => tables.family.map((row) => Number(row[c]!.toFixed(4)));
    expect(column(0)).toEqual([0, -0.01, -0.6321, 0.3133]);
    expect(column(1)).toEqual([0, 0.01, 0.3679, 0.2689]);
    expect(numbers.reluAtZero).toBe(0);
    expect(family({ f: "elu", x: 0, leak: 0.01, gamma: 1.5 }).numbers.slope).toBeCloseTo(1.5, 12);
  });

  it("of rules for activations: sin learns, a step moves no weight below it", () => {
    const { tables, numbers } = rules({ activation: "step", seed: 1, steps: 300 });
    const [relu, tanh, sin, step] = tables.all;
    for (const [right] of [relu!, tanh!, sin!]) expect(right).toBeGreaterThanOrEqual(0.95);
    expect(step![1]).toBe(0);
    expect(numbers.moved).toBe(0);
  });

  it("of linear layers: 59 %, to the last point the same; no difference on whole numbers", () => {
    const { numbers } = collapse({ activation: "linear", hidden: 2, steps: 300 });
    expect(numbers.one).toBeCloseTo(0.59, 12);
    expect([numbers.better, numbers.difference]).toEqual([0, 0]);
  });

  it("of notation: 2 layers or 3, and 23,860 parameters", () => {
    const { numbers, tables } = notation({ hidden: 1, units: 30 });
    expect(numbers).toMatchObject({ nndl: 2, nielsen: 3, parameters: 23_860 });
    expect(tables.layers[0]![3]).toBe("30 × 784");
  });

  it("of gradient descent: -0.08 promised, -0.0792 real; none at 1, the bottom at 1/2", () => {
    const { numbers } = descent({ v1: 1, v2: 1, eta: 0.01, steps: 1 });
    expect(numbers.promised).toBeCloseTo(-0.08, 12);
    expect(numbers.real).toBeCloseTo(-0.0792, 12);
    expect(descent({ v1: 1, v2: 1, eta: 1, steps: 1 }).numbers.real).toBe(0);
    expect(descent({ v1: 1, v2: 1, eta: 0.5, steps: 1 }).numbers.after).toBe(0);
    expect(descent({ v1: 1, v2: 1, eta: 1.01, steps: 1 }).numbers.real).toBeGreaterThan(0);
  });

  it("of the two assumptions: batches break the first alone, L2 the second alone", () => {
    const { tables, numbers } = assumptions({ cost: "l2", lambda: 0.5 });
    const [quadratic, batch, l2] = tables.all;
    expect(quadratic![0]).toBeLessThanOrEqual(1e-14);
    expect(batch![0]).toBeGreaterThan(0.01);
    expect(batch![1]).toBe(0);
    expect(l2![0]).toBeLessThanOrEqual(1e-14);
    expect(numbers.beside).toBeCloseTo(0.35, 12);
  });

  it.each(["quadratic", "crossEntropy"] as const)(
    "of BP1 to BP4: they are %s's gradient",
    (cost) => {
      const { numbers, net } = equations({ cost, y1: 0, y2: 1 });
      expect(numbers.difference).toBeLessThanOrEqual(1e-12);
      expect(numbers.largest).toBe(1);
      if (cost === "crossEntropy") expect(numbers.delta1).toBeCloseTo(net.layers[2]!.a[0]!, 14);
      else expect(numbers.delta1).toBeCloseTo(0.148, 3);
    },
  );

  it("of Jacobians: I, diag(0.25, 0.10499), and one entry that leaves delta_i a_j", () => {
    const { tables, numbers } = jacobians({ z1: 0, z2: 2, i: 2, j: 3 });
    expect(tables.byBias).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(tables.byNetInput[0]).toEqual([0.25, 0]);
    expect(numbers.s2).toBeCloseTo(0.10499, 5);
    expect(tables.byOneWeight[0]).toEqual([0, 1]);
    expect(numbers.inner).toBeCloseTo(-0.2, 14);
    expect(numbers.byRule).toBeCloseTo(numbers.product, 14);
  });

  it("of Mazur's example, to ten digits", () => {
    const { numbers } = mazur({ w5: 0.4, rate: 0.5, updates: 0 });
    expect(numbers.error).toBeCloseTo(0.298371109, 9);
    expect(numbers.o1).toBeCloseTo(0.75136507, 8);
    const factors = [numbers.toOut, numbers.toNet, numbers.toW5];
    expect(factors.map((x) => x.toFixed(6))).toEqual(["0.741365", "0.186816", "0.593270"]);
    expect(numbers.byRule).toBeCloseTo(0.08216704056, 11);
    const once = mazur({ w5: 0.4, rate: 0.5, updates: 1 }).numbers;
    expect(once.w5now).toBeCloseTo(0.3589164797, 10);
    expect(once.error).toBeCloseTo(0.2910277737, 10);
  });

  it("of its two orders, and of its biases", () => {
    const { tables } = order({ scheme: "sequential", biases: "fixed", updates: 10_000 });
    expect(tables.schemes[0]![1]).toBeCloseTo(3.510188e-5, 11);
    expect(tables.schemes[1]![1]).toBeCloseTo(3.508479e-5, 11);
    expect(tables.schemes[1]![0]).toBeCloseTo(0.291027924, 9);
    const learnt = order({ scheme: "simultaneous", biases: "learnt", updates: 10_000 });
    expect(learnt.numbers.error).toBeCloseTo(4.3553e-6, 9);
  });
});
