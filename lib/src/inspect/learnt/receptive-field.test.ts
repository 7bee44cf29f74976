import { describe, expect, it } from "vitest";
import {
  activation,
  avgPool2d,
  conv2d,
  dense,
  flatten,
  inputLayer,
  maxPool2d,
  rescaling,
  reshapeLayer,
} from "../../nn/layers/index.ts";
import { fromData } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { activationsOf } from "../model/activations.ts";
import { receptiveFieldOf } from "./receptive-field.ts";

const nielsen = () =>
  sequential([
    inputLayer([28, 28, 1]),
    rescaling(1 / 255),
    conv2d(20, 5, { activation: "relu" }),
    maxPool2d(),
    conv2d(40, 5),
    activation("relu"),
    maxPool2d(),
    flatten(),
    dense(10),
  ]);

/** The rectangle of the picture that a cell depends on, found by changing one pixel after the other. */
function felt(model: ReturnType<typeof nielsen>, layer: string, at: readonly number[]) {
  const [h, w] = model.network.inputShapes[0]!.slice(0, 2) as [number, number];
  const noise = Float32Array.from({ length: h * w }, (_, i) => Math.sin(i * i));
  const rows: number[][] = [];
  for (let i = 0; i < h * w; i++) {
    const data = noise.slice();
    data[i]! += 10;
    rows.push([...data]);
  }
  const all = fromData(Float32Array.from([...noise, ...rows.flat()]), [h * w + 1, h, w, 1]);
  const y = activationsOf(model, all).get(layer)!;
  const [, height, width, channels] = y.type.shape as [number, number, number, number];
  const cell = (row: number) => {
    const from = ((row * height + at[0]!) * width + at[1]!) * channels;
    return y.data.slice(from, from + channels).join();
  };
  const seen = rows.flatMap((_, i) => (cell(i + 1) === cell(0) ? [] : [i]));
  const [ys, xs] = [seen.map((i) => Math.floor(i / w)), seen.map((i) => i % w)];
  const [top, left] = [Math.min(...ys), Math.min(...xs)];
  return { top, left, bottom: Math.max(...ys), right: Math.max(...xs) };
}

describe("receptiveFieldOf", () => {
  it.each([
    ["conv2d1", [3, 4], { top: 3, left: 4, height: 5, width: 5, strides: [1, 1] }],
    ["maxPool2d1", [3, 4], { top: 6, left: 8, height: 6, width: 6, strides: [2, 2] }],
    ["conv2d2", [7, 0], { top: 14, left: 0, height: 14, width: 14, strides: [2, 2] }],
    ["maxPool2d2", [3, 3], { top: 12, left: 12, height: 16, width: 16, strides: [4, 4] }],
  ] as const)("goes back from %s at %j to the picture", (layer, at, field) => {
    expect(receptiveFieldOf(nielsen(), layer, at)).toEqual({
      layer,
      at,
      picture: [28, 28, 1],
      ...field,
    });
  });

  it("is what a cell depends on: strides, padding and dilation too", () => {
    const model = sequential([
      inputLayer([11, 12, 1]),
      conv2d(2, [3, 2], { strides: [2, 1], padding: "same" }),
      avgPool2d(2, { strides: 1 }),
      conv2d(3, 2, { dilation: [1, 3] }),
    ]);
    for (const at of [
      [0, 0],
      [1, 3],
      [3, 7],
    ] as const) {
      const { top, left, height, width } = receptiveFieldOf(model, "conv2d2", at);
      const inside = {
        top: Math.max(0, top),
        left: Math.max(0, left),
        bottom: Math.min(10, top + height - 1),
        right: Math.min(11, left + width - 1),
      };
      expect(felt(model as never, "conv2d2", at), `at ${at}`).toEqual(inside);
    }
    // One row of zeros above, and below; a column to the right only.
    expect(receptiveFieldOf(model, "conv2d1", [0, 0])).toMatchObject({ top: -1, left: 0 });
  });

  it("takes for the picture what a first reshape makes", () => {
    const model = sequential([inputLayer([784]), reshapeLayer([28, 28, 1]), conv2d(2, 5)]);
    expect(receptiveFieldOf(model, "conv2d1", [1, 2])).toMatchObject({
      picture: [28, 28, 1],
      top: 1,
      left: 2,
    });
  });

  it("tells what it cannot serve in a sentence", () => {
    const model = nielsen();
    expect(() => receptiveFieldOf(model, "dense1", [0, 0])).toThrow(
      'expected a layer of maps [height, width, channels], received "dense1" of [10]',
    );
    expect(() => receptiveFieldOf(model, "conv2d1", [24, 0])).toThrow(
      'within the 24 rows and 24 columns of "conv2d1", received [24, 0]',
    );
    expect(() => receptiveFieldOf(model, "conv2d1", [1] as never)).toThrow("[row, column]");
    expect(() => receptiveFieldOf(model, "conv1", [0, 0])).toThrow('Did you mean "conv2d1"?');
    const mixed = sequential([inputLayer([4]), dense(16), reshapeLayer([4, 4, 1]), conv2d(2, 3)]);
    expect(() => receptiveFieldOf(mixed, "conv2d1", [0, 0])).toThrow(
      '"reshape1" reads "dense1", a dense layer',
    );
  });
});
