// What the shape functions of the layers make of an example.

import { expectTypeOf } from "expect-type";
import type { ApplyFn, Shape } from "../../shapes/index.ts";
import type { NetworkShape } from "../network/network-layer.ts";
import type { Bidirectional } from "./composite/bidirectional.ts";
import type { Block } from "./composite/block.ts";
import type { Lambda } from "./composite/lambda.ts";
import type { Residual } from "./composite/residual.ts";
import type { TimeDistributed } from "./composite/time-distributed.ts";
import type { Conv1D, Conv2D, Conv3D } from "./convolution/conv.ts";
import type { Conv2DTranspose } from "./convolution/conv-transpose.ts";
import type { SameChannels } from "./convolution/windows.ts";
import type { Dense } from "./core/dense.ts";
import type { Embedding } from "./embedding/embedding.ts";
import type { OfNodes } from "./graph/edges.ts";
import type { GraphPool } from "./graph/graph-pool.ts";
import type { Layer } from "./layer.ts";
import type { GlobalPool } from "./pooling/global-pool.ts";
import type { Recurrent } from "./recurrent/recurrent.ts";
import type { Flatten, Input } from "./reshaping/flatten.ts";
import type { PixelShuffle } from "./reshaping/upsampling.ts";

expectTypeOf<ApplyFn<Dense<30>, [784]>>().toEqualTypeOf<[30]>();
expectTypeOf<ApplyFn<Dense<30>, readonly [28, 8]>>().toEqualTypeOf<[28, 30]>();
expectTypeOf<ApplyFn<Dense<number>, [784]>>().toEqualTypeOf<[number]>();
expectTypeOf<
  ApplyFn<Dense<30>, []>
>().toEqualTypeOf<"dense: expected at least one axis, received []">();
expectTypeOf<ApplyFn<Dense<30>, any>>().toBeAny();
expectTypeOf<ApplyFn<Input<[3]>, [3]>>().toEqualTypeOf<[3]>();
expectTypeOf<ApplyFn<Flatten, [30]>>().toEqualTypeOf<[30]>();
expectTypeOf<ApplyFn<Flatten, [28, 28, 1]>>().toEqualTypeOf<[number]>();

// What slides a window keeps the rank and says the channels: height and width are never counted.
expectTypeOf<ApplyFn<Conv2D<20>, [28, 28, 1]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<ApplyFn<Conv2D<number>, [28, 28, 1]>>().toEqualTypeOf<[number, number, number]>();
expectTypeOf<ApplyFn<Conv2D<20>, [number, any, 1]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<ApplyFn<Conv2D<20>, any>>().toBeAny();
expectTypeOf<ApplyFn<Conv2D<20>, Shape>>().toBeAny();
expectTypeOf<
  ApplyFn<Conv2D<20>, [30]>
>().toEqualTypeOf<"conv2d: expected an example [height, width, channels], received [30]">();
expectTypeOf<ApplyFn<Conv1D<8>, [10, 2]>>().toEqualTypeOf<[number, 8]>();
expectTypeOf<ApplyFn<Conv1D<8>, any>>().toBeAny();
expectTypeOf<
  ApplyFn<Conv1D<8>, [10]>
>().toEqualTypeOf<"conv1d: expected an example [steps, channels], received [10]">();
expectTypeOf<ApplyFn<Conv2DTranspose<8>, [5, 6, 2]>>().toEqualTypeOf<[number, number, 8]>();
expectTypeOf<
  ApplyFn<Conv2DTranspose<8>, [5]>
>().toEqualTypeOf<"conv2dTranspose: expected an example [height, width, channels], received [5]">();
expectTypeOf<ApplyFn<SameChannels<2, "maxPool2d">, [24, 25, 20]>>().toEqualTypeOf<
  [number, number, 20]
>();
expectTypeOf<ApplyFn<SameChannels<2, "maxPool2d">, readonly [24, 25, number]>>().toEqualTypeOf<
  [number, number, number]
>();
expectTypeOf<ApplyFn<SameChannels<2, "maxPool2d">, any>>().toBeAny();
expectTypeOf<
  ApplyFn<SameChannels<2, "maxPool2d">, [64]>
>().toEqualTypeOf<"maxPool2d: expected an example [height, width, channels], received [64]">();
expectTypeOf<
  ApplyFn<SameChannels<2, "avgPool2d">, [64]>
>().toEqualTypeOf<"avgPool2d: expected an example [height, width, channels], received [64]">();

expectTypeOf<ApplyFn<Conv3D<8>, [5, 6, 7, 2]>>().toEqualTypeOf<[number, number, number, 8]>();
expectTypeOf<ApplyFn<Conv3D<8>, any>>().toBeAny();
expectTypeOf<
  ApplyFn<Conv3D<8>, [5, 6, 7]>
>().toEqualTypeOf<"conv3d: expected an example [depth, height, width, channels], received [5, 6, 7]">();
expectTypeOf<ApplyFn<SameChannels<1, "maxPool1d">, [9, 3]>>().toEqualTypeOf<[number, 3]>();
expectTypeOf<ApplyFn<SameChannels<1, "maxPool1d">, readonly [9, number]>>().toEqualTypeOf<
  [number, number]
>();
expectTypeOf<ApplyFn<SameChannels<3, "avgPool3d">, [9, 8, 7, 3]>>().toEqualTypeOf<
  [number, number, number, 3]
>();
expectTypeOf<
  ApplyFn<SameChannels<1, "cropping1d">, [8]>
>().toEqualTypeOf<"cropping1d: expected an example [steps, channels], received [8]">();
expectTypeOf<ApplyFn<PixelShuffle, [4, 4, 8]>>().toEqualTypeOf<[number, number, number]>();

expectTypeOf<ApplyFn<GlobalPool, [8, 9, 2]>>().toEqualTypeOf<[2]>();
expectTypeOf<ApplyFn<GlobalPool, [8, 2]>>().toEqualTypeOf<[2]>();
expectTypeOf<
  ApplyFn<GlobalPool, [2]>
>().toEqualTypeOf<"globalPool: expected an example [..., channels] of two axes or more, received [2]">();
expectTypeOf<ApplyFn<GlobalPool, any>>().toBeAny();

expectTypeOf<ApplyFn<OfNodes<"gcn", 8>, [34, 3]>>().toEqualTypeOf<[34, 8]>();
expectTypeOf<ApplyFn<OfNodes<"gat", number>, readonly [34, 3]>>().toEqualTypeOf<[34, number]>();
expectTypeOf<ApplyFn<OfNodes<"gcn", 8>, any>>().toBeAny();
expectTypeOf<
  ApplyFn<OfNodes<"graphSage", 8>, [34]>
>().toEqualTypeOf<"graphSage: expected an example [nodes, features], received [34]">();
expectTypeOf<ApplyFn<GraphPool, [34, 3]>>().toEqualTypeOf<[3]>();
expectTypeOf<ApplyFn<GraphPool, any>>().toBeAny();
expectTypeOf<
  ApplyFn<GraphPool, [34]>
>().toEqualTypeOf<"graphPool: expected an example [nodes, features], received [34]">();

expectTypeOf<ApplyFn<Recurrent<"lstm", 8>, [28, 3]>>().toEqualTypeOf<[8]>();
expectTypeOf<ApplyFn<Recurrent<"lstm", 8, true>, [28, 3]>>().toEqualTypeOf<[28, 8]>();
expectTypeOf<ApplyFn<Recurrent<"lstm", 8, true>, [number, 3]>>().toEqualTypeOf<[number, 8]>();
expectTypeOf<ApplyFn<Recurrent<"lstm", 8, boolean>, [28, 3]>>().toBeAny();
expectTypeOf<
  ApplyFn<Recurrent<"gru", 8>, [28]>
>().toEqualTypeOf<"gru: expected an example [steps, features], received [28]">();

expectTypeOf<ApplyFn<Embedding<8>, [28]>>().toEqualTypeOf<[28, 8]>();
expectTypeOf<ApplyFn<Embedding<8>, []>>().toEqualTypeOf<[8]>();
expectTypeOf<ApplyFn<Embedding<8>, any>>().toBeAny();

// Layers that hold others go through them; a sentence of one inside is the sentence of the whole.
expectTypeOf<ApplyFn<TimeDistributed<Dense<4>>, [5, 3]>>().toEqualTypeOf<[5, 4]>();
expectTypeOf<ApplyFn<TimeDistributed<Conv2D<4>>, [5, 9, 9, 1]>>().toEqualTypeOf<
  [5, number, number, 4]
>();
expectTypeOf<ApplyFn<TimeDistributed<Dense<4>>, any>>().toBeAny();
expectTypeOf<
  ApplyFn<TimeDistributed<Dense<4>>, []>
>().toEqualTypeOf<"timeDistributed: expected an example [steps, ...], received []">();
expectTypeOf<
  ApplyFn<TimeDistributed<Conv1D<4>>, [5, 3]>
>().toEqualTypeOf<"conv1d: expected an example [steps, channels], received [3]">();

expectTypeOf<ApplyFn<Bidirectional<Recurrent<"lstm", 8>, "concat">, [28, 3]>>().toEqualTypeOf<
  [number]
>();
expectTypeOf<ApplyFn<Bidirectional<Recurrent<"lstm", 8, true>, "sum">, [28, 3]>>().toEqualTypeOf<
  [28, 8]
>();
expectTypeOf<ApplyFn<Bidirectional<Recurrent<"lstm", 8>, "mean">, any>>().toBeAny();
expectTypeOf<
  ApplyFn<Bidirectional<Recurrent<"gru", 8>, "concat">, [28]>
>().toEqualTypeOf<"gru: expected an example [steps, features], received [28]">();

type Two = readonly [Layer<Dense<4>>, Layer<Dense<3>>];
expectTypeOf<ApplyFn<Block<Two>, [7]>>().toEqualTypeOf<[3]>();
expectTypeOf<ApplyFn<Block<Two>, any>>().toBeAny();
expectTypeOf<ApplyFn<Block<readonly Layer[]>, [7]>>().toBeAny();
expectTypeOf<
  ApplyFn<Block<readonly [Layer<Flatten>, Layer<Conv1D<4>>]>, [2, 2]>
>().toEqualTypeOf<"conv1d: expected an example [steps, channels], received [?]">();
expectTypeOf<ApplyFn<Residual<Two>, [3]>>().toEqualTypeOf<[3]>();
expectTypeOf<ApplyFn<Lambda<[2, 3]>, [7]>>().toEqualTypeOf<[2, 3]>();
expectTypeOf<ApplyFn<Lambda<any>, [7]>>().toBeAny();
expectTypeOf<ApplyFn<NetworkShape<[2]>, [7]>>().toEqualTypeOf<[2]>();
