import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer, simpleRnn } from "../../nn/index.ts";
import { tensor } from "../../tensor/create.ts";
import { key, normal, uniform } from "../../tensor/random.ts";
import { sequential } from "../../train/index.ts";
import { backpropagationOf } from "../model/backpropagation.ts";
import { gradientFlow } from "./flow.ts";
import { flowRowsOf } from "./flow-row.ts";
import { FLAT, statisticsOf, steepestOf } from "./statistics.ts";

const x = normal(key(1), [40, 2]);
const y = Array.from({ length: 40 }, (_, i) => [Number(x.data[2 * i]! * x.data[2 * i + 1]! > 0)]);

function compiled(optimizer: object = { name: "sgd", learningRate: 0.5 }) {
  const model = sequential([
    inputLayer([2]),
    dense(4, { activation: "tanh" }),
    dense(1, { activation: "sigmoid" }),
  ]);
  return model.compile({ loss: "binaryCrossentropy", optimizer: optimizer as { name: "sgd" } });
}

describe("gradientFlow", () => {
  it("measures before the first step and then every some steps", async () => {
    const model = compiled();
    const flow = gradientFlow({ model, x, y, every: 5 });
    await model.fit(x, y, { epochs: 3, batchSize: 10, callbacks: [flow] });
    expect(flow.rows.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 0],
      [5, 1.25],
      [10, 2.5],
    ]);
    expect(flow.rows[0]!.layers.map(({ name, activation }) => [name, activation])).toEqual([
      ["dense1", "tanh"],
      ["dense2", "sigmoid"],
    ]);
    expect(flow.rows[0]!.layers[0]).toMatchObject({ updateRatio: null, updateAngle: null });
  });

  it("changes nothing of the run", async () => {
    const [plain, watched] = [compiled(), compiled()];
    const options = { epochs: 3, batchSize: 7 };
    await plain.fit(x, y, options);
    const flow = gradientFlow({ model: watched, x, y, every: 2 });
    await watched.fit(x, y, { ...options, callbacks: [flow] });
    for (const [path, variable] of plain.instance.params.variables) {
      expect(watched.instance.params.variables.get(path)!.data).toEqual(variable.data);
    }
  });

  it("gives the norms of the gradient, and the ratio of a real step", async () => {
    const model = compiled();
    const found = backpropagationOf(model, x, y);
    const norm = (data: ArrayLike<number>) => Math.hypot(...Array.from(data));
    const before = Array.from(model.layer("dense1")["w"]!.data);
    const flow = gradientFlow({ model, x, y, every: 1, examples: 40 });
    await model.fit(x, y, { batchSize: 40, callbacks: [flow] });
    const [start, next] = flow.rows;
    const gradient = found.layers[1]!.gradients.get("w")!;
    const [first, later] = [start!.layers[0]!, next!.layers[0]!];
    expect(start!.loss).toBeCloseTo(found.cost, 5);
    expect(first.weightGradient).toBeCloseTo(norm(gradient.data as never), 5);
    expect(first.weights).toBeCloseTo(norm(before), 5);
    // One step on all examples: w moves by 0.5 times the gradient.
    const after = Array.from(model.layer("dense1")["w"]!.data);
    const change = norm(after.map((w, i) => w - before[i]!));
    expect(change).toBeCloseTo(0.5 * first.weightGradient!, 5);
    expect(later.updateRatio).toBeCloseTo(change / norm(before), 5);
    const cosine =
      after.reduce((sum, w, i) => sum + w * before[i]!, 0) / norm(after) / norm(before);
    expect(later.updateAngle).toBeCloseTo((Math.acos(cosine) * 180) / Math.PI, 3);
  });

  it("keeps at most 128 rows: every second is dropped, and the interval doubled", async () => {
    const model = compiled();
    const flow = gradientFlow({ model, x, y, every: 1, examples: 4 });
    await model.fit(x, y, { epochs: 40, batchSize: 10, callbacks: [flow] });
    const steps = flow.rows.map(({ step }) => step);
    expect(steps[1]).toBe(2);
    expect(steps).toEqual(steps.map((_, i) => 2 * i));
    expect(steps.length).toBeLessThanOrEqual(128);
  });

  it("goes on after save and load, and in a checkpoint's JSON", async () => {
    const [whole, half] = [compiled(), compiled()];
    const all = gradientFlow({ model: whole, x, y, every: 3 });
    await whole.fit(x, y, { epochs: 2, batchSize: 10, callbacks: [all] });
    const first = gradientFlow({ model: half, x, y, every: 3 });
    const { epochs } = await half.fit(x, y, { epochs: 1, batchSize: 10, callbacks: [first] });
    const second = gradientFlow({ model: half, x, y, every: 3 });
    second.load!(JSON.parse(JSON.stringify(first.save!())));
    const options = { epochs: 2, batchSize: 10, resume: epochs };
    await half.fit(x, y, { ...options, callbacks: [second] });
    expect(second.rows).toEqual(all.rows);
    const kept = JSON.parse(JSON.stringify({ gradientFlow: second.save!() }));
    expect(flowRowsOf(kept)).toEqual(all.rows);
    expect(flowRowsOf({})).toBe(null);
    expect(() => second.load!({ rows: 3 })).toThrow("what was saved of it");
  });

  it("sees images and sequences", async () => {
    const labels = tensor([0, 1, 1, 0], "int32");
    const net = (layers: Parameters<typeof sequential>[0]) =>
      sequential(layers).compile({ loss: "logLikelihood", optimizer: "adam" });
    const end = dense(2, { activation: "softmax" });
    const images = net([
      inputLayer([5, 5, 1]),
      conv2d(3, 2, { activation: "relu" }),
      flatten(),
      end,
    ]);
    const flow = gradientFlow({
      model: images,
      x: uniform(key(2), [4, 5, 5, 1]),
      y: labels,
      epochs: 3,
    });
    await images.fit(uniform(key(2), [4, 5, 5, 1]), labels, { epochs: 3, callbacks: [flow] });
    expect(flow.rows.length).toBe(4);
    expect(flow.rows[3]!.layers.map(({ name }) => name)).toEqual(["conv2d1", "dense1"]);
    expect(flow.rows[3]!.layers[1]).toMatchObject({ flat: null, dead: null });
    const words = net([inputLayer([3, 2]), simpleRnn(3), end]);
    const other = gradientFlow({ model: words, x: normal(key(3), [4, 3, 2]), y: labels, every: 1 });
    await words.fit(normal(key(3), [4, 3, 2]), labels, { callbacks: [other] });
    expect(other.rows[1]!.layers[0]!.weightGradient).toBeGreaterThan(0);
  });

  it("refuses options that mean nothing", () => {
    const model = compiled();
    expect(() => gradientFlow({ model, x, y, evry: 3 } as never)).toThrow('Did you mean "every"?');
    expect(() => gradientFlow({ model, x, y, every: 0 })).toThrow("every");
    expect(() => gradientFlow({ model, x: [[1]], y: [[1]] })).toThrow("gradientFlow: ");
    expect(() => gradientFlow({ model: {} as never, x, y })).toThrow("model");
  });
});

describe("statisticsOf", () => {
  it("finds flat slopes, dead units and zeros", () => {
    const model = sequential([
      inputLayer([1]),
      dense(3, { activation: "relu" }),
      dense(1, { activation: "sigmoid" }),
    ]).compile({ loss: "crossEntropy", optimizer: "sgd" });
    model.layer("dense1")["w"]!.assign(tensor([[1, 1, -1]]));
    model.layer("dense1")["b"]!.assign(tensor([0, -8, 0]));
    model.layer("dense2")["w"]!.assign(tensor([[10], [0], [0]]));
    const found = statisticsOf(
      backpropagationOf(model, [[1], [2], [-1], [-2]], [[1], [1], [0], [0]]),
    );
    const [hidden, output] = found.slice(1);
    expect(hidden).toMatchObject({ flat: 8 / 12, dead: [1], zeros: 8 / 12, units: 3 });
    expect(hidden!.z!.mean).toBeCloseTo(-8 / 3, 6);
    expect(hidden!.a.mean).toBeCloseTo(6 / 12, 6);
    // sigmoid at 10, 20, 0, 0
    expect(output).toMatchObject({ flat: 0.5, dead: [], zeros: 0 });
  });

  it("calls a sigmoid flat from |z| = 5, and tanh from 2.5", () => {
    const s = 1 / (1 + Math.exp(-5));
    expect(FLAT).toBeCloseTo((s * (1 - s)) / 0.25, 15);
    expect(FLAT).toBeCloseTo(1 - Math.tanh(2.5) ** 2, 12);
  });

  it("knows the steepest slope of a function", () => {
    const model = compiled();
    const of = (place: number) => backpropagationOf(model, x, y).layers[place]!.activation!;
    expect(steepestOf(of(1))).toBeCloseTo(1, 12);
    expect(steepestOf(of(2))).toBeCloseTo(0.25, 12);
  });

  it("refuses what backpropagation did not give", () => {
    expect(() => statisticsOf({} as never)).toThrow("statisticsOf: expected found to be what");
  });
});
