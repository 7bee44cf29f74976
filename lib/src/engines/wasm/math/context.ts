// What the vector functions are written with, and small steps that several of them take.

import {
  type Expr,
  type FunctionBuilder,
  type FunctionRef,
  type Local,
  type Operand,
  op,
} from "../code/index.ts";

export interface MathContext {
  readonly f: FunctionBuilder;
  /** A number in all four float lanes. */
  readonly splat: (x: number) => Expr;
  /** An int32, or the bits of anything else, in all lanes. */
  readonly word: (bits: number) => Expr;
  /** The definition of an op on doubles, as a function from outside. */
  readonly imported: (name: string, arity: number) => FunctionRef;
}

/** Four floats in, four floats out. */
export type VectorFunction = (m: MathContext, ...x: Local[]) => Expr;

export const add = (a: Operand, b: Operand): Expr => op("f32x4.add", a, b);
export const sub = (a: Operand, b: Operand): Expr => op("f32x4.sub", a, b);
export const mul = (a: Operand, b: Operand): Expr => op("f32x4.mul", a, b);
export const div = (a: Operand, b: Operand): Expr => op("f32x4.div", a, b);
/** a where the mask is set, else b. */
export const choose = (mask: Operand, a: Operand, b: Operand): Expr =>
  op("v128.bitselect", a, b, mask);

const SIGN = -2147483648;

/** The size of `value` with the sign of `x`. */
export function withSign({ word }: MathContext, value: Operand, x: Operand): Expr {
  return op("v128.or", op("f32x4.abs", value), op("v128.and", x, word(SIGN)));
}

/** c[0] x^n + … + c[n], by Horner's rule. */
export function polynomial(m: MathContext, x: Local, coefficients: readonly number[]): Expr {
  const [first, ...rest] = coefficients.map(m.splat) as [Expr, ...Expr[]];
  return rest.reduce((sum, c) => add(mul(sum, x), c), first);
}

/** 2 to the power of whole numbers from -126 to 127, given as int32 lanes. */
export function powerOfTwo({ word }: MathContext, n: Operand): Expr {
  return op("i32x4.shl", op("i32x4.add", n, word(127)), 23);
}
