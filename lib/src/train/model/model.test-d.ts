// What must and must not compile when models are put together and used.

import { expectTypeOf } from "expect-type";
import { activation, dense, flatten, inputLayer, type Layer } from "../../nn/layers/index.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Fn, Shape } from "../../shapes/index.ts";
import { zeros } from "../../tensor/create.ts";
import { sequential } from "./sequential.ts";

// Shapes run through the chain, in each of the three ways to write it.
const a = sequential([784], dense(30), activation("sigmoid"), dense(10));
expectTypeOf(a.shapes.input).toEqualTypeOf<[784]>();
expectTypeOf(a.shapes.output).toEqualTypeOf<[10]>();
const b = sequential([dense(64, { inputShape: [100] }), activation("relu"), dense(10)]);
expectTypeOf(b.shapes.input).toEqualTypeOf<[100]>();
expectTypeOf(b.shapes.output).toEqualTypeOf<[10]>();
const c = sequential(inputLayer([28, 28]), flatten(), dense(10));
expectTypeOf(c.shapes.input).toEqualTypeOf<[28, 28]>();
expectTypeOf(c.shapes.output).toEqualTypeOf<[10]>();

// predict checks its input, and knows its output.
async function predictions() {
  expectTypeOf(await a.predict(zeros([32, 784]))).toEqualTypeOf<Tensor<[32, 10]>>();
  // @ts-expect-error "predict: expected input of shape [batch, 784], received [32, 783]"
  await a.predict(zeros([32, 783]));
  await a.predict(zeros([32, 784]) as Tensor);
}
void predictions;

// @ts-expect-error "dense: expected at least one axis, received []"
sequential([], dense(3));

// A layer of one's own carries its shape function.
interface Doubled extends Fn {
  readonly out: this["in"] extends readonly [infer N extends number]
    ? [N, N]
    : "double: expects one axis";
}
declare function double(): Layer<Doubled>;
expectTypeOf(sequential([3], double()).shapes.output).toEqualTypeOf<[3, 3]>();
// @ts-expect-error "double: expects one axis"
sequential([3, 4], double());

// Lists of layers made at run time fall back to an unknown shape.
const layers: Layer[] = [dense(3, { inputShape: [2] })];
expectTypeOf(sequential(layers).shapes.output).toBeAny();
expectTypeOf<Shape>().not.toBeAny();
