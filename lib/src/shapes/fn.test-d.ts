// What must and must not hold of functions on shapes, and of chains of them.

import { expectTypeOf } from "expect-type";
import type { ApplyFn, Bad, Chain, Fn, Identity, Shape, Shaped, Show } from "./index.ts";

interface Units<N extends number> extends Fn {
  readonly out: [N];
}

interface Matrix extends Fn {
  readonly out: MatrixOut<this["in"]>;
}
type MatrixOut<S> = S extends readonly [number, number]
  ? S
  : S extends Shape
    ? `matrix: expected two axes, received ${Show<S>}`
    : never;

expectTypeOf<ApplyFn<Identity, [3, 4]>>().toEqualTypeOf<[3, 4]>();
expectTypeOf<ApplyFn<Matrix, [3, 4]>>().toEqualTypeOf<[3, 4]>();

type L<F extends Fn> = Shaped<F>;

expectTypeOf<Chain<[784], []>>().toEqualTypeOf<[784]>();
expectTypeOf<Chain<[784], [L<Units<30>>, L<Identity>, L<Units<10>>]>>().toEqualTypeOf<[10]>();
expectTypeOf<Chain<[784], [L<Units<30>>, L<Matrix>, L<Units<10>>]>>().toEqualTypeOf<
  Bad<1, "matrix: expected two axes, received [30]">
>();
expectTypeOf<Chain<[784], [L<Units<30>>, L<Matrix>]>>().toEqualTypeOf<
  Bad<1, "matrix: expected two axes, received [30]">
>();
// Unknown shapes, layers without a function, and arrays of layers: `any`, never an error.
expectTypeOf<Chain<any, [L<Units<30>>, L<Matrix>]>>().toBeAny();
expectTypeOf<Chain<Shape, [L<Matrix>]>>().toBeAny();
expectTypeOf<Chain<[784], [Shaped, L<Matrix>]>>().toBeAny();
expectTypeOf<Chain<[784], [any, L<Matrix>]>>().toBeAny();
expectTypeOf<Chain<[784], L<Units<30>>[]>>().toBeAny();
expectTypeOf<Chain<[784] | [28, 28], [L<Matrix>]>>().toBeAny();
