// What must and must not hold of `sequential`, on layers and models in miniature.

import { expectTypeOf } from "expect-type";
import type { Conv2D } from "../../nn/layers/convolution/conv.ts";
import type { SameChannels } from "../../nn/layers/convolution/windows.ts";
import type { Dense } from "../../nn/layers/core/dense.ts";
import type { Flatten, Input } from "../../nn/layers/reshaping/flatten.ts";
import type { Fn, Identity, Shape, Shaped, Show, Unless } from "../../shapes/index.ts";
import type { InputError, WithBatch } from "./batch-shapes.ts";
import type { FirstArg, InputOf, OutputOf, RestArgs } from "./sequential-shapes.ts";

type MaxPool2D = SameChannels<2, "maxPool2d">;

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
}

declare function zeros<const S extends Shape>(shape: S): T<[...S]>;
declare function input<const S extends Shape>(shape: S): Layer<Input<[...S]>>;
declare function activation(kind: "relu" | "softmax"): Layer<Identity>;
declare function flatten(): Layer<Flatten>;
declare function maxPool2d(size?: number): Layer<MaxPool2D>;
declare function dense<N extends number, const I extends Shape = any>(
  units: N,
  options?: { inputShape?: I },
): Layer<Dense<N>, I>;
declare function conv2d<F extends number, const I extends Shape = any>(options: {
  filters: F;
  kernelSize: number;
  inputShape?: I;
}): Layer<Conv2D<F>, I>;

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
    conv2d({ filters: 40, kernelSize: 5 }),
    maxPool2d(2),
  ),
).toEqualTypeOf<Model<[28, 28, 1], [number, number, 40]>>();
expectTypeOf(sequential([input([784]), dense(10)])).toEqualTypeOf<Model<[784], [10]>>();
expectTypeOf(
  sequential([28 as number, 28, 1], conv2d({ filters: 8, kernelSize: 3 })),
).toEqualTypeOf<Model<[number, 28, 1], [number, number, 8]>>();
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
  // @ts-expect-error conv2d: expected an example [height, width, channels], received [3]
  conv2d({ filters: 20, kernelSize: 5, inputShape: [3] }),
  dense(10),
);
sequential([
  // @ts-expect-error conv2d: expected an example [height, width, channels], received [3]
  conv2d({ filters: 20, kernelSize: 5, inputShape: [3] }),
  dense(10),
]);

type L<F extends Fn> = Shaped<F>;
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

// ---- a user's own layer -------------------------------------------------------------------------

interface Twice extends Fn {
  readonly out: TwiceOut<this["in"]>;
}
type TwiceOut<S> = S extends readonly [infer N extends number]
  ? [N, N]
  : S extends Shape
    ? `twice: expects one axis, received ${Show<S>}`
    : never;
declare function twice(): Layer<Twice>;

expectTypeOf(sequential([3], twice())).toEqualTypeOf<Model<[3], [3, 3]>>();
// @ts-expect-error twice: expects one axis, received [3, 3]
sequential([3], twice(), twice());

// A custom layer that says nothing about shapes.
declare const opaque: { readonly name: string };
expectTypeOf(sequential([784], opaque, dense(10))).toEqualTypeOf<Model<[784], any>>();
