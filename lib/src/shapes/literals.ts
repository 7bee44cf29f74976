// The shape of nested arrays written as literals: tensor([[1, 2], [3, 4]]) is [2, 2].

import type { NumberArray } from "../ir/dtype.ts";
import type { Exact, Shape } from "./shape.ts";

type Scalar = number | boolean;

/** What `tensor()` accepts. */
export type NestedInput = Scalar | NumberArray | readonly NestedInput[];

/** The shape of nested data, read off the first row of each level: cheap for large literals. */
export type ShapeOf<T, Done extends Shape = []> = 0 extends 1 & T
  ? any
  : [T] extends [Scalar]
    ? Done
    : [T] extends [readonly unknown[]]
      ? T["length"] extends 0
        ? [...Done, 0]
        : ShapeOf<T[0], [...Done, T["length"]]>
      : any;

/** `never` if all rows may be alike, else "tensor: rows of nested data differ in length". */
export type RaggedError<Op extends string, T> = [RaggedLengths<T>] extends [never]
  ? never
  : `${Op}: rows of nested data differ in length`;

// One look at all the rows of a level; only if their lengths differ, at each row by itself,
// because a row may be a union of two lengths, and that is unknown rather than wrong.
// The depth is counted because TypeScript also tries this on `Nested`, which never ends.
type RaggedLengths<T, Depth extends 0[] = []> = Depth["length"] extends 4
  ? never
  : [T] extends [readonly (readonly unknown[])[]]
    ? number extends Exact<T[number]["length"]>
      ? number extends LengthOfEach<T>
        ? never
        : LengthOfEach<T>
      : RaggedLengths<T[number], [...Depth, 0]>
    : never;

type LengthOfEach<T> = T extends readonly unknown[]
  ? { [I in keyof T]: T[I] extends readonly unknown[] ? Exact<T[I]["length"]> : number }[number]
  : number;
