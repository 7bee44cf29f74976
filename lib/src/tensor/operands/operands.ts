// What functions of one or two tensors make of their operands: checks, numbers as tensors, broadcasting.

import { signature } from "../../checks/signature.ts";
import type { DType } from "../../ir/dtype.ts";
import { sameShape } from "../../ir/shape.ts";
import { expectDType, expectSame, NUMBERS } from "../../ops/define.ts";
import { operandKind, tensorKind } from "../../runtime/values/kinds.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { Broadcast, BroadcastError, Fits, Or, Shape } from "../../shapes/index.ts";
import { broadcastShapes, broadcastTo } from "./broadcast.ts";
import { numberLike } from "./checks.ts";

/** A function of two tensors or numbers that broadcast. */
export type BinaryFunction<Name extends string> = <A extends Shape = [], B extends Shape = []>(
  a: Tensor<A> | number,
  b: Fits<Broadcast<A, B>, Tensor<B> | number, BroadcastError<Name, A, B>>,
) => Tensor<Or<Broadcast<A, B>>>;

/** A function of one tensor that keeps its shape. */
export type UnaryFunction = <S extends Shape>(x: Tensor<S>) => Tensor<S>;

export type TensorOrNumber = Tensor | number;

/** Both operands as tensors of one shape; a number takes the other's element type. */
export function pair(name: string, a: TensorOrNumber, b: TensorOrNumber): [Tensor, Tensor] {
  const left = a instanceof Tensor ? a : numberLike(name, a, b instanceof Tensor ? b : undefined);
  const right = b instanceof Tensor ? b : numberLike(name, b, left);
  // Here, and not only in the primitives, so that errors name the function that was called.
  if (left.dtype !== right.dtype) {
    expectSame(
      name,
      [left, right].map(({ dtype }) => ({ dtype, shape: [] })),
    );
  }
  if (sameShape(left.type.shape, right.type.shape)) return [left.read(), right.read()];
  if (left.rank === 0) return [broadcastTo(left, right.type.shape), right.read()];
  if (right.rank === 0) return [left.read(), broadcastTo(right, left.type.shape)];
  const shape = broadcastShapes(name, left.type.shape, right.type.shape);
  return [broadcastTo(left, shape), broadcastTo(right, shape)];
}

export function binary<Name extends string>(
  name: Name,
  f: (a: Tensor, b: Tensor) => Tensor,
  allowed: readonly DType[] = NUMBERS,
): BinaryFunction<Name> {
  const check = signature<typeof apply>(`${name}(a, b)`, operandKind, operandKind);
  function apply(a: TensorOrNumber, b: TensorOrNumber): Tensor {
    check(arguments);
    const [left, right] = pair(name, a, b);
    expectDType(name, left.type, allowed);
    return f(left, right);
  }
  return apply as BinaryFunction<Name>;
}

export function unary(name: string, f: (x: Tensor) => Tensor): UnaryFunction {
  const check = signature<typeof apply>(`${name}(x)`, tensorKind);
  function apply(x: Tensor): Tensor {
    check(arguments);
    return f(x);
  }
  return apply;
}
