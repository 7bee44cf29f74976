/** Numbers that the later lessons state in their words: of the books, in closed form, or measured and held. */
import { describe, expect, it } from "vitest";
import { run as algorithm } from "./algorithm-41/program.ts";
import { run as chain } from "./chain/program.ts";
import { run as graph } from "./computation-graph/program.ts";
import { run as relu } from "./dead-relu/program.ts";
import { run as features } from "./feature-space/program.ts";
import { run as modes } from "./forward-reverse/program.ts";
import { run as keras } from "./keras/program.ts";
import { run as surface } from "./loss-surface/program.ts";
import { run as losses } from "./losses/program.ts";
import { run as saturated } from "./saturated-neuron/program.ts";
import { run as softmax } from "./softmax/program.ts";
import { run as graphs } from "./static-dynamic/program.ts";
import { run as ways } from "./three-ways/program.ts";
import { run as slowly } from "./what-learns-slowly/program.ts";
import { run as xor } from "./xor-net/program.ts";

const rounded = (values: readonly (number | string)[], digits: number) =>
  values.map((value) => Number(Number(value).toFixed(digits)));

describe("what later lessons say", () => {
  it("of losses: 0.125, 0.25, 0.6931; slopes -0.99 and -100; 0.145 twice", () => {
    const { tables, numbers } = losses({ loss: "quadratic", y: 1, a: 0.5 });
    expect(
      rounded(
        tables.all.map(([value]) => value!),
        4,
      ),
    ).toEqual([0.125, 0.25, Number(Math.LN2.toFixed(4))]);
    expect(numbers.pairQuadratic).toBeCloseTo(0.145, 12);
    expect(numbers.pairMean).toBeCloseTo(0.145, 12);
    const wrong = losses({ loss: "crossEntropy", y: 1, a: 0.01 });
    expect(wrong.tables.all[0]![1]).toBeCloseTo(-0.99, 9);
    expect(wrong.numbers.slope).toBeCloseTo(-100, 4);
    expect(losses({ loss: "crossEntropy", y: 0, a: 0.1 }).numbers.value).toBeCloseTo(0.1054, 4);
  });

  it("of a saturated neuron: 0.203 against 0.0120, 0.094 against 0.0116, 56.6 times", () => {
    const far = saturated({ w: 2, b: 2, rate: 0.15, epochs: 300 });
    expect(rounded([far.numbers.first], 2)).toEqual([0.98]);
    expect(far.numbers.quadratic).toBeCloseTo(0.203, 3);
    expect(far.numbers.crossEntropy).toBeCloseTo(0.012, 4);
    expect(far.numbers.factor).toBeCloseTo(56.6, 1);
    // What the words call flat.
    expect(far.curves.quadraticCurve.y[150]).toBeGreaterThan(0.9);
    const near = saturated({ w: 0.6, b: 0.9, rate: 0.15, epochs: 300 }).numbers;
    expect(near.quadratic).toBeCloseTo(0.094, 3);
    expect(near.crossEntropy).toBeCloseTo(0.0116, 4);
  });

  it("of softmax: shares, what is sent back, and σ", () => {
    const { tables, numbers } = softmax({ z1: 3, z2: 1, z3: -3 });
    const column = (i: number) =>
      rounded(
        tables.units.map((row) => row[i]!),
        4,
      );
    expect(column(1)).toEqual([0.8789, 0.1189, 0.0022]);
    expect(column(2)).toEqual([0.9517, 0.0474, 0.0009]);
    expect(column(3)).toEqual([-0.1211, 0.1189, 0.0022]);
    expect(column(4)).toEqual(column(3));
    expect(numbers.loss).toBeCloseTo(0.1291, 4);
    expect(tables.units[1]![2]! / tables.units[1]![1]!).toBeCloseTo(0.398, 3);
    expect(numbers.two).toBeCloseTo(numbers.sigma, 14);
    expect(numbers.a1in32).toBeLessThan(1);
    expect(softmax({ z1: 40, z2: 1, z3: -3 }).numbers.a1in32).toBe(1);
  });

  it("of what learns slowly: the large weight, and that without input", () => {
    const { tables } = slowly({ w: 1.5, x: 1, b: 0 });
    expect(rounded(tables.two[0]!, 5)).toEqual([1.5, 0.14915, 0.12194]);
    expect(rounded(tables.two[1]!, 5)).toEqual([4, 0.01766, 0.01735]);
    expect(Math.abs(slowly({ w: 1.5, x: 0, b: 0 }).numbers.gradient)).toBe(0);
    const best = slowly({ w: 4, x: 1, b: Math.log(2) - 4 }).numbers;
    expect(best.gradient).toBeCloseTo(4 / 27, 12);
    expect(best.gradient).toBeCloseTo(best.byRule, 14);
  });

  it("of a chain: 1/64, 15,625, a balance at 9.5, and the widest window at 6.894", () => {
    expect(chain({ w: 1, z: 0 }).numbers.ratio).toBeCloseTo(1 / 64, 12);
    expect(chain({ w: 100, z: 0 }).numbers.ratio).toBeCloseTo(15_625, 6);
    expect(chain({ w: 9.5, z: 2 }).numbers.factor).toBeCloseTo(1, 2);
    const widest = chain({ w: 6.894, z: 0 }).numbers.window;
    expect(widest).toBeCloseTo(0.4477, 4);
    for (const w of [6.8, 7]) expect(chain({ w, z: 0 }).numbers.window).toBeLessThan(widest);
    // At both ends of the window the factor is 1.
    const z = (6.894 * widest) / 2;
    expect(chain({ w: 6.894, z }).numbers.factor).toBeCloseTo(1, 6);
  });

  it("of a dying ReLU: from 1/420 on; -39 and -2; Leaky ReLU and ELU come back", () => {
    const at = (eta: number) => relu({ activation: "relu", eta, steps: 0 }).numbers;
    expect(at(1 / 420 + 1e-9).alive).toBe(0);
    expect(at(1 / 420 - 1e-9).alive).toBeGreaterThan(0);
    expect([at(0.1).w, at(0.1).b]).toEqual([-39, -2]);
    expect([at(0.01).w, at(0.01).b, at(0.01).gradient]).toEqual([-3, -0.2, 0]);
    const lossOf = (activation: "relu" | "leaky" | "elu") =>
      relu({ activation, eta: 0.01, steps: 2000 }).numbers.loss;
    expect(lossOf("relu")).toBeGreaterThan(0.1);
    expect(lossOf("leaky")).toBeLessThan(1e-4);
    expect(lossOf("elu")).toBeLessThan(1e-4);
  });

  it("of figure 4.8: 0.25, 0.25 and 0; paths that add to 7", () => {
    const { tables, numbers } = graph({ x: 1, w: 0, b: 0 });
    expect(tables.steps.map(([value]) => value)).toEqual([0, 0, -0, 1, 2, 0.5]);
    expect(tables.steps.map(([, adjoint]) => adjoint)).toEqual([
      0.25, 0.25, -0.25, -0.25, -0.25, 1,
    ]);
    expect([numbers.byX, numbers.byW, numbers.byB]).toEqual([0, 0.25, 0.25]);
    const twice = graph({ x: 3, w: 0, b: 0 });
    expect(twice.numbers.twice).toBe(7);
    expect(twice.tables.paths).toEqual([[1], [3], [3]]);
  });

  it("of both modes: 1, 1, -1, -1, -1, 0.25; 23,860 passes; as many as inputs, or outputs", () => {
    const { tables, numbers } = modes({ inputs: 3, outputs: 2 });
    expect(tables.modes.map(([tangent]) => tangent)).toEqual([1, 1, -1, -1, -1, 0.25]);
    expect(numbers).toMatchObject({ parameters: 23_860, forward: 3, reverse: 2, h5: -0.25 });
    expect(numbers.difference).toBeLessThan(1e-15);
  });

  it("of figure 4.9: no critical point, bends of both signs, 4.9735 against 0.9862", () => {
    const zero = surface({ loss: "negativeLog", w1: 0, w2: 0 }).numbers;
    expect(rounded([zero.most, zero.least], 4)).toEqual([0.1601, -0.0976]);
    expect([zero.place, zero.byW2]).toEqual([0, -0.25]);
    const squared = surface({ loss: "squared", w1: 0, w2: 0 }).numbers;
    expect(rounded([squared.most, squared.least], 4)).toEqual([0.08, -0.0488]);
    expect(surface({ loss: "negativeLog", w1: 5, w2: -5 }).numbers.value).toBeCloseTo(4.9735, 4);
    expect(surface({ loss: "squared", w1: 5, w2: -5 }).numbers.value).toBeCloseTo(0.9862, 4);
  });

  it("of algorithm 4.1: 640 updates an epoch, 2 epochs, 83.5 %; 45.5 % where it stops at once", () => {
    const { numbers } = algorithm({ alpha: 0.2, lambda: 0.01, patience: 1, seed: 1 });
    expect(numbers.kept).toBeCloseTo(0.998, 12);
    expect(numbers.kept ** numbers.updates).toBeCloseTo(0.278, 3);
    expect(numbers.apart).toBeLessThan(1e-15);
    const plain = algorithm({ alpha: 0.2, lambda: 0, patience: 1, seed: 1 }).numbers;
    expect(plain).toMatchObject({ updates: 640, epochs: 2 });
    expect(plain.test).toBeCloseTo(0.835, 12);
    const slow = algorithm({ alpha: 0.01, lambda: 0, patience: 1, seed: 1 }).numbers;
    expect(slow.epochs).toBe(1);
    expect(slow.test).toBeCloseTo(0.455, 12);
  });

  it("of three ways: 90 factors against 18; the central difference is best at 1e-5", () => {
    const { numbers, curves } = ways({ factors: 10, exponent: 5 });
    expect([numbers.written, numbers.automatic]).toEqual([90, 18]);
    expect(numbers.apart).toBeLessThan(1e-14);
    expect(numbers.best).toBeCloseTo(-5, 12);
    expect(numbers.centralError).toBeLessThan(1e-11);
    expect(curves.centralCurve.y.at(-1)! / numbers.exact).toBeCloseTo(1 / 8, 1);
  });

  it("of exclusive or with hidden units: 4 of 6 starts with two, all with three, and the trap", () => {
    const two = xor({ hidden: 2, seed: 0, steps: 2000 });
    expect(two.numbers.solved).toBe(4);
    expect(two.numbers.loss).toBeCloseTo(0.35, 3);
    expect(two.numbers.loss).toBeGreaterThan(Math.LN2 / 2);
    for (const seed of [0, 4]) expect(two.tables.seeds[seed]![1]).toBeGreaterThan(Math.LN2 / 2);
    const halves = two.tables.truth.filter((row) => Math.abs(row[3]! - 0.5) < 0.05);
    expect(halves).toHaveLength(2);
    expect(xor({ hidden: 3, seed: 0, steps: 2000 }).numbers.solved).toBe(6);
  });

  it("of features: parted by a line once learnt, not before; random ones give 21 of 40", () => {
    const { numbers } = features({ learns: "both", space: "hidden", seed: 5, steps: 1000 });
    expect([numbers.inputMargin, numbers.marginBefore, numbers.right]).toEqual([0, 0, 1]);
    expect(numbers.margin).toBeCloseTo(0.62, 2);
    const head = features({ learns: "head", space: "hidden", seed: 5, steps: 1000 }).numbers;
    expect(head.right).toBeCloseTo(21 / 40, 12);
    const trapped = features({ learns: "both", space: "hidden", seed: 1, steps: 1000 }).numbers;
    expect(trapped.right).toBeCloseTo(0.825, 12);
  });

  it("of Keras's snippet: 7,114 parameters, 34.6 % after one epoch, 86.2 % after five", async () => {
    const five = (await keras({ hidden: 64, optimizer: "sgd", epochs: 5 })).numbers;
    expect(five.parameters).toBe(7114);
    expect(five.accuracy).toBeCloseTo(0.862, 2);
    const one = (await keras({ hidden: 64, optimizer: "sgd", epochs: 1 })).numbers;
    expect(one.accuracy).toBeCloseTo(0.346, 2);
  });

  it("of graphs: an if is refused by compile, cond is not, 30 nodes are one kernel", () => {
    const { tables, numbers } = graphs({ way: "cond", w: -1.5, steps: 20 });
    expect(tables.ways).toEqual([[1], [0], [1]]);
    expect(numbers).toMatchObject({ nodes: 30, kernels: 1 });
    expect(numbers.difference).toBeLessThanOrEqual(1e-15);
    // Both branches are taken on the way.
    const { end } = graphs({ way: "dynamic", w: -1.5, steps: 1 }).numbers;
    expect(end).not.toBe(-1.5);
  });
});
