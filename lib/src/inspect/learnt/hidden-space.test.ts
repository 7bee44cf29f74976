import { describe, expect, it } from "vitest";
import { xor } from "../../data/truth-table.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { labelsOf } from "../model/predictions.ts";
import { hiddenSpaceOf } from "./hidden-space.ts";
import { separatingLineOf } from "./separating-line.ts";

/** 2-2-1, as in the notes: two hidden units are enough for exclusive or. */
function net(hidden: number, seed: number) {
  const model = sequential([
    inputLayer([2]),
    dense(hidden, { activation: "tanh" }),
    dense(1, { activation: "sigmoid" }),
  ]).with({ seed });
  return model.compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: 0.05 },
    metrics: ["accuracy"],
  });
}

describe("hiddenSpaceOf", () => {
  it("shows how training makes exclusive or separable: by no line in the plane, by one in hidden space", async () => {
    const { train } = xor();
    const labels = labelsOf(train);
    const plane = { count: 4, dimensions: 2, values: train.x.data };
    expect(separatingLineOf(plane, labels)).toBeNull();
    const model = net(2, 2);
    const y = labels.map((label) => [label]);
    await model.fit(train.x, y, { epochs: 300, batchSize: 4 });
    expect(await model.evaluate(train.x, y)).toMatchObject({ accuracy: 1 });
    const space = hiddenSpaceOf(model, train.x);
    expect(space).toMatchObject({ layer: "dense1", units: 2, axes: null, count: 4 });
    const line = separatingLineOf(space, labels)!;
    expect(line.margin).toBeGreaterThan(0.3);
    // The model's own line parts them too.
    const { normal, offset } = space.readout!;
    const sides = labels.map((_, i) => {
      const [a, b] = [space.values[2 * i]!, space.values[2 * i + 1]!];
      return normal[0] * a + normal[1] * b > offset ? 1 : 0;
    });
    expect(sides).toEqual(labels);
  });

  it("sees more units along their principal directions", () => {
    const model = net(3, 0);
    const x = Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(i * i)]);
    const space = hiddenSpaceOf(model, x);
    expect(space).toMatchObject({ units: 3, dimensions: 2, count: 30, readout: null });
    expect(space.axes).toHaveLength(2);
    expect(space.axes![0]!.direction).toHaveLength(3);
    const solid = hiddenSpaceOf(model, x, { dimensions: 3 });
    expect(solid).toMatchObject({ axes: null, dimensions: 3 });
    // Distances to the mean are kept by all three directions, and not made larger by two.
    const squares = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, v) => sum + v * v, 0) / 30;
    const share = space.axes!.reduce((sum, axis) => sum + axis.variance, 0);
    expect(squares(space.values)).toBeCloseTo(share, 9);
  });

  it("gives the line on which two outputs are the same", () => {
    const model = sequential([inputLayer([2]), dense(2), dense(2, { activation: "softmax" })]);
    const { w, b } = model.layer("dense2");
    w!.assign(
      tensor([
        [1, 4],
        [2, 6],
      ]),
    );
    b!.assign(tensor([1, 11]));
    // 3 h1 + 4 h2 + 10 = 0
    const { normal, offset } = hiddenSpaceOf(model, [[0, 0]]).readout!;
    expect(normal[0]).toBeCloseTo(0.6, 12);
    expect(normal[1]).toBeCloseTo(0.8, 12);
    expect(offset).toBeCloseTo(-2, 12);
  });

  it("tells what it cannot serve in a sentence", () => {
    const flat = sequential([inputLayer([2]), dense(1)]);
    expect(() => hiddenSpaceOf(flat, [[0, 0]])).toThrow("expected a model with a hidden layer");
    expect(() => hiddenSpaceOf(net(2, 0), [[0, 0]], { layer: "dens1" })).toThrow(
      'Did you mean "dense1"?',
    );
    expect(() => hiddenSpaceOf(net(2, 0), [[0, 0]], { dimensions: 4 } as never)).toThrow("2 or 3");
  });
});
