/**
 * What the compiler refuses is refused at run time in the same sentence. Each row is a call that does
 * not compile, which `tsc` checks; the type of its sentence, which is the one that the compiler shows;
 * and the run, which must fail with it. A run may say more after it, where it knows more.
 */
import { concat, grad, stack, type Tensor, tensor, zeros } from "neurite";
import {
  avgPool2d,
  conv1d,
  conv2d,
  conv2dTranspose,
  dense,
  globalPool,
  gru,
  inputLayer,
  lstm,
  simpleRnn,
} from "neurite/nn";
import { sequential } from "neurite/train";
import { describe, expect, test } from "vitest";
import type { Conv1D, Conv2D } from "../lib/src/nn/layers/convolution/conv.ts";
import type { Conv2DTranspose } from "../lib/src/nn/layers/convolution/conv-transpose.ts";
import type { SameChannels } from "../lib/src/nn/layers/convolution/windows.ts";
import type { Dense } from "../lib/src/nn/layers/core/dense.ts";
import type { GlobalPool } from "../lib/src/nn/layers/pooling/global-pool.ts";
import type { Recurrent } from "../lib/src/nn/layers/recurrent/recurrent.ts";
import type {
  ApplyFn,
  AtError,
  AxisError,
  BroadcastError,
  ConcatError,
  MatMulError,
  PermuteError,
  RaggedError,
  ScalarError,
  StackError,
} from "../lib/src/shapes/index.ts";
import type { InputError } from "../lib/src/train/model/batch-shapes.ts";

/** S is the sentence that the compiler shows: a text that differs does not compile. */
function refused<S extends string>(says: S, call: () => unknown): void {
  test(says, () => {
    expect(call).toThrow(says);
  });
}

describe("operations", () => {
  refused<BroadcastError<"add", [32, 10], [32, 11]>>(
    "add: shapes [32, 10] and [32, 11] do not broadcast",
    // @ts-expect-error the shapes differ
    () => zeros([32, 10]).add(zeros([32, 11])),
  );
  refused<BroadcastError<"less", [2, 3], [2]>>(
    "less: shapes [2, 3] and [2] do not broadcast",
    // @ts-expect-error aligned at the last axis
    () => zeros([2, 3]).less(zeros([2])),
  );
  refused<MatMulError<[32, 10], [784, 10]>>(
    "matmul: cannot multiply [32, 10] by [784, 10]",
    // @ts-expect-error inner dimensions
    () => zeros([32, 10]).matmul(zeros([784, 10])),
  );
  refused<MatMulError<[2, 3, 4], [5, 4, 6]>>(
    "matmul: cannot multiply [2, 3, 4] by [5, 4, 6]",
    // @ts-expect-error leading axes
    () => zeros([2, 3, 4]).matmul(zeros([5, 4, 6])),
  );
  refused<MatMulError<[3], [4]>>(
    "matmul: cannot multiply [3] by [4]",
    // @ts-expect-error vectors
    () => zeros([3]).matmul(zeros([4])),
  );
  refused<MatMulError<[2, 2], []>>(
    "matmul: cannot multiply [2, 2] by []",
    // @ts-expect-error a scalar
    () => zeros([2, 2]).matmul(zeros([])),
  );
  refused<AxisError<"sum", [32, 10], 2>>(
    "sum: axis 2 is out of range for shape [32, 10]",
    // @ts-expect-error no third axis
    () => zeros([32, 10]).sum(2),
  );
  refused<AxisError<"mean", [4], -2>>(
    "mean: axis -2 is out of range for shape [4]",
    // @ts-expect-error counted from the last
    () => zeros([4]).mean(-2),
  );
  refused<PermuteError<"transpose", [2, 3], [0, 0]>>(
    "transpose: axes [0, 0] do not permute shape [2, 3]",
    // @ts-expect-error one axis twice
    () => zeros([2, 3]).transpose([0, 0]),
  );
  refused<PermuteError<"transpose", [2, 3], [0, 2]>>(
    "transpose: axes [0, 2] do not permute shape [2, 3]",
    // @ts-expect-error no third axis
    () => zeros([2, 3]).transpose([0, 2]),
  );
  refused<ConcatError<"concat", [[2, 3], [2, 4]]>>(
    "concat: shapes [2, 3], [2, 4] do not join along axis 0",
    // @ts-expect-error the other axis differs
    () => concat([zeros([2, 3]), zeros([2, 4])]),
  );
  refused<ConcatError<"concat", [[2, 3], [2, 3]], 2>>(
    "concat: shapes [2, 3], [2, 3] do not join along axis 2",
    // @ts-expect-error no third axis
    () => concat([zeros([2, 3]), zeros([2, 3])], 2),
  );
  refused<ConcatError<"concat", [[2, 3], [3, 3], [3]], -2>>(
    "concat: shapes [2, 3], [3, 3], [3] do not join along axis -2",
    // @ts-expect-error another rank
    () => concat([zeros([2, 3]), zeros([3, 3]), zeros([3])], -2),
  );
  refused<StackError<"stack", [[2, 3], [2, 4]]>>(
    "stack: shapes [2, 3], [2, 4] do not stack along axis 0",
    // @ts-expect-error the shapes differ
    () => stack([zeros([2, 3]), zeros([2, 4])]),
  );
  refused<AtError<"at", []>>("at: a scalar has no axis to index", () => zeros([]).at(0));
  refused<RaggedError<"tensor", readonly [readonly [1, 2], readonly [3]]>>(
    "tensor: rows of nested data differ in length",
    // @ts-expect-error a short row
    () => tensor([[1, 2], [3]]),
  );
  refused<ScalarError<"grad", [3]>>(
    "grad: the function must return a scalar, but it returned shape [3]",
    // @ts-expect-error no scalar
    () => grad((x: Tensor<[3]>) => x.mul(2))(zeros([3])),
  );
});

describe("layers", () => {
  refused<ApplyFn<Dense<3>, []>>(
    "dense: expected at least one axis, received []",
    // @ts-expect-error a scalar
    () => sequential([], dense(3)).summary(),
  );
  refused<ApplyFn<Conv2D<8>, [30]>>(
    "conv2d: expected an example [height, width, channels], received [30]",
    // @ts-expect-error one axis
    () => sequential([30], conv2d(8, 5)).summary(),
  );
  refused<ApplyFn<Conv1D<8>, [4]>>(
    "conv1d: expected an example [steps, channels], received [4]",
    // @ts-expect-error one axis
    () => sequential([4], conv1d(8, 5)).summary(),
  );
  refused<ApplyFn<Conv2DTranspose<8>, [4]>>(
    "conv2dTranspose: expected an example [height, width, channels], received [4]",
    // @ts-expect-error one axis
    () => sequential([4], conv2dTranspose(8, 5)).summary(),
  );
  refused<ApplyFn<SameChannels<2, "avgPool2d">, [64]>>(
    "avgPool2d: expected an example [height, width, channels], received [64]",
    // @ts-expect-error one axis
    () => sequential([64], avgPool2d(2)).summary(),
  );
  refused<ApplyFn<GlobalPool, [3]>>(
    "globalPool: expected an example [..., channels] of two axes or more, received [3]",
    // @ts-expect-error one axis
    () => sequential([3], globalPool("max")).summary(),
  );
  refused<ApplyFn<Recurrent<"gru", 4>, [16]>>(
    "gru: expected an example [steps, features], received [16]",
    // @ts-expect-error no steps
    () => sequential([16], gru(4)).summary(),
  );
  refused<ApplyFn<Recurrent<"lstm", 4>, [16]>>(
    "lstm: expected an example [steps, features], received [16]",
    // @ts-expect-error no steps
    () => sequential([16], lstm(4)).summary(),
  );
  refused<ApplyFn<Recurrent<"simpleRnn", 4>, [1, 2, 3]>>(
    "simpleRnn: expected an example [steps, features], received [1, 2, 3]",
    // @ts-expect-error three axes
    () => sequential(inputLayer([1, 2, 3]), simpleRnn(4)).summary(),
  );

  test("predict", async () => {
    const says: InputError<"predict", [32, 783], [784]> =
      "predict: expected input of shape [batch, 784], received [32, 783]";
    const model = sequential([784], dense(1)).compile({ loss: "mse", optimizer: "sgd" });
    // @ts-expect-error one pixel short
    const call = () => model.predict(zeros([32, 783]));
    await expect(call()).rejects.toThrow(says);
  });
});
