// What must and must not compile of the real Tensor and its functions; checked by tsc, never run.

import { expectTypeOf } from "expect-type";
import {
  add,
  broadcastTo,
  compile,
  concat,
  type DType,
  einsum,
  eye,
  fromData,
  full,
  grad,
  jvp,
  linspace,
  matmul,
  mean,
  mul,
  ones,
  onesLike,
  random,
  relu,
  reshape,
  softmax,
  stack,
  sum,
  type Tensor,
  tensor,
  transpose,
  Variable,
  valueAndGrad,
  variable,
  vjp,
  zeros,
} from "../index.ts";

declare const n: number;
declare const untyped: Tensor;
declare const rows: number[][];
declare function wantsTen(x: Tensor<[number, 10]>): void;

const x = zeros([32, 10]);
const row = zeros([10]);
const batch = zeros([n, 10]);

// ---- making tensors -----------------------------------------------------------------------------

expectTypeOf(x).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(x.shape).toEqualTypeOf<[32, 10]>();
expectTypeOf(x.dtype).toEqualTypeOf<DType>();
expectTypeOf(tensor(3)).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]),
).toEqualTypeOf<Tensor<[2, 3]>>();
expectTypeOf(tensor([true, false])).toEqualTypeOf<Tensor<[2]>>();
expectTypeOf(tensor(rows)).toEqualTypeOf<Tensor<[number, number]>>();
expectTypeOf(tensor([1, 2], "float64")).toEqualTypeOf<Tensor<[2]>>();
expectTypeOf(tensor(new Float32Array(3))).toEqualTypeOf<Tensor>();
expectTypeOf(fromData(new Float32Array(6), [2, 3])).toEqualTypeOf<Tensor<[2, 3]>>();
expectTypeOf(ones([2])).toEqualTypeOf<Tensor<[2]>>();
expectTypeOf(full([], 1)).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(onesLike(x)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(eye(3)).toEqualTypeOf<Tensor<[3, 3]>>();
expectTypeOf(linspace(0, 1, 5)).toEqualTypeOf<Tensor<[5]>>();
expectTypeOf(zeros(rows[0]!)).toEqualTypeOf<Tensor>();
expectTypeOf(random.normal(random.key(1), [2, 3])).toEqualTypeOf<Tensor<[2, 3]>>();
expectTypeOf(random.key(1)).toEqualTypeOf<Tensor<[2]>>();
expectTypeOf(variable([1, 2])).toExtend<Tensor>();

// @ts-expect-error tensor: rows of nested data differ in length
tensor([[1], [2, 3]]);
// @ts-expect-error an element type that is none
zeros([2], "float16");
// @ts-expect-error words are no numbers
tensor(["a"]);

// ---- elementwise --------------------------------------------------------------------------------

expectTypeOf(x.add(row)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(row.sub(x)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(x.mul(2).div(n).pow(3)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(x.exp().relu().neg().softmax().cast("float64")).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(x.greater(0)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(zeros([8, 1, 6]).maximum(zeros([7, 1]))).toEqualTypeOf<Tensor<[8, 7, 6]>>();
expectTypeOf(add(x, row)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(add(1, row)).toEqualTypeOf<Tensor<[10]>>();
expectTypeOf(mul(row, 2)).toEqualTypeOf<Tensor<[10]>>();
expectTypeOf(relu(softmax(x))).toEqualTypeOf<Tensor<[32, 10]>>();

// @ts-expect-error add: shapes [32, 10] and [32, 11] do not broadcast
const wrong = x.add(zeros([32, 11]));
expectTypeOf(wrong).toEqualTypeOf<Tensor>(); // one mistake, one message
wrong
  .add(zeros([7]))
  .matmul(zeros([3, 3]))
  .sum(9);
// @ts-expect-error mul: shapes [32, 10] and [9] do not broadcast
mul(x, zeros([9]));
// @ts-expect-error a string is no tensor
x.add("s");
// @ts-expect-error neither is an array
x.add([1, 2]);

expectTypeOf(x.add<[32, 10], [32, 11]>)
  .parameter(0)
  .toEqualTypeOf<"add: shapes [32, 10] and [32, 11] do not broadcast">();
expectTypeOf(x.less<[32, 10], [9]>)
  .parameter(0)
  .toEqualTypeOf<"less: shapes [32, 10] and [9] do not broadcast">();
expectTypeOf(add<[2], [3]>)
  .parameter(1)
  .toEqualTypeOf<"add: shapes [2] and [3] do not broadcast">();
expectTypeOf(x.add<[32, 10], [10]>)
  .parameter(0)
  .toEqualTypeOf<Tensor<[10]> | number>();

// ---- products -----------------------------------------------------------------------------------

expectTypeOf(zeros([32, 784]).matmul(zeros([784, 10]))).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(matmul(zeros([5, 2, 3]), zeros([3, 4]))).toEqualTypeOf<Tensor<[5, 2, 4]>>();
expectTypeOf(row.matmul(zeros([10, 3]))).toEqualTypeOf<Tensor<[3]>>();
expectTypeOf(row.matmul(row)).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(batch.matmul(zeros([10, 3]))).toEqualTypeOf<Tensor<[number, 3]>>();
expectTypeOf(einsum("ij,jk->ik", x, zeros([10, 3]))).toEqualTypeOf<Tensor>();

// @ts-expect-error matmul: cannot multiply [32, 10] by [784, 10]
x.matmul(zeros([784, 10]));
// @ts-expect-error matmul: cannot multiply [32, 10] by [3]
matmul(x, zeros([3]));
// @ts-expect-error a number is not a matrix
x.matmul(2);

expectTypeOf(x.matmul<[32, 10], [784, 10]>)
  .parameter(0)
  .toEqualTypeOf<"matmul: cannot multiply [32, 10] by [784, 10]">();
expectTypeOf(matmul<[32, 784], [30, 10]>)
  .parameter(1)
  .toEqualTypeOf<"matmul: cannot multiply [32, 784] by [30, 10]">();

// ---- reductions ---------------------------------------------------------------------------------

expectTypeOf(x.sum()).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(x.mean(0)).toEqualTypeOf<Tensor<[10]>>();
expectTypeOf(x.max(-1, true)).toEqualTypeOf<Tensor<[32, 1]>>();
expectTypeOf(x.variance([0, -1])).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(x.any(undefined, true)).toEqualTypeOf<Tensor<[1, 1]>>();
expectTypeOf(sum(x, 1)).toEqualTypeOf<Tensor<[32]>>();
expectTypeOf(mean(x, n)).toEqualTypeOf<Tensor>();
expectTypeOf(x.argmax()).toEqualTypeOf<Tensor>();
expectTypeOf(x.norm()).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(x.norm(2, 1)).toEqualTypeOf<Tensor<[32]>>();
expectTypeOf(x.norm(1, 1, true)).toEqualTypeOf<Tensor<[32, 1]>>();

// @ts-expect-error sum: axis 2 is out of range for shape [32, 10]
x.sum(2);
// @ts-expect-error mean: axis -3 is out of range for shape [32, 10]
mean(x, [0, -3]);

expectTypeOf(x.sum<[32, 10], 2>)
  .parameter(0)
  .toEqualTypeOf<"sum: axis 2 is out of range for shape [32, 10]" | undefined>();
expectTypeOf(x.std<[4], readonly [1]>)
  .parameter(0)
  .toEqualTypeOf<"std: axis 1 is out of range for shape [4]" | undefined>();

// ---- movement -----------------------------------------------------------------------------------

expectTypeOf(x.transpose()).toEqualTypeOf<Tensor<[10, 32]>>();
expectTypeOf(zeros([2, 3, 4]).transpose([2, 0, 1])).toEqualTypeOf<Tensor<[4, 2, 3]>>();
expectTypeOf(transpose(x)).toEqualTypeOf<Tensor<[10, 32]>>();
expectTypeOf(transpose(x, [1, 0])).toEqualTypeOf<Tensor<[10, 32]>>();
expectTypeOf(x.reshape([-1, 5])).toEqualTypeOf<Tensor<[number, 5]>>();
expectTypeOf(reshape(x, [320])).toEqualTypeOf<Tensor<[320]>>();
expectTypeOf(x.at(3)).toEqualTypeOf<Tensor<[10]>>();
expectTypeOf(x.at("1:3", 0)).toEqualTypeOf<Tensor>();
expectTypeOf(x.at(tensor([1]))).toEqualTypeOf<Tensor>();
expectTypeOf(concat([x, zeros([5, 10])])).toEqualTypeOf<Tensor<[number, 10]>>();
expectTypeOf(concat([x, zeros([32, 5])], 1)).toEqualTypeOf<Tensor<[32, number]>>();
expectTypeOf(stack([row, row])).toEqualTypeOf<Tensor<[2, 10]>>();
expectTypeOf(stack([row, row], -1)).toEqualTypeOf<Tensor<[10, 2]>>();
expectTypeOf(stack([row, untyped])).toEqualTypeOf<Tensor>();
expectTypeOf(untyped.as([-1, 10])).toEqualTypeOf<Tensor<[number, 10]>>();
expectTypeOf(broadcastTo(row, [3, 10])).toEqualTypeOf<Tensor>();

// @ts-expect-error transpose: axes [0, 0] do not permute shape [32, 10]
x.transpose([0, 0]);
// @ts-expect-error transpose: axes [0] do not permute shape [32, 10]
transpose(x, [0]);
// @ts-expect-error concat: shapes [32, 10], [32, 5] do not join along axis 0
concat([x, zeros([32, 5])]);
// @ts-expect-error stack: shapes [10], [9] do not stack along axis 0
stack([row, zeros([9])]);

expectTypeOf(concat<[[2, 3], [2, 4]]>)
  .parameter(0)
  .toEqualTypeOf<"concat: shapes [2, 3], [2, 4] do not join along axis 0">();
expectTypeOf(transpose<[32, 10], readonly [0, 0]>)
  .parameter(1)
  .toEqualTypeOf<"transpose: axes [0, 0] do not permute shape [32, 10]" | undefined>();

// ---- derivatives --------------------------------------------------------------------------------

interface Params {
  readonly w: Tensor<[10, 3]>;
  readonly b: Tensor<[3]>;
}
const loss = ({ w, b }: Params, input: Tensor<[number, 10]>) =>
  input.matmul(w).add(b).square().mean();

expectTypeOf(grad(loss)).toEqualTypeOf<(p: Params, input: Tensor<[number, 10]>) => Params>();
expectTypeOf(grad(loss, { argument: 1 })).returns.toEqualTypeOf<Tensor<[number, 10]>>();
expectTypeOf(valueAndGrad(loss)).returns.toEqualTypeOf<[value: Tensor<[]>, gradient: Params]>();
expectTypeOf(grad((w: Tensor) => w.sum())).toEqualTypeOf<(w: Tensor) => Tensor>();
expectTypeOf(grad((w) => w.sum()))
  .parameter(0)
  .toBeAny();
expectTypeOf(grad(grad((w: Tensor<[]>) => w.mul(w)))).toEqualTypeOf<
  (w: Tensor<[]>) => Tensor<[]>
>();

const withExtra = grad((w: Tensor<[3]>, k: number) => [w.sum(), { accuracy: k }] as const, {
  hasAux: true,
});
expectTypeOf(withExtra).returns.toEqualTypeOf<
  [gradient: Tensor<[3]>, extra: { readonly accuracy: number }]
>();

// @ts-expect-error grad: the function must return a scalar, but it returned shape [3]
grad((w: Tensor<[3]>) => w.mul(w));
// @ts-expect-error the same of the loss beside an extra
grad((w: Tensor<[3]>) => [w.mul(w), 1] as const, { hasAux: true });
// @ts-expect-error an option that is none
grad((w: Tensor<[3]>) => w.sum(), { hasAuxx: true });

expectTypeOf(grad<(w: Tensor<[3]>) => Tensor<[3]>>)
  .parameter(0)
  .toEqualTypeOf<"grad: the function must return a scalar, but it returned shape [3]">();

expectTypeOf(vjp(loss, { w: zeros([10, 3]), b: zeros([3]) }, batch)[0]).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(jvp((w: Tensor<[3]>) => w.exp(), [zeros([3])], [ones([3])])).toEqualTypeOf<
  [value: Tensor<[3]>, tangent: Tensor<[3]>]
>();
expectTypeOf(compile(loss)).toExtend<typeof loss>();
expectTypeOf(compile(loss).cached()).toEqualTypeOf<number>();

// ---- where the compiler does not know -----------------------------------------------------------

expectTypeOf(batch).toEqualTypeOf<Tensor<[number, 10]>>();
expectTypeOf(batch.add(x)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(batch.add(row)).toEqualTypeOf<Tensor<[number, 10]>>();
expectTypeOf(x.add(untyped)).toEqualTypeOf<Tensor>();
expectTypeOf(untyped.matmul(x)).toEqualTypeOf<Tensor>();
expectTypeOf(untyped.sum(7)).toEqualTypeOf<Tensor>();
expectTypeOf(untyped.at(0)).toEqualTypeOf<Tensor>();
expectTypeOf(concat([x, untyped])).toEqualTypeOf<Tensor>();
// @ts-expect-error add: shapes [?, 10] and [9] do not broadcast
batch.add(zeros([9]));

// ---- what may be passed where -------------------------------------------------------------------

wantsTen(x);
wantsTen(batch);
wantsTen(untyped);
wantsTen(variable(zeros([32, 10])));
// @ts-expect-error [32, 11] is not [number, 10]
wantsTen(zeros([32, 11]));
declare function wantsAny(x: Tensor): void;
declare function wantsExactly(x: Tensor<[32, 10]>): void;
wantsAny(x);
wantsExactly(untyped);
wantsTen(new Variable(x));
// @ts-expect-error a tensor of [number, 10] is not one of [32, 10]
wantsExactly(batch);

function anyBatch<B extends number>(a: Tensor<[B, 3]>): Tensor<[B, 5]> {
  return a
    .add(a)
    .mul(2)
    .matmul(zeros([3, 5]));
}
expectTypeOf(anyBatch(zeros([7, 3]))).toEqualTypeOf<Tensor<[7, 5]>>();

// ---- limits that stay ---------------------------------------------------------------------------

// A scalar has no axis to index, but the general form of at() takes any indices.
x.sum().at(0);

// Growing a tensor in a loop needs an annotation.
let grown: Tensor = zeros([1, 10]);
grown = concat([grown, zeros([1, 10])]);
