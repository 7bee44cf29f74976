// What must and must not compile when convolutions, pools and recurrent layers are put together.

import { expectTypeOf } from "expect-type";
import { sequential } from "../../train/model/sequential.ts";
import { networkLayer } from "../network/network-layer.ts";
import {
  avgPool2d,
  bidirectional,
  block,
  type Conv2dOptions,
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  cropping2d,
  dense,
  depthwiseConv2d,
  flatten,
  globalPool,
  gru,
  inputLayer,
  lambda,
  lstm,
  maxPool2d,
  maxPool3d,
  residual,
  separableConv2d,
  simpleRnn,
  spatialDropout1d,
  timeDistributed,
  upsampling2d,
  zeroPadding2d,
} from "./index.ts";

// LeNet, in each of the three ways to write a chain.
const a = sequential([28, 28, 1], conv2d(20, 5), maxPool2d(), conv2d(40, [5, 3]), avgPool2d(2));
expectTypeOf(a.shapes.output).toEqualTypeOf<[number, number, 40]>();
const b = sequential([
  conv2d(20, 5, { activation: "relu", inputShape: [28, 28, 1] }),
  maxPool2d(2),
  flatten(),
  dense(10),
]);
expectTypeOf(b.shapes.input).toEqualTypeOf<[28, 28, 1]>();
expectTypeOf(b.shapes.output).toEqualTypeOf<[10]>();
const c = sequential(inputLayer([28, 28, 1]), conv2d(20, 5, { padding: "same" }));
expectTypeOf(c.shapes.output).toEqualTypeOf<[number, number, 20]>();

// Whatever the window, its stride and its padding: the rank and the channels are known.
const strided = sequential([28, 28, 1], conv2d(8, 3, { strides: [1, 2], bias: false }));
expectTypeOf(strided.shapes.output).toEqualTypeOf<[number, number, 8]>();
const options: Conv2dOptions = {};
const unknown = sequential([28, 28, 1], conv2d(8, 3 as number, options), globalPool("max"));
expectTypeOf(unknown.shapes.output).toEqualTypeOf<[8]>();
const pooled = sequential([28, 28, 3], maxPool2d(3, { strides: 1 }), avgPool2d([3, 2]));
expectTypeOf(pooled.shapes.output).toEqualTypeOf<[number, number, 3]>();
const enlarged = sequential([5, 6, 2], conv2dTranspose(4, 3), conv2dTranspose(1, 2));
expectTypeOf(enlarged.shapes.output).toEqualTypeOf<[number, number, 1]>();

const separate = sequential([28, 28, 3], separableConv2d(8, 3), depthwiseConv2d(3), upsampling2d());
expectTypeOf(separate.shapes.output).toEqualTypeOf<[number, number, number]>();
const bordered = sequential([28, 28, 3], zeroPadding2d(), cropping2d([1, [0, 2]]));
expectTypeOf(bordered.shapes.output).toEqualTypeOf<[number, number, 3]>();
const volume = sequential([8, 8, 8, 1], conv3d(4, 3), maxPool3d(), globalPool("max"));
expectTypeOf(volume.shapes.output).toEqualTypeOf<[4]>();

// Sequences.
const d = sequential([28, 3], conv1d(8, 5, { padding: "causal" }), lstm(16), dense(2));
expectTypeOf(d.shapes.output).toEqualTypeOf<[2]>();
const e = sequential([28, 3], gru(16, { returnSequences: true }), simpleRnn(4, { bias: false }));
expectTypeOf(e.shapes.output).toEqualTypeOf<[4]>();
const f = sequential([lstm(16, { returnSequences: true, inputShape: [28, 3] }), globalPool("max")]);
expectTypeOf(f.shapes.output).toEqualTypeOf<[16]>();
const g = sequential([28, 3], lstm(16, { returnSequences: true as boolean }));
expectTypeOf(g.shapes.output).toBeAny();

// The sentence stands at the layer that does not fit.
sequential(
  [28, 28, 1],
  flatten(),
  // @ts-expect-error "conv2d: expected an example [height, width, channels], received [?]"
  conv2d(20, 5),
);
sequential([
  lstm(16, { inputShape: [28, 3] }),
  // @ts-expect-error "gru: expected an example [steps, features], received [16]"
  gru(16),
]);
// @ts-expect-error "globalPool: expected an example [..., channels] of two axes or more, received [3]"
sequential([3], globalPool("average"));

sequential(
  [28, 28, 1],
  // @ts-expect-error "spatialDropout1d: expected an example [steps, channels], received [28, 28, 1]"
  spatialDropout1d(0.5),
);

// Arguments.
// @ts-expect-error images have no causal padding
conv2d(3, 3, { padding: "causal" });
// @ts-expect-error an image has two axes
conv2d(3, [3, 3, 3]);
// @ts-expect-error a transposed convolution has no groups
conv2dTranspose(3, 3, { groups: 2 });
// @ts-expect-error pools are "average" and "max"
globalPool("mean");

// Layers that hold others.
const h = sequential(
  [28, 3],
  timeDistributed(dense(8)),
  bidirectional(lstm(16, { returnSequences: true }), { merge: "sum" }),
  residual([dense(4), dense(16)]),
  block([gru(8), dense(5)]),
);
expectTypeOf(h.shapes.output).toEqualTypeOf<[5]>();
const i = sequential([28, 3], bidirectional(lstm(16)), networkLayer(sequential([32], dense(7))));
expectTypeOf(i.shapes.output).toEqualTypeOf<[7]>();
const j = sequential(
  [28, 3],
  lambda((x) => x.sum(1), { outputShape: [3] }),
  dense(2),
);
expectTypeOf(j.shapes.output).toEqualTypeOf<[2]>();
sequential(
  [3],
  // @ts-expect-error "gru: expected an example [steps, features], received [4]"
  block([dense(4), gru(2)]),
);
// @ts-expect-error a merge by name, not as Keras calls it
bidirectional(lstm(3), { merge: "ave" });
// @ts-expect-error a list of layers
block(dense(3));
