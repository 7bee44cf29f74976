// What must and must not hold of chains of layers, of models and of `sequential`.

import { expectTypeOf } from "expect-type";
import type { Dense, Flatten, Identity, Input, Recurrent } from "../nn/layers/shape-functions.ts";
import type {
  Conv1D,
  Conv2D,
  Conv2DTranspose,
  GlobalPool,
  Pool2D,
  WindowSize,
} from "../nn/layers/window-shapes.ts";
import type { CountError, InputError, WithBatch } from "../train/model/batch-shapes.ts";
import type { FirstArg, InputOf, OutputOf, RestArgs } from "../train/model/sequential-shapes.ts";
import type { Apply, Bad, Chain, Fn, Shape, Shaped, Show, Unless } from "./index.ts";

type MaxPool2D<Size extends WindowSize = 2> = Pool2D<"maxPool2d", Size>;
type AvgPool2D = Pool2D<"avgPool2d">;

// ---- the built-in functions ---------------------------------------------------------------------

expectTypeOf<Apply<Dense<30>, [784]>>().toEqualTypeOf<[30]>();
expectTypeOf<Apply<Dense<30>, readonly [28, 8]>>().toEqualTypeOf<[28, 30]>();
expectTypeOf<Apply<Dense<number>, [784]>>().toEqualTypeOf<[number]>();
expectTypeOf<
  Apply<Dense<30>, []>
>().toEqualTypeOf<"dense: expected at least one axis, received []">();
expectTypeOf<Apply<Dense<30>, any>>().toBeAny();
expectTypeOf<Apply<Identity, [3, 4]>>().toEqualTypeOf<[3, 4]>();
expectTypeOf<Apply<Input<[3]>, [3]>>().toEqualTypeOf<[3]>();
expectTypeOf<Apply<Flatten, [30]>>().toEqualTypeOf<[30]>();
expectTypeOf<Apply<Flatten, [28, 28, 1]>>().toEqualTypeOf<[number]>();

expectTypeOf<Apply<Conv2D<20, 5>, [28, 28, 1]>>().toEqualTypeOf<[24, 24, 20]>();
expectTypeOf<Apply<Conv2D<20, 5, "same">, [28, 28, 1]>>().toEqualTypeOf<[28, 28, 20]>();
expectTypeOf<Apply<Conv2D<20, 5>, [5, number, 1]>>().toEqualTypeOf<[1, number, 20]>();
expectTypeOf<Apply<Conv2D<20, 5>, [any, 28, 1]>>().toEqualTypeOf<[number, 24, 20]>();
expectTypeOf<Apply<Conv2D<20, 3 | 5>, [28, 28, 1]>>().toEqualTypeOf<[24 | 26, 24 | 26, 20]>();
expectTypeOf<Apply<Conv2D<20, 5, "valid", 2>, [28, 28, 1]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<Apply<Conv2D<20, 5, string>, [3, 3, 1]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<Apply<Conv2D<20, 5, any>, [3, 3, 1]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<Apply<Conv2D<20, 5, "valid" | "same">, [28, 28, 1]>>().toEqualTypeOf<
  [24 | 28, 24 | 28, 20]
>();
expectTypeOf<Apply<Conv2D<20, 5, "valid", number>, [28, 28, 1]>>().toEqualTypeOf<
  [number, number, 20]
>();
expectTypeOf<Apply<Conv2D<20, number>, [28, 28, 1]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<Apply<MaxPool2D<any>, [24, 24, 20]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<Apply<Conv2D<20, 5>, [1200, 1200, 3]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<
  Apply<Conv2D<20, 5>, [30]>
>().toEqualTypeOf<"conv2d: expected an example [height, width, channels], received [30]">();
expectTypeOf<
  Apply<Conv2D<20, 5>, [3, 3, 1]>
>().toEqualTypeOf<"conv2d: the 5x5 kernel is larger than its input [3, 3, 1]">();
expectTypeOf<
  Apply<Conv2D<20, 5, "valid", 2>, [9, 3, 1]>
>().toEqualTypeOf<"conv2d: the 5x5 kernel is larger than its input [9, 3, 1]">();
expectTypeOf<Apply<MaxPool2D, [24, 25, 20]>>().toEqualTypeOf<[12, 12, 20]>();
expectTypeOf<Apply<MaxPool2D<3>, [24, 24, 20]>>().toEqualTypeOf<[number, number, 20]>();
expectTypeOf<
  Apply<MaxPool2D, [64]>
>().toEqualTypeOf<"maxPool2d: expected an example [height, width, channels], received [64]">();
expectTypeOf<
  Apply<AvgPool2D, [64]>
>().toEqualTypeOf<"avgPool2d: expected an example [height, width, channels], received [64]">();

// Each axis has its own kernel, stride and dilation.
expectTypeOf<Apply<Conv2D<8, readonly [3, 5]>, [28, 28, 1]>>().toEqualTypeOf<[26, 24, 8]>();
expectTypeOf<Apply<Conv2D<8, 3, "valid", readonly [1, 2]>, [28, 28, 1]>>().toEqualTypeOf<
  [26, number, 8]
>();
expectTypeOf<Apply<Conv2D<8, 3, "same", 1, 2>, [28, 28, 1]>>().toEqualTypeOf<[28, 28, 8]>();
expectTypeOf<Apply<Conv2D<8, 3, "valid", 1, 2>, [28, 28, 1]>>().toEqualTypeOf<
  [number, number, 8]
>();
expectTypeOf<Apply<Conv2D<8, WindowSize>, [28, 28, 1]>>().toEqualTypeOf<[number, number, 8]>();
expectTypeOf<
  Apply<Conv2D<8, readonly [3, 5]>, [28, 4, 1]>
>().toEqualTypeOf<"conv2d: the 3x5 kernel is larger than its input [28, 4, 1]">();

expectTypeOf<Apply<Conv1D<8, 3>, [10, 2]>>().toEqualTypeOf<[8, 8]>();
expectTypeOf<Apply<Conv1D<8, 3, "same">, [10, 2]>>().toEqualTypeOf<[10, 8]>();
expectTypeOf<Apply<Conv1D<8, 3, "causal">, [10, 2]>>().toEqualTypeOf<[10, 8]>();
expectTypeOf<Apply<Conv1D<8, 3, "causal", 2>, [10, 2]>>().toEqualTypeOf<[number, 8]>();
expectTypeOf<
  Apply<Conv1D<8, 3>, [10]>
>().toEqualTypeOf<"conv1d: expected an example [steps, channels], received [10]">();
expectTypeOf<
  Apply<Conv1D<8, 3>, [2, 4]>
>().toEqualTypeOf<"conv1d: the kernel of 3 is larger than its input [2, 4]">();

expectTypeOf<Apply<Conv2DTranspose<8, 3>, [5, 6, 2]>>().toEqualTypeOf<[7, 8, 8]>();
expectTypeOf<Apply<Conv2DTranspose<8, 3, "same">, [5, 6, 2]>>().toEqualTypeOf<[5, 6, 8]>();
expectTypeOf<Apply<Conv2DTranspose<8, 3, "same", 2>, [5, 6, 2]>>().toEqualTypeOf<
  [number, number, 8]
>();
expectTypeOf<
  Apply<Conv2DTranspose<8, 3>, [5]>
>().toEqualTypeOf<"conv2dTranspose: expected an example [height, width, channels], received [5]">();

expectTypeOf<Apply<MaxPool2D, [2048, 2049, 3]>>().toEqualTypeOf<[1024, 1024, 3]>();
expectTypeOf<Apply<Pool2D<"maxPool2d", 3, "valid", 1>, [8, 9, 2]>>().toEqualTypeOf<[6, 7, 2]>();
expectTypeOf<Apply<Pool2D<"maxPool2d", 3, "same", 1>, [8, 9, 2]>>().toEqualTypeOf<[8, 9, 2]>();
expectTypeOf<Apply<Pool2D<"maxPool2d", 2, "same">, [8, 9, 2]>>().toEqualTypeOf<
  [number, number, 2]
>();
expectTypeOf<
  Apply<MaxPool2D<3>, [2, 9, 2]>
>().toEqualTypeOf<"maxPool2d: the 3x3 window is larger than its input [2, 9, 2]">();

expectTypeOf<Apply<GlobalPool, [8, 9, 2]>>().toEqualTypeOf<[2]>();
expectTypeOf<Apply<GlobalPool, [8, 2]>>().toEqualTypeOf<[2]>();
expectTypeOf<
  Apply<GlobalPool, [2]>
>().toEqualTypeOf<"globalPool: expected an example [..., channels] of two axes or more, received [2]">();
expectTypeOf<Apply<GlobalPool, any>>().toBeAny();

expectTypeOf<Apply<Recurrent<"lstm", 8>, [28, 3]>>().toEqualTypeOf<[8]>();
expectTypeOf<Apply<Recurrent<"lstm", 8, true>, [28, 3]>>().toEqualTypeOf<[28, 8]>();
expectTypeOf<Apply<Recurrent<"lstm", 8, true>, [number, 3]>>().toEqualTypeOf<[number, 8]>();
expectTypeOf<Apply<Recurrent<"lstm", 8, boolean>, [28, 3]>>().toBeAny();
expectTypeOf<
  Apply<Recurrent<"gru", 8>, [28]>
>().toEqualTypeOf<"gru: expected an example [steps, features], received [28]">();

// ---- chains -------------------------------------------------------------------------------------

type L<F extends Fn> = Shaped<F>;

expectTypeOf<Chain<[784], []>>().toEqualTypeOf<[784]>();
expectTypeOf<Chain<[784], [L<Dense<30>>, L<Identity>, L<Dense<10>>]>>().toEqualTypeOf<[10]>();
expectTypeOf<Chain<[784], [L<Dense<30>>, L<Conv2D<20, 5>>, L<Dense<10>>]>>().toEqualTypeOf<
  Bad<1, "conv2d: expected an example [height, width, channels], received [30]">
>();
expectTypeOf<Chain<[784], [L<Dense<30>>, L<MaxPool2D>]>>().toEqualTypeOf<
  Bad<1, "maxPool2d: expected an example [height, width, channels], received [30]">
>();
// Unknown shapes, layers without a function, and arrays of layers: `any`, never an error.
expectTypeOf<Chain<any, [L<Dense<30>>, L<MaxPool2D>]>>().toBeAny();
expectTypeOf<Chain<Shape, [L<MaxPool2D>]>>().toBeAny();
expectTypeOf<Chain<[784], [Shaped, L<MaxPool2D>]>>().toBeAny();
expectTypeOf<Chain<[784], [any, L<MaxPool2D>]>>().toBeAny();
expectTypeOf<Chain<[784], L<Dense<30>>[]>>().toBeAny();
expectTypeOf<Chain<[784] | [28, 28, 1], [L<MaxPool2D>]>>().toBeAny();

// ---- batches ------------------------------------------------------------------------------------

expectTypeOf<
  InputError<"predict", [32, 783], [784]>
>().toEqualTypeOf<"predict: expected input of shape [batch, 784], received [32, 783]">();
expectTypeOf<
  InputError<"predict", [784], [784]>
>().toEqualTypeOf<"predict: expected input of shape [batch, 784], received [784]">();
expectTypeOf<
  InputError<"predict", [3, 4], []>
>().toEqualTypeOf<"predict: expected input of shape [batch], received [3, 4]">();
expectTypeOf<InputError<"predict", [32, 784], [784]>>().toBeNever();
expectTypeOf<InputError<"predict", [number, number], [784]>>().toBeNever();
expectTypeOf<InputError<"predict", [32, any], [784]>>().toBeNever();
expectTypeOf<InputError<"predict", [32, 783 | 784], [784]>>().toBeNever();
expectTypeOf<InputError<"predict", any, [784]>>().toBeNever();
expectTypeOf<InputError<"predict", [32, 784], any>>().toBeNever();
expectTypeOf<InputError<"predict", [32, 784], Shape>>().toBeNever();

expectTypeOf<WithBatch<[32, 784], [10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<WithBatch<any, [10]>>().toEqualTypeOf<[number, 10]>();
expectTypeOf<WithBatch<[32, 784], any>>().toBeAny();

expectTypeOf<
  CountError<"fit", [100, 784], [99, 10]>
>().toEqualTypeOf<"fit: expected as many targets as examples, received [100, 784] and [99, 10]">();
expectTypeOf<CountError<"fit", [100, 784], [100, 10]>>().toBeNever();
expectTypeOf<CountError<"fit", [100, 784], [number, 10]>>().toBeNever();
expectTypeOf<CountError<"fit", [any, 784], [99, 10]>>().toBeNever();
expectTypeOf<CountError<"fit", [99 | 100, 784], [99, 10]>>().toBeNever();
expectTypeOf<CountError<"fit", any, [99, 10]>>().toBeNever();
expectTypeOf<CountError<"fit", [100, 784], []>>().toBeNever();

// ---- miniature layers and models ----------------------------------------------------------------

interface Layer<out F extends Fn = Fn, out I extends Shape = any> extends Shaped<F, I> {
  readonly name: string;
}

declare class T<out S extends Shape = any> {
  readonly shape: S;
}

declare class Model<out I extends Shape = any, out O extends Shape = any> {
  readonly inputShape: I;
  readonly outputShape: O;
  predict<MI extends Shape, MO extends Shape, X extends Shape>(
    this: Model<MI, MO>,
    x: Unless<InputError<"predict", X, MI>, T<X>>,
  ): T<WithBatch<X, MO>>;
  fit<X extends Shape, Y extends Shape>(x: T<X>, y: Unless<CountError<"fit", X, Y>, T<Y>>): void;
}

declare function zeros<const S extends Shape>(shape: S): T<[...S]>;
declare function input<const S extends Shape>(shape: S): Layer<Input<[...S]>>;
declare function activation(kind: "relu" | "softmax"): Layer<Identity>;
declare function flatten(): Layer<Flatten>;
declare function maxPool2d<S extends number = 2>(size?: S): Layer<MaxPool2D<S>>;
declare function dense<N extends number, const I extends Shape = any>(
  units: N,
  options?: { inputShape?: I },
): Layer<Dense<N>, I>;
declare function conv2d<
  F extends number,
  K extends number,
  P extends "valid" | "same" = "valid",
  const I extends Shape = any,
>(options: { filters: F; kernelSize: K; padding?: P; inputShape?: I }): Layer<Conv2D<F, K, P>, I>;

declare function sequential<
  const A extends Shape | Layer | readonly Layer[],
  R extends readonly Layer[],
>(first: A & FirstArg<A, R>, ...rest: RestArgs<A, R>): Model<InputOf<A, R>, OutputOf<A, R>>;

// The three forms.
const net = sequential([784], dense(30), activation("relu"), dense(10));
expectTypeOf(net).toEqualTypeOf<Model<[784], [10]>>();
expectTypeOf(sequential(input([784]), dense(30), dense(10))).toEqualTypeOf<Model<[784], [10]>>();
expectTypeOf(
  sequential([dense(64, { inputShape: [100] }), activation("relu"), dense(10)]),
).toEqualTypeOf<Model<[100], [10]>>();
expectTypeOf(sequential(dense(64, { inputShape: [100] }), dense(10))).toEqualTypeOf<
  Model<[100], [10]>
>();
expectTypeOf(
  sequential(
    [28, 28, 1],
    conv2d({ filters: 20, kernelSize: 5 }),
    maxPool2d(),
    conv2d({ filters: 40, kernelSize: 5, padding: "same" }),
    maxPool2d(2),
  ),
).toEqualTypeOf<Model<[28, 28, 1], [6, 6, 40]>>();
expectTypeOf(sequential([input([784]), dense(10)])).toEqualTypeOf<Model<[784], [10]>>();
expectTypeOf(
  sequential([28 as number, 28, 1], conv2d({ filters: 8, kernelSize: 3 })),
).toEqualTypeOf<Model<[number, 28, 1], [number, 26, 8]>>();
// Not size-checked: a model ending in flatten.
expectTypeOf(sequential([28, 28, 1], maxPool2d(), flatten())).toEqualTypeOf<
  Model<[28, 28, 1], [number]>
>();

// Where shapes are unknown, the model is too.
declare const stack: Layer[];
expectTypeOf(sequential([784], ...stack)).toEqualTypeOf<Model<[784], any>>();
expectTypeOf(sequential(stack)).toEqualTypeOf<Model<any, any>>();
expectTypeOf(sequential([dense(30), maxPool2d()])).toEqualTypeOf<Model<any, any>>();
expectTypeOf(sequential(dense(30), maxPool2d())).toEqualTypeOf<Model<any, any>>();
expectTypeOf(sequential([784], stack[0]!, dense(10))).toEqualTypeOf<Model<[784], any>>();

// The sentence stands at the layer that does not fit, in each of the forms.
sequential(
  [784],
  dense(30),
  // @ts-expect-error conv2d: expected an example [height, width, channels], received [30]
  conv2d({ filters: 20, kernelSize: 5 }),
  dense(10),
);
sequential(
  input([784]),
  dense(30),
  // @ts-expect-error maxPool2d: expected an example [height, width, channels], received [30]
  maxPool2d(),
);
sequential([
  dense(64, { inputShape: [100] }),
  // @ts-expect-error maxPool2d: expected an example [height, width, channels], received [64]
  maxPool2d(),
  dense(10),
]);
sequential(
  // @ts-expect-error conv2d: the 5x5 kernel is larger than its input [3, 3, 1]
  conv2d({ filters: 20, kernelSize: 5, inputShape: [3, 3, 1] }),
  dense(10),
);
sequential([
  // @ts-expect-error conv2d: the 5x5 kernel is larger than its input [3, 3, 1]
  conv2d({ filters: 20, kernelSize: 5, inputShape: [3, 3, 1] }),
  dense(10),
]);

type WrongPool = [L<Dense<30>>, L<MaxPool2D>, L<Dense<10>>];
type PoolSentence = "maxPool2d: expected an example [height, width, channels], received [30]";
expectTypeOf<RestArgs<readonly [784], WrongPool>>().toEqualTypeOf<
  [L<Dense<30>>, PoolSentence, L<Dense<10>>]
>();
expectTypeOf<RestArgs<L<Input<[784]>>, WrongPool>>().toEqualTypeOf<
  [L<Dense<30>>, PoolSentence, L<Dense<10>>]
>();
expectTypeOf<FirstArg<readonly [784], WrongPool>>().toEqualTypeOf<unknown>();
expectTypeOf<FirstArg<Shaped<MaxPool2D, [30]>, []>>().toEqualTypeOf<PoolSentence>();

// ---- models -------------------------------------------------------------------------------------

expectTypeOf(net.predict(zeros([32, 784]))).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(net.predict(zeros([32 as number, 784]))).toEqualTypeOf<T<[number, 10]>>();
declare const untyped: T;
expectTypeOf(net.predict(untyped)).toEqualTypeOf<T<[number, 10]>>();
// @ts-expect-error predict: expected input of shape [batch, 784], received [32, 783]
net.predict(zeros([32, 783]));
net.fit(zeros([100, 784]), zeros([100, 10]));
// @ts-expect-error fit: expected as many targets as examples, received [100, 784] and [99, 10]
net.fit(zeros([100, 784]), zeros([99, 10]));

// ---- a user's own layer -------------------------------------------------------------------------

interface Twice extends Fn {
  readonly out: TwiceOut<this["in"]>;
}
type TwiceOut<S> = S extends readonly [infer N extends number]
  ? [N, N]
  : S extends Shape
    ? `twice: expects one axis, got ${Show<S>}`
    : never;
declare function twice(): Layer<Twice>;

expectTypeOf(sequential([3], twice())).toEqualTypeOf<Model<[3], [3, 3]>>();
// @ts-expect-error twice: expects one axis, got [3, 3]
sequential([3], twice(), twice());

// A custom layer that says nothing about shapes.
declare const opaque: { readonly name: string };
expectTypeOf(sequential([784], opaque, dense(10))).toEqualTypeOf<Model<[784], any>>();
