// The shape functions of layers that slide windows: convolutions and pooling.

import type { Add, Half, Places, Sub } from "../../shapes/arithmetic.ts";
import type { Fn } from "../../shapes/fn.ts";
import type { Shape, Show } from "../../shapes/shape.ts";

/** One length for both axes, or [height, width]. */
export type WindowSize = number | readonly [number, number];

type Along<Size, Axis extends 0 | 1> = Size extends readonly [number, number] ? Size[Axis] : Size;

/** As a sentence names it: `5x5`, `3x?`. */
type ShowSize<Size extends WindowSize> = `${ShowLength<Along<Size, 0>>}x${ShowLength<
  Along<Size, 1>
>}`;

type ShowLength<N extends number> = number extends N ? "?" : N;

// ---- one axis; `never` where the window does not fit --------------------------------------------

// Steps and dilation other than 1 would need a division or a product.
type Slide<
  N extends number,
  Window extends number,
  Padding extends string,
  Stride extends number,
  Dilation extends number,
> = string extends Padding
  ? number
  : Padding extends "valid"
    ? [Places<N, Window>] extends [never]
      ? never
      : Stride extends 1
        ? Dilation extends 1
          ? Places<N, Window>
          : number
        : number
    : Stride extends 1
      ? N
      : number;

// Windows of 2 in steps of 2, as most pooling is, are counted at any length.
type Pool<
  N extends number,
  Window extends number,
  Padding extends string,
  Stride extends number,
> = Window extends 2
  ? Stride extends 2
    ? Padding extends "valid"
      ? Pairs<Half<N>>
      : number
    : Slide<N, Window, Padding, Stride, 1>
  : Slide<N, Window, Padding, Stride, 1>;

type Pairs<N extends number> = N extends 0 ? never : N;

type Enlarge<
  N extends number,
  Window extends number,
  Padding extends string,
  Stride extends number,
  Dilation extends number,
> = string extends Padding
  ? number
  : Stride extends 1
    ? Padding extends "valid"
      ? Dilation extends 1
        ? Sub<Add<N, Window>, 1>
        : number
      : N
    : number;

// ---- all axes, or a sentence --------------------------------------------------------------------

// `In` is put together from its axes: S itself would there be S & [H, W, C], whose many members are
// a thousand instantiations a layer.
type Image<
  Out extends readonly [number, number, number],
  In extends Shape,
  Op extends string,
  What extends string,
  Size extends WindowSize,
> = [Out[0]] extends [never]
  ? TooLarge<In, Op, What, Size>
  : [Out[1]] extends [never]
    ? TooLarge<In, Op, What, Size>
    : Out;

type TooLarge<
  In extends Shape,
  Op extends string,
  What extends string,
  Size extends WindowSize,
> = `${Op}: the ${ShowSize<Size>} ${What} is larger than its input ${Show<In>}`;

type NoImage<
  Op extends string,
  S extends Shape,
> = `${Op}: expected an example [height, width, channels], received ${Show<S>}`;

/** Strides and dilation other than 1 make height and width unknown. */
export interface Conv2D<
  Filters extends number,
  Kernel extends WindowSize,
  Padding extends string = "valid",
  Strides extends WindowSize = 1,
  Dilation extends WindowSize = 1,
> extends Fn {
  readonly out: Conv2DOut<this["in"], Filters, Kernel, Padding, Strides, Dilation>;
}

type Conv2DOut<
  S,
  Filters extends number,
  K extends WindowSize,
  P extends string,
  T extends WindowSize,
  D extends WindowSize,
> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer H extends number, infer W extends number, infer C extends number]
      ? Image<
          [
            Slide<H, Along<K, 0>, P, Along<T, 0>, Along<D, 0>>,
            Slide<W, Along<K, 1>, P, Along<T, 1>, Along<D, 1>>,
            Filters,
          ],
          [H, W, C],
          "conv2d",
          "kernel",
          K
        >
      : NoImage<"conv2d", S>
  : never;

/** The same over [steps, channels]. */
export interface Conv1D<
  Filters extends number,
  Kernel extends number,
  Padding extends string = "valid",
  Stride extends number = 1,
  Dilation extends number = 1,
> extends Fn {
  readonly out: Conv1DOut<this["in"], Filters, Kernel, Padding, Stride, Dilation>;
}

type Conv1DOut<
  S,
  Filters extends number,
  K extends number,
  P extends string,
  T extends number,
  D extends number,
> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer N extends number, infer C extends number]
      ? [Slide<N, K, P, T, D>] extends [never]
        ? `conv1d: the kernel of ${ShowLength<K>} is larger than its input ${Show<[N, C]>}`
        : [Slide<N, K, P, T, D>, Filters]
      : `conv1d: expected an example [steps, channels], received ${Show<S>}`
  : never;

/** The transpose of a convolution, which enlarges. */
export interface Conv2DTranspose<
  Filters extends number,
  Kernel extends WindowSize,
  Padding extends string = "valid",
  Strides extends WindowSize = 1,
  Dilation extends WindowSize = 1,
> extends Fn {
  readonly out: TransposeOut<this["in"], Filters, Kernel, Padding, Strides, Dilation>;
}

type TransposeOut<
  S,
  Filters extends number,
  K extends WindowSize,
  P extends string,
  T extends WindowSize,
  D extends WindowSize,
> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer H extends number, infer W extends number, number]
      ? [
          Enlarge<H, Along<K, 0>, P, Along<T, 0>, Along<D, 0>>,
          Enlarge<W, Along<K, 1>, P, Along<T, 1>, Along<D, 1>>,
          Filters,
        ]
      : NoImage<"conv2dTranspose", S>
  : never;

/** Pooling; strides other than 1, or other than 2 with windows of 2, make height and width unknown. */
export interface Pool2D<
  Op extends string,
  Size extends WindowSize = 2,
  Padding extends string = "valid",
  Strides extends WindowSize = Size,
> extends Fn {
  readonly out: Pool2DOut<this["in"], Op, Size, Padding, Strides>;
}

type Pool2DOut<
  S,
  Op extends string,
  K extends WindowSize,
  P extends string,
  T extends WindowSize,
> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer H extends number, infer W extends number, infer C extends number]
      ? Image<
          [Pool<H, Along<K, 0>, P, Along<T, 0>>, Pool<W, Along<K, 1>, P, Along<T, 1>>, C],
          [H, W, C],
          Op,
          "window",
          K
        >
      : NoImage<Op, S>
  : never;

/** All axes but the last are pooled away. */
export interface GlobalPool extends Fn {
  readonly out: GlobalPoolOut<this["in"]>;
}

type GlobalPoolOut<S> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [number, ...Shape, infer C extends number]
      ? [C]
      : `globalPool: expected an example [..., channels] of two axes or more, received ${Show<S>}`
  : never;
