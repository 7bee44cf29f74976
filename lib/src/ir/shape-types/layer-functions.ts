// The shape functions of the built-in layers.

import type { Add, Half, Sub } from "./arithmetic.ts";
import type { Fn } from "./layers.ts";
import type { Shape, Show } from "./shape.ts";

/** The output has the input's shape: activations, dropout, normalisation. */
export interface Identity extends Fn {
  readonly out: this["in"];
}

/** The head of a chain. `input` tells it from every other function, whose `out` might fit too. */
export interface Input<S extends Shape> extends Fn {
  readonly input: S;
  readonly out: S;
}

/** The last axis becomes `Units`. */
export interface Dense<Units extends number> extends Fn {
  readonly out: DenseOut<this["in"], Units>;
}

type DenseOut<S, Units extends number> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [...infer Init extends Shape, number]
      ? [...Init, Units]
      : "dense: needs an input with at least one axis, got []"
  : never;

/** One axis. Only rank 1 keeps its size: products are not computed at compile time. */
export interface Flatten extends Fn {
  readonly out: this["in"] extends readonly [infer N extends number] ? [N] : [number];
}

// ---- windows over [height, width, channels] ---------------------------------------------------

/** A square convolution; a stride other than 1 makes height and width unknown. */
export interface Conv2D<
  Filters extends number,
  Kernel extends number,
  Padding extends string = "valid",
  Stride extends number = 1,
> extends Fn {
  readonly out: ConvOut<this["in"], Filters, Kernel, Padding, Stride>;
}

type ConvOut<
  S,
  Filters extends number,
  Kernel extends number,
  Padding extends string,
  Stride extends number,
> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer H extends number, infer W extends number, number]
      ? [ConvDim<H, Kernel, Padding, Stride>] extends [never]
        ? KernelTooLarge<Kernel, S>
        : [ConvDim<W, Kernel, Padding, Stride>] extends [never]
          ? KernelTooLarge<Kernel, S>
          : [ConvDim<H, Kernel, Padding, Stride>, ConvDim<W, Kernel, Padding, Stride>, Filters]
      : `conv2d: expects input [height, width, channels], got ${Show<S>}`
  : never;

type KernelTooLarge<
  Kernel extends number,
  S extends Shape,
> = `conv2d: the ${Kernel}x${Kernel} kernel is larger than its input ${Show<S>}`;

// `never` where the kernel does not fit.
type ConvDim<N extends number, Kernel extends number, Padding, Stride> = string extends Padding
  ? number
  : Padding extends "same"
    ? Stride extends 1
      ? N
      : number
    : [Sub<N, Kernel>] extends [never]
      ? never
      : Stride extends 1
        ? Add<Sub<N, Kernel>, 1>
        : number;

/** Max pooling, the stride equal to the size; sizes other than 2 make height and width unknown. */
export interface MaxPool2D<Size extends number = 2> extends Fn {
  readonly out: PoolOut<this["in"], Size, "maxPool2d">;
}

/** Average pooling: as `MaxPool2D`. */
export interface AveragePool2D<Size extends number = 2> extends Fn {
  readonly out: PoolOut<this["in"], Size, "averagePool2d">;
}

type PoolOut<S, Size extends number, Op extends string> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer H extends number, infer W extends number, infer C extends number]
      ? [PoolDim<H, Size>, PoolDim<W, Size>, C]
      : `${Op}: expects input [height, width, channels], got ${Show<S>}`
  : never;

type PoolDim<N extends number, Size extends number> = Size extends 2 ? Half<N> : number;
