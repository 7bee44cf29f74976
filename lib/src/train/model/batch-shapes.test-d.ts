// What must and must not hold of batches of examples.

import { expectTypeOf } from "expect-type";
import type { Shape } from "../../shapes/index.ts";
import type { InputError, WithBatch } from "./batch-shapes.ts";

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
