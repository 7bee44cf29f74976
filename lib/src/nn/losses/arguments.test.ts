// What losses refuse: options and operands that mean nothing, and losses of one's own that are none.

import { describe, expect, test } from "vitest";
import { compile, type Tensor, tensor } from "../../index.ts";
import { type Loss, type LossSpec, lossNames, lossOf, meanLoss } from "./index.ts";

const P = tensor([[0.2, 0.3, 0.5]]);

describe("specifications", () => {
  test("options out of their range, or misspelt", () => {
    for (const delta of [-1, 0, Infinity, "1"]) {
      expect(() => lossOf({ name: "huber", delta })).toThrow(
        'loss "huber": expected delta to be a number above 0, received',
      );
    }
    expect(() => lossOf({ name: "crossEntropy", fromLogit: true })).toThrow(
      'Did you mean "fromLogits"?',
    );
    expect(() => lossOf({ name: "crossEntropy", fromLogits: 1 })).toThrow("to be true or false");
  });

  test("nothing, numbers, lists", () => {
    for (const spec of [undefined, null, 3, ["mse"], {}]) {
      expect(() => lossOf(spec as never)).toThrow(/^Expected the name of a loss/);
    }
  });

  test("objects whose parts are not what they must be", () => {
    const own = { name: "own", config: {}, perExample: (y: Tensor) => y };
    expect(() => lossOf({ ...own, name: "" })).toThrow("expected its name to be a text");
    expect(() => lossOf({ ...own, perExample: 1 } as never)).toThrow(
      "expected its perExample to be a function, received 1",
    );
    expect(() => lossOf({ ...own, config: 1 } as never)).toThrow("its config to be an object");
    expect(lossOf({ name: "own", perExample: own.perExample } as never).config).toEqual({});
  });
});

describe("operands", () => {
  test("targets are looked at wherever their values are known", () => {
    const bad: Record<string, Tensor> = {
      binaryCrossentropy: tensor([[0, 5, 1]]),
      crossEntropy: tensor([[0, -1, 1]]),
      categoricalCrossentropy: tensor([[1, 1, 0]]),
      klDivergence: tensor([[0.2, 0.2, 0.2]]),
      sparseCategoricalCrossentropy: tensor([3], "int32"),
      logLikelihood: tensor([3], "int32"),
      hinge: tensor([[0.5, 1, 1]]),
      categoricalHinge: tensor([[0, 0, 0]]),
    };
    const free = ["quadratic", "meanSquaredError", "meanAbsoluteError", "huber"];
    expect([...free, ...Object.keys(bad)].sort()).toEqual(lossNames().sort());
    for (const [name, y] of Object.entries(bad)) {
      const loss = lossOf(name);
      expect(() => loss.perExample(y, P), name).toThrow(`loss: ${name}: expected`);
      expect(() => meanLoss(loss, y, P), name).toThrow(`loss: ${name}: expected`);
      // Taken from outside, a value is known while tracing, too.
      expect(() => compile((a: Tensor) => loss.perExample(y, a))(P), name).toThrow("expected");
      expect(() => loss.ofLogits?.(y, P) ?? loss.perExample(y, P), name).toThrow("expected");
    }
    for (const name of free) lossOf(name).perExample(tensor([[7, -7, 0.5]]), P);
  });

  test("are tensors", () => {
    const { perExample } = lossOf("mse");
    expect(() => perExample([0, 1] as never, P)).toThrow(
      "meanSquaredError: expected the target to be a tensor, received [0,1]",
    );
    expect(() => perExample(P, undefined as never)).toThrow("expected the prediction to be");
    expect(() => meanLoss("mse" as never, P, P)).toThrow(
      'meanLoss: expected loss to be a loss, as lossOf() makes it, received "mse"',
    );
    expect(() => meanLoss(lossOf("mse"), P, 3 as never)).toThrow("meanLoss: expected prediction");
  });

  test("one output is no choice among classes", () => {
    const classes = ["categoricalCrossentropy", "sparseCategoricalCrossentropy", "logLikelihood"];
    for (const name of [...classes, "klDivergence", "categoricalHinge"]) {
      expect(() => lossOf(name).perExample(tensor([[1]]), tensor([[0.5]])), name).toThrow(
        `${name}: expected 2 outputs or more, one for each class, received 1`,
      );
      expect(() => lossOf(name).perExample(tensor([0, 1]), tensor([0.5, 1])), name).toThrow(
        `${name}: expected predictions of shape [batch, classes], received [2]`,
      );
    }
    expect(() => lossOf("mse").perExample(tensor(1), tensor(1))).toThrow("received a scalar");
  });
});

describe("losses of one's own", () => {
  const a = tensor([[1], [2], [4]]);
  const y = tensor([1, 1, 1]);

  test("functions, for each example, for each output, or on average", () => {
    const squares = (t: Tensor, p: Tensor): Tensor => p.sub(t).square();
    const loss = lossOf(squares);
    expect([loss.name, loss.config]).toEqual(["squares", {}]);
    // A target [3] beside a prediction [3, 1] would make a difference of [3, 3].
    expect(meanLoss(loss, y, a).item()).toBeCloseTo(10 / 3, 6);
    expect(
      meanLoss(
        lossOf((t, p) => squares(t, p).mean()),
        y,
        a,
      ).item(),
    ).toBeCloseTo(10 / 3, 6);
    expect(
      meanLoss(
        lossOf((t, p) => squares(t, p).sum(1)),
        y,
        a,
      ).item(),
    ).toBeCloseTo(10 / 3, 6);
    expect(lossOf(() => a).name).toBe("loss");
  });

  test.each<[string, Loss["perExample"] | ((y: Tensor, a: Tensor) => unknown), string]>([
    [
      "nothing",
      () => undefined,
      "expected a tensor with one number for each example, received nothing",
    ],
    ["a number", () => 3, "received 3"],
    ["integers", () => tensor([1, 2, 3], "int32"), "expected float numbers, received int32"],
    [
      "too few",
      () => tensor([1, 2]),
      "one number for each example, [3], or their mean, received [2]",
    ],
    ["a table", (t, p) => p.sub(t), "received [3, 3]"],
  ])("that give %s are refused", (_, perExample, message) => {
    const loss: LossSpec = { name: "own", config: {}, perExample: perExample as never };
    expect(() => meanLoss(lossOf(loss), y, a)).toThrow(message);
  });
});
