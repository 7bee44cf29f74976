// What must and must not hold of the shapes of tensors; checked by tsc, never run.
//
// First the type functions, then the sentences, then a miniature tensor that shows how methods
// use both.

import { expectTypeOf } from "expect-type";
import type {
  Agree,
  At,
  AtError,
  Axes,
  AxisError,
  AxisOf,
  Broadcast,
  BroadcastError,
  Concat,
  ConcatError,
  Exact,
  Fits,
  MatMul,
  MatMulError,
  NestedInput,
  NoNegative,
  Or,
  Permute,
  PermuteError,
  RaggedError,
  Reduce,
  Reverse,
  Same,
  ScalarError,
  Shape,
  ShapeOf,
  Show,
  Stack,
  StackError,
  Unless,
} from "./index.ts";

// ---- shapes -----------------------------------------------------------------------------------

expectTypeOf<Show<[]>>().toEqualTypeOf<"[]">();
expectTypeOf<Show<[32, 10]>>().toEqualTypeOf<"[32, 10]">();
expectTypeOf<Show<readonly [32, number]>>().toEqualTypeOf<"[32, ?]">();
expectTypeOf<Show<[any, 32 | 64]>>().toEqualTypeOf<"[?, ?]">();
expectTypeOf<Show<Shape>>().toEqualTypeOf<"[...]">();
expectTypeOf<Show<any>>().toEqualTypeOf<"[...]">();

expectTypeOf<Exact<32>>().toEqualTypeOf<32>();
expectTypeOf<Exact<32 | 64>>().toEqualTypeOf<number>();
expectTypeOf<Exact<any>>().toBeAny();

expectTypeOf<Or<[2, 3]>>().toEqualTypeOf<[2, 3]>();
expectTypeOf<Or<never>>().toBeAny();
expectTypeOf<Unless<never, 1>>().toEqualTypeOf<1>();
expectTypeOf<Unless<"wrong", 1>>().toEqualTypeOf<"wrong">();
expectTypeOf<Same<any, number>>().toEqualTypeOf<false>();

expectTypeOf<Agree<[2, number], [2, 3]>>().toEqualTypeOf<[2, 3]>();
expectTypeOf<Agree<[2, 3], [2]>>().toBeNever();
expectTypeOf<Agree<[2], [2, 3]>>().toBeNever();
expectTypeOf<Agree<[2, 1], [2, 3]>>().toBeNever();
expectTypeOf<Agree<Shape, [2, 3]>>().toBeAny();

// ---- broadcasting -----------------------------------------------------------------------------

expectTypeOf<Broadcast<[32, 10], [32, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[32, 10], [10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[10], [32, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[32, 1], [1, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[8, 1, 6, 1], [7, 1, 5]>>().toEqualTypeOf<[8, 7, 6, 5]>();
expectTypeOf<Broadcast<[32, 10], []>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[], [32, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[], []>>().toEqualTypeOf<[]>();
expectTypeOf<Broadcast<[0, 3], [1, 3]>>().toEqualTypeOf<[0, 3]>();
expectTypeOf<Broadcast<[32, 10], [32, 11]>>().toBeNever();
expectTypeOf<Broadcast<[2, 3], [3, 2]>>().toBeNever();
expectTypeOf<Broadcast<[32], [32, 10]>>().toBeNever();

// Unknown dimensions: never an error, and the known side is kept where it decides.
expectTypeOf<Broadcast<[number, 10], [32, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[32, 10], [number, 1]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[number], [1]>>().toEqualTypeOf<[number]>();
expectTypeOf<Broadcast<[1], [number]>>().toEqualTypeOf<[number]>();
expectTypeOf<Broadcast<[number, 10], [number, 11]>>().toBeNever();
expectTypeOf<Broadcast<Shape, [2]>>().toBeAny();
expectTypeOf<Broadcast<[2], number[]>>().toBeAny();
expectTypeOf<Broadcast<any, [2]>>().toBeAny();
expectTypeOf<Broadcast<[2], any>>().toBeAny();
expectTypeOf<Broadcast<[...number[], 3], [4]>>().toBeAny();

// `any` dimensions.
expectTypeOf<Broadcast<[any, 3], [32, 3]>>().toEqualTypeOf<[32, 3]>();
expectTypeOf<Broadcast<[32, 3], [any, 3]>>().toEqualTypeOf<[32, 3]>();
expectTypeOf<Broadcast<[any], [number]>>().toEqualTypeOf<[number]>();
expectTypeOf<Broadcast<[any, 3], [32, 4]>>().toBeNever();

// Unions: an error only if no pair of members fits.
expectTypeOf<Broadcast<[32 | 64, 10], [32, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<Broadcast<[32 | 64], [1]>>().toEqualTypeOf<[32 | 64]>();
expectTypeOf<Broadcast<[32 | 64], [10 | 64]>>().toEqualTypeOf<[64]>();
expectTypeOf<Broadcast<[1 | 32], [32]>>().toEqualTypeOf<[32]>();
expectTypeOf<Broadcast<[1 | 32], [10]>>().toEqualTypeOf<[10]>();
expectTypeOf<Broadcast<[1 | 32], [number]>>().toEqualTypeOf<[number]>();
expectTypeOf<Broadcast<[32 | 64], [10]>>().toBeNever();
expectTypeOf<Broadcast<[2] | [3], [2]>>().toEqualTypeOf<[2]>();
expectTypeOf<Broadcast<[2] | [2, 3], [3]>>().toEqualTypeOf<[2, 3]>();

// ---- matmul -----------------------------------------------------------------------------------

expectTypeOf<MatMul<[32, 784], [784, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<MatMul<[784], [784, 10]>>().toEqualTypeOf<[10]>();
expectTypeOf<MatMul<[32, 784], [784]>>().toEqualTypeOf<[32]>();
expectTypeOf<MatMul<[3], [3]>>().toEqualTypeOf<[]>();
expectTypeOf<MatMul<[8, 32, 784], [784, 10]>>().toEqualTypeOf<[8, 32, 10]>();
expectTypeOf<MatMul<[32, 784], [8, 784, 10]>>().toEqualTypeOf<[8, 32, 10]>();
expectTypeOf<MatMul<[8, 1, 4, 5], [7, 5, 6]>>().toEqualTypeOf<[8, 7, 4, 6]>();
expectTypeOf<MatMul<[784], [8, 784, 10]>>().toEqualTypeOf<[8, 10]>();
expectTypeOf<MatMul<[8, 32, 784], [784]>>().toEqualTypeOf<[8, 32]>();
expectTypeOf<MatMul<[32, 10], [784, 10]>>().toBeNever();
expectTypeOf<MatMul<[32, 1], [784, 10]>>().toBeNever(); // the inner axis does not stretch
expectTypeOf<MatMul<[3], [4]>>().toBeNever();
expectTypeOf<MatMul<[2, 4, 5], [3, 5, 6]>>().toBeNever();
expectTypeOf<MatMul<[], [3]>>().toBeNever();
expectTypeOf<MatMul<[3], []>>().toBeNever();

expectTypeOf<MatMul<[number, 784], [784, number]>>().toEqualTypeOf<[number, number]>();
expectTypeOf<MatMul<[32, number], [784, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<MatMul<[32, any], [784, 10]>>().toEqualTypeOf<[32, 10]>();
expectTypeOf<MatMul<[any, 784], [784, 10]>>().toEqualTypeOf<[any, 10]>();
expectTypeOf<MatMul<[2, 3 | 4], [4, 5]>>().toEqualTypeOf<[2, 5]>();
expectTypeOf<MatMul<[2, 3 | 4], [4 | 5, 6]>>().toEqualTypeOf<[2, 6]>();
expectTypeOf<MatMul<[2, 3] | [4], [4, 5]>>().toEqualTypeOf<[5]>();
expectTypeOf<MatMul<Shape, [784, 10]>>().toBeAny();
expectTypeOf<MatMul<[32, 784], any>>().toBeAny();

// ---- axes -------------------------------------------------------------------------------------

expectTypeOf<AxisOf<[2, 3]>>().toEqualTypeOf<0 | 1 | -1 | -2>();
expectTypeOf<AxisOf<[]>>().toEqualTypeOf<never>();
expectTypeOf<AxisOf<any>>().toEqualTypeOf<number>();
expectTypeOf<AxisOf<[1, 1, 1, 1, 1, 1, 1]>>().toEqualTypeOf<number>();

expectTypeOf<Reduce<[2, 3, 4], undefined>>().toEqualTypeOf<[]>();
expectTypeOf<Reduce<[2, 3, 4], 0>>().toEqualTypeOf<[3, 4]>();
expectTypeOf<Reduce<[2, 3, 4], -1>>().toEqualTypeOf<[2, 3]>();
expectTypeOf<Reduce<[2, 3, 4], readonly [0, -1]>>().toEqualTypeOf<[3]>();
expectTypeOf<Reduce<[2, 3, 4], []>>().toEqualTypeOf<[2, 3, 4]>();
expectTypeOf<Reduce<[2, 3, 4], 1, true>>().toEqualTypeOf<[2, 1, 4]>();
expectTypeOf<Reduce<readonly [2, 3], undefined, true>>().toEqualTypeOf<[1, 1]>();
expectTypeOf<Reduce<[number, 3], 1>>().toEqualTypeOf<[number]>();
expectTypeOf<Reduce<[2 | 4, 3], 1>>().toEqualTypeOf<[2 | 4]>();
expectTypeOf<Reduce<[2, 3] | [4], 0>>().toEqualTypeOf<[3] | []>();

// An unknown axis or flag: either axis may be meant, so the shape is unknown too.
expectTypeOf<Reduce<[2, 3], number>>().toBeAny();
expectTypeOf<Reduce<[2, 3], number[]>>().toBeAny();
expectTypeOf<Reduce<[2, 3], 0 | 1>>().toBeAny();
expectTypeOf<Reduce<[2, 3], [0 | 1]>>().toBeAny();
expectTypeOf<Reduce<[2, 3], 0 | undefined>>().toBeAny();
expectTypeOf<Reduce<[2, 3], any>>().toBeAny();
expectTypeOf<Reduce<[2, 3], 0, boolean>>().toBeAny();
expectTypeOf<Reduce<[2, 3], undefined, boolean>>().toBeAny();
expectTypeOf<Reduce<Shape, 0>>().toBeAny();
expectTypeOf<Reduce<Shape, undefined>>().toEqualTypeOf<[]>();
expectTypeOf<Reduce<any, undefined, true>>().toBeAny();
expectTypeOf<Reduce<[1, 1, 1, 1, 1, 1, 1], 0>>().toBeAny();

// ---- movement ---------------------------------------------------------------------------------

expectTypeOf<Reverse<[2, 3, 4]>>().toEqualTypeOf<[4, 3, 2]>();
expectTypeOf<Reverse<readonly [2, number]>>().toEqualTypeOf<[number, 2]>();
expectTypeOf<Reverse<[]>>().toEqualTypeOf<[]>();
expectTypeOf<Reverse<any>>().toBeAny();

expectTypeOf<Permute<[2, 3, 4], readonly [2, 0, 1]>>().toEqualTypeOf<[4, 2, 3]>();
expectTypeOf<Permute<[2, 3, 4], [0, -1, 1]>>().toEqualTypeOf<[2, 4, 3]>();
expectTypeOf<Permute<[number, 3], [1, 0]>>().toEqualTypeOf<[3, number]>();
expectTypeOf<Permute<[any, 3], [1, 0]>>().toEqualTypeOf<[3, any]>();
expectTypeOf<Permute<[2, 3], [0, 0]>>().toBeNever();
expectTypeOf<Permute<[2, 3], [1, -1]>>().toBeNever();
expectTypeOf<Permute<[2, 3], [0, 2]>>().toBeNever();
expectTypeOf<Permute<[2, 3], [0]>>().toBeNever();
expectTypeOf<Permute<[2, 3], [0, 1, -1]>>().toBeNever();
expectTypeOf<Permute<[2, 3], number[]>>().toBeAny();
expectTypeOf<Permute<[2, 3], [0 | 1, 0]>>().toBeAny();
expectTypeOf<Permute<[2, 3], [any, 0]>>().toBeAny();
expectTypeOf<Permute<[2, 3] | [2, 3, 4], [1, 0]>>().toEqualTypeOf<[3, 2]>();
expectTypeOf<Permute<any, [1, 0]>>().toBeAny();

expectTypeOf<NoNegative<readonly [-1, 784]>>().toEqualTypeOf<[number, 784]>();
expectTypeOf<NoNegative<[2 | -1, 784]>>().toEqualTypeOf<[number, 784]>();
expectTypeOf<NoNegative<[]>>().toEqualTypeOf<[]>();
expectTypeOf<NoNegative<number[]>>().toBeAny();

expectTypeOf<At<[2, 3]>>().toEqualTypeOf<[3]>();
expectTypeOf<At<[number]>>().toEqualTypeOf<[]>();
expectTypeOf<At<[]>>().toBeNever();
expectTypeOf<At<any>>().toBeAny();

// ---- concat and stack -------------------------------------------------------------------------

expectTypeOf<Concat<[[2, 3], [4, 3]]>>().toEqualTypeOf<[number, 3]>();
expectTypeOf<Concat<[[2, 3], [2, 4], [2, 5]], -1>>().toEqualTypeOf<[2, number]>();
expectTypeOf<Concat<[[2, number], [2, 3]]>>().toEqualTypeOf<[number, 3]>();
expectTypeOf<Concat<[[2, any], [2, 3]]>>().toEqualTypeOf<[number, 3]>();
expectTypeOf<Concat<[[2, 3 | 4], [2, 4]]>>().toEqualTypeOf<[number, 4]>();
expectTypeOf<Concat<[[2, 3], [4, 4]]>>().toBeNever();
expectTypeOf<Concat<[[2, 3], [2]]>>().toBeNever();
expectTypeOf<Concat<[[2], [2, 3]]>>().toBeNever();
expectTypeOf<Concat<[[2, 3], [2, 3]], 2>>().toBeNever();
expectTypeOf<Concat<[[], []]>>().toBeNever();
expectTypeOf<Concat<[[2, 3], any]>>().toBeAny();
expectTypeOf<Concat<[2, 3][]>>().toBeAny();
expectTypeOf<Concat<[[2, 3], [2, 4]], number>>().toBeAny();
expectTypeOf<Concat<[[2, 3], [2, 4]], 0 | 1>>().toBeAny();
expectTypeOf<Concat<any>>().toBeAny();

expectTypeOf<Stack<[[2, 3], [2, 3]]>>().toEqualTypeOf<[2, 2, 3]>();
expectTypeOf<Stack<[[2, 3], [2, number], [2, 3]], -1>>().toEqualTypeOf<[2, 3, 3]>();
expectTypeOf<Stack<[[4, 5], [4, 5], [4, 5]], 1>>().toEqualTypeOf<[4, 3, 5]>();
expectTypeOf<Stack<[[], []]>>().toEqualTypeOf<[2]>();
expectTypeOf<Stack<[[2, 3], [2, 4]]>>().toBeNever();
expectTypeOf<Stack<[[2, 3], [2, 3]], 3>>().toBeNever();
expectTypeOf<Stack<[[2, 3], any]>>().toBeAny();
expectTypeOf<Stack<[2, 3][]>>().toBeAny();

// ---- literals ---------------------------------------------------------------------------------

expectTypeOf<ShapeOf<3>>().toEqualTypeOf<[]>();
expectTypeOf<ShapeOf<boolean>>().toEqualTypeOf<[]>();
expectTypeOf<ShapeOf<readonly [1, 2, 3]>>().toEqualTypeOf<[3]>();
expectTypeOf<ShapeOf<readonly [readonly [true, false]]>>().toEqualTypeOf<[1, 2]>();
expectTypeOf<ShapeOf<[[[[[1]]]]]>>().toEqualTypeOf<[1, 1, 1, 1, 1]>();
expectTypeOf<ShapeOf<number[][]>>().toEqualTypeOf<[number, number]>();
expectTypeOf<ShapeOf<[number[], number[]]>>().toEqualTypeOf<[2, number]>();
expectTypeOf<ShapeOf<[]>>().toEqualTypeOf<[0]>();
expectTypeOf<ShapeOf<number | number[]>>().toBeAny();
expectTypeOf<ShapeOf<NestedInput>>().toBeAny();
expectTypeOf<ShapeOf<readonly NestedInput[]>>().toBeAny();
expectTypeOf<ShapeOf<any>>().toBeAny();
expectTypeOf<RaggedError<"tensor", [[1], [2]]>>().toBeNever();
expectTypeOf<RaggedError<"tensor", [number[], [1, 2]]>>().toBeNever();
expectTypeOf<RaggedError<"tensor", [[1] | [1, 2], [1]]>>().toBeNever();
expectTypeOf<RaggedError<"tensor", []>>().toBeNever();
expectTypeOf<RaggedError<"tensor", NestedInput>>().toBeNever();
expectTypeOf<RaggedError<"tensor", any>>().toBeNever();

// ---- the sentences ----------------------------------------------------------------------------

expectTypeOf<
  BroadcastError<"add", [32, 10], [32, 11]>
>().toEqualTypeOf<"add: shapes [32, 10] and [32, 11] do not broadcast">();
expectTypeOf<BroadcastError<"add", [32, 10], [10]>>().toBeNever();
expectTypeOf<
  BroadcastError<"mul", [32 | 64, 10], [5]>
>().toEqualTypeOf<"mul: shapes [?, 10] and [5] do not broadcast">();

expectTypeOf<
  MatMulError<[32, 10], [784, 10]>
>().toEqualTypeOf<"matmul: cannot multiply [32, 10] by [784, 10]">();
expectTypeOf<MatMulError<[32, 784], [784, 10]>>().toBeNever();

expectTypeOf<
  AxisError<"sum", [32, 10], 2>
>().toEqualTypeOf<"sum: axis 2 is out of range for shape [32, 10]">();
expectTypeOf<
  AxisError<"sum", [32, 10], readonly [0, -3]>
>().toEqualTypeOf<"sum: axis -3 is out of range for shape [32, 10]">();
expectTypeOf<AxisError<"sum", [], 0>>().toEqualTypeOf<"sum: axis 0 is out of range for shape []">();
expectTypeOf<AxisError<"sum", [32, 10], -2>>().toBeNever();
expectTypeOf<AxisError<"sum", [32, 10], undefined>>().toBeNever();
expectTypeOf<AxisError<"sum", [32, 10], 0 | 5>>().toBeNever();
expectTypeOf<AxisError<"sum", [32, 10], number>>().toBeNever();
expectTypeOf<AxisError<"sum", [32, 10], any>>().toBeNever();
expectTypeOf<AxisError<"sum", [], number>>().toBeNever();
expectTypeOf<AxisError<"sum", any, 9>>().toBeNever();
expectTypeOf<AxisError<"sum", [1, 1, 1, 1, 1, 1, 1], 9>>().toBeNever();

expectTypeOf<
  PermuteError<"transpose", [32, 10], readonly [0, 0]>
>().toEqualTypeOf<"transpose: axes [0, 0] do not permute shape [32, 10]">();
expectTypeOf<PermuteError<"transpose", [32, 10], [1, 0]>>().toBeNever();
expectTypeOf<AtError<"at", []>>().toEqualTypeOf<"at: a scalar has no axis to index">();
expectTypeOf<AtError<"at", [3]>>().toBeNever();

expectTypeOf<
  ConcatError<"concat", [[2, 3], [2, 4]]>
>().toEqualTypeOf<"concat: shapes [2, 3], [2, 4] do not join along axis 0">();
expectTypeOf<ConcatError<"concat", [[2, 3], [2, 4]], 1>>().toBeNever();
expectTypeOf<
  StackError<"stack", [[2, 3], [2, 4]]>
>().toEqualTypeOf<"stack: shapes [2, 3], [2, 4] do not stack along axis 0">();
expectTypeOf<
  RaggedError<"tensor", [[1], [2, 3]]>
>().toEqualTypeOf<"tensor: rows of nested data differ in length">();
expectTypeOf<
  RaggedError<"tensor", [[[1], [2]], [[3], [4, 5]]]>
>().toEqualTypeOf<"tensor: rows of nested data differ in length">();

expectTypeOf<
  ScalarError<"grad", [3]>
>().toEqualTypeOf<"grad: the function must return a scalar, but it returned shape [3]">();
expectTypeOf<ScalarError<"grad", []>>().toBeNever();
expectTypeOf<ScalarError<"grad", Shape>>().toBeNever();
expectTypeOf<ScalarError<"grad", any>>().toBeNever();
expectTypeOf<ScalarError<"grad", [] | [3]>>().toBeNever();

// ---- a miniature tensor: the pattern of the methods -------------------------------------------

declare class T<out S extends Shape = any> {
  readonly shape: S;
  exp(): T<S>;
  add<A extends Shape, B extends Shape = []>(
    this: T<A>,
    b: Fits<Broadcast<A, B>, T<B> | number, BroadcastError<"add", A, B>>,
  ): T<Or<Broadcast<A, B>>>;
  // The same, written out: what TypeScript shows is the same too.
  mul<A extends Shape, B extends Shape = []>(
    this: T<A>,
    b: [Broadcast<A, B>] extends [never] ? BroadcastError<"mul", A, B> : T<B> | number,
  ): T<Or<Broadcast<A, B>>>;
  matmul<A extends Shape, B extends Shape>(
    this: T<A>,
    b: Fits<MatMul<A, B>, T<B>, MatMulError<A, B>>,
  ): T<Or<MatMul<A, B>>>;
  sum<
    A extends Shape,
    const X extends Axes | undefined = undefined,
    const K extends boolean = false,
  >(this: T<A>, axis?: Unless<AxisError<"sum", A, X>, X>, keepDims?: K): T<Reduce<A, X, K>>;
  transpose<A extends Shape>(this: T<A>): T<Reverse<A>>;
  permute<A extends Shape, const P extends Shape>(
    this: T<A>,
    axes: Fits<Permute<A, P>, P, PermuteError<"permute", A, P>>,
  ): T<Or<Permute<A, P>>>;
  reshape<const N extends Shape>(shape: N): T<NoNegative<N>>;
  at<A extends Shape>(this: T<A>, i: Fits<At<A>, number, AtError<"at", A>>): T<Or<At<A>>>;
}

declare function tensor<const D extends NestedInput>(
  data: Unless<RaggedError<"tensor", D>, D>,
): T<ShapeOf<D>>;
declare function zeros<const S extends Shape>(shape: S): T<[...S]>;
declare function untyped(): T;
declare function concat<L extends readonly Shape[], const X extends number = 0>(
  parts: Fits<Concat<L, X>, { readonly [I in keyof L]: T<L[I]> }, ConcatError<"concat", L, X>>,
  axis?: X,
): T<Or<Concat<L, X>>>;
declare function grad<F extends (...args: never[]) => T>(
  f: ReturnType<F> extends T<infer O> ? Unless<ScalarError<"grad", O>, F> : F,
): (...args: Parameters<F>) => Parameters<F>[0];

const x = zeros([32, 10]);
const row = zeros([10]);
const unknownBatch = zeros([0 as number, 10]);
declare const n: number;

expectTypeOf(x).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(x.exp().add(row).mul(2)).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(x.add(1)).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(x.add(n)).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(zeros([]).add(x)).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(unknownBatch.add(x)).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(unknownBatch.add(row)).toEqualTypeOf<T<[number, 10]>>();
expectTypeOf(x.add(untyped())).toEqualTypeOf<T<any>>();
expectTypeOf(untyped().add(x)).toEqualTypeOf<T<any>>();
expectTypeOf(zeros([32, 784]).matmul(zeros([784, 10]))).toEqualTypeOf<T<[32, 10]>>();
expectTypeOf(x.sum()).toEqualTypeOf<T<[]>>();
expectTypeOf(x.sum(0)).toEqualTypeOf<T<[10]>>();
expectTypeOf(x.sum([0, -1])).toEqualTypeOf<T<[]>>();
expectTypeOf(x.sum(-1, true)).toEqualTypeOf<T<[32, 1]>>();
expectTypeOf(x.sum(undefined, true)).toEqualTypeOf<T<[1, 1]>>();
expectTypeOf(x.sum(n)).toEqualTypeOf<T<any>>();
expectTypeOf(x.sum(0 as 0 | 1)).toEqualTypeOf<T<any>>();
expectTypeOf(x.transpose()).toEqualTypeOf<T<[10, 32]>>();
expectTypeOf(x.permute([1, 0])).toEqualTypeOf<T<[10, 32]>>();
expectTypeOf(x.reshape([-1, 5])).toEqualTypeOf<T<[number, 5]>>();
expectTypeOf(x.reshape([n, n])).toEqualTypeOf<T<[number, number]>>();
expectTypeOf(x.at(3)).toEqualTypeOf<T<[10]>>();
expectTypeOf(untyped().at(3)).toEqualTypeOf<T<any>>();
expectTypeOf(tensor(3)).toEqualTypeOf<T<[]>>();
expectTypeOf(
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]),
).toEqualTypeOf<T<[2, 3]>>();
expectTypeOf(tensor([true, false])).toEqualTypeOf<T<[2]>>();
expectTypeOf(tensor([[n, n]])).toEqualTypeOf<T<[1, 2]>>();
expectTypeOf(tensor([] as number[][])).toEqualTypeOf<T<[number, number]>>();
expectTypeOf(concat([x, x])).toEqualTypeOf<T<[number, 10]>>();
expectTypeOf(concat([x, zeros([32, 5])], 1)).toEqualTypeOf<T<[32, number]>>();
expectTypeOf(concat([x, untyped()])).toEqualTypeOf<T<any>>();
expectTypeOf(grad((w: T<[10]>) => w.mul(w).sum())).toEqualTypeOf<(w: T<[10]>) => T<[10]>>();
expectTypeOf(grad((w: T) => w.mul(w).sum())).toEqualTypeOf<(w: T) => T>();

// ---- what must not compile, and the sentence in its place ---------------------------------------

// @ts-expect-error add: shapes [32, 10] and [32, 11] do not broadcast
const wrong = x.add(zeros([32, 11]));
expectTypeOf(wrong).toEqualTypeOf<T<any>>(); // one mistake, one message
wrong
  .add(zeros([7]))
  .matmul(zeros([3, 3]))
  .sum(9);

expectTypeOf(x.add<[32, 10], [32, 11]>)
  .parameter(0)
  .toEqualTypeOf<"add: shapes [32, 10] and [32, 11] do not broadcast">();
expectTypeOf(x.mul<[32, 10], [32, 11]>)
  .parameter(0)
  .toEqualTypeOf<"mul: shapes [32, 10] and [32, 11] do not broadcast">();
expectTypeOf(x.add<[32, 10], [10]>)
  .parameter(0)
  .toEqualTypeOf<T<[10]> | number>();
// @ts-expect-error mul: shapes [32, 10] and [32, 11] do not broadcast
x.mul(zeros([32, 11]));
// @ts-expect-error add: shapes [?, 10] and [9] do not broadcast
unknownBatch.add(zeros([9]));
// @ts-expect-error a string is no tensor: "parameter of type 'number | T<[]>'"
x.add("s");
// @ts-expect-error neither is an array
x.add([1, 2]);

// @ts-expect-error matmul: cannot multiply [32, 10] by [784, 10]
x.matmul(zeros([784, 10]));
expectTypeOf(x.matmul<[32, 10], [784, 10]>)
  .parameter(0)
  .toEqualTypeOf<"matmul: cannot multiply [32, 10] by [784, 10]">();
// @ts-expect-error a number is not a matrix
x.matmul(2);

// @ts-expect-error sum: axis 2 is out of range for shape [32, 10]
x.sum(2);
expectTypeOf(x.sum<[32, 10], 2>)
  .parameter(0)
  .toEqualTypeOf<"sum: axis 2 is out of range for shape [32, 10]" | undefined>();
// @ts-expect-error sum: axis -3 is out of range for shape [32, 10]
x.sum([0, -3]);
// @ts-expect-error permute: axes [0, 0] do not permute shape [32, 10]
x.permute([0, 0]);
// @ts-expect-error at: a scalar has no axis to index
x.sum().at(0);
// @ts-expect-error concat: shapes [32, 10], [32, 5] do not join along axis 0
concat([x, zeros([32, 5])]);
// @ts-expect-error tensor: rows of nested data differ in length
tensor([[1], [2, 3]]);
// @ts-expect-error grad: the function must return a scalar, but it returned shape [3]
grad((w: T<[3]>) => w.mul(w));

// ---- annotations: what may be passed where ------------------------------------------------------

declare function accepts<X>(x: X): void;
declare function wantsTen(t: T<[number, 10]>): void;
wantsTen(x);
wantsTen(untyped()); // `any` by default, so an untyped tensor goes anywhere
// @ts-expect-error [32, 11] is not [number, 10]
wantsTen(zeros([32, 11]));
accepts<T>(x);
accepts<T<[32, 10]>>(untyped());
// @ts-expect-error variance: a tensor of [number, 10] is not one of [32, 10]
accepts<T<[32, 10]>>(unknownBatch);

// ---- generic functions --------------------------------------------------------------------------

export function genericBatch<B extends number>(
  a: T<[B, 3]>,
  b: T<[B, 3]>,
  one: T<[1, 3]>,
): T<[B, 5]> {
  expectTypeOf(a.add(b)).toEqualTypeOf<T<[B, 3]>>();
  expectTypeOf(a.add(1)).toEqualTypeOf<T<[B, 3]>>();
  accepts<T<[B, 3]>>(a.add(one));
  // @ts-expect-error a limit: with 1 on the left, TypeScript waits for B
  accepts<T<[B, 3]>>(one.add(a));
  one.add(a);
  a.add(zeros([32, 3])); // not known to be wrong
  expectTypeOf(a.sum(0)).toEqualTypeOf<T<[3]>>();
  return a.matmul(zeros([3, 5]));
}

export function genericShape<S extends Shape>(a: T<S>, b: T<S>): T<S> {
  expectTypeOf(a.sum()).toEqualTypeOf<T<[]>>();
  return a.add(b).mul(2).exp();
}

// ---- limits that stay ---------------------------------------------------------------------------

// Growing a tensor in a loop needs an annotation: its first shape is too narrow.
let narrow = zeros([1, 10]);
// @ts-expect-error 'number' is not assignable to '1'
narrow = concat([narrow, zeros([1, 10])]);
let wide: T = zeros([1, 10]);
wide = concat([wide, zeros([1, 10])]);

// Reshape does not compare sizes.
expectTypeOf(x.reshape([7, 7])).toEqualTypeOf<T<[7, 7]>>();

// Above rank 6 axes are not checked, and the result is unknown.
expectTypeOf(zeros([1, 1, 1, 1, 1, 1, 1]).sum(9)).toEqualTypeOf<T<any>>();
