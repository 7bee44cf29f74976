// The rows of the quantised ops: whole numbers that stand for floats by a scale and a zero.

import { isFloat } from "../../../../ir/dtype.ts";
import { showShape } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part, repeat } from "../../../../tensor/arranging/roll.ts";
import { equal, where } from "../../../../tensor/comparison.ts";
import { full } from "../../../../tensor/create.ts";
import {
  add,
  cast,
  clip,
  div,
  maximum,
  minimum,
  mul,
  round,
  sub,
} from "../../../../tensor/elementwise.ts";
import { matmul } from "../../../../tensor/linear.ts";
import { reshape } from "../../../../tensor/movement.ts";
import { max, min } from "../../../../tensor/reduce.ts";
import type { Call } from "../../core/call.ts";
import { elementName, holderOf, INT32, shortRange, UINT8 } from "../../core/elements.ts";
import { computing, type OpRows } from "../../core/rows.ts";
import { convolveAxes, operands } from "../windows/convolution.ts";
import { geometryOf } from "../windows/geometry.ts";

/** A scale or a zero for all, for each place of an axis, or for each block of it, as wide as x. */
function spread(c: Call, parameter: Tensor, x: Tensor): Tensor {
  if (parameter.size === 1 && parameter.rank <= 1) return reshape(parameter, []);
  const axis = c.axis(c.int("axis", 1), x.rank);
  const block = c.int("block_size", 0);
  if (block > 0) {
    if (parameter.rank !== x.rank)
      throw c.refuse("blocks need a scale with as many axes as the data");
    const wide = repeat(parameter, block, axis);
    return part(wide, axis, 0, x.type.shape[axis]!);
  }
  if (parameter.rank !== 1 || parameter.size !== x.type.shape[axis]) {
    throw c.refuse(
      `scale ${showShape(parameter.shape)} does not fit axis ${axis} of ${showShape(x.shape)}`,
    );
  }
  return reshape(
    parameter,
    x.type.shape.map((dim, i) => (i === axis ? dim : 1)),
  );
}

/** Least and greatest number of a type that things are quantised to. */
function boundsOf(c: Call, element: number): readonly [number, number] {
  const bounds = element === UINT8 ? ([0, 255] as const) : shortRange(element);
  if (bounds) return bounds;
  throw c.refuse(`quantising to ${elementName(element)} is not covered`);
}

/** To the nearest whole number, halves to even, plus the zero, cut to what the type holds. */
function toWhole(
  c: Call,
  x: Tensor,
  zero: Tensor | undefined,
  element: number,
  output = 0,
): Tensor {
  const [low, high] = boundsOf(c, element);
  const shifted = zero ? add(round(x), cast(zero, x.dtype)) : round(x);
  c.says(output, element);
  return cast(clip(shifted, low, high), holderOf(element, c.where));
}

function quantize(c: Call): Tensor {
  c.ignore("saturate", "precision");
  const given = c.x(0);
  const x = isFloat(given.dtype) ? given : cast(given, "float32");
  const said = c.int("output_dtype", 0);
  const element = c.maybe(2) ? c.element(2) : said || UINT8;
  boundsOf(c, element);
  const scale = spread(c, c.x(1), x);
  const zero = c.maybe(2) && spread(c, c.x(2), x);
  c.ignore("axis", "block_size");
  return toWhole(c, div(x, c.like(scale, x)), zero, element);
}

function dequantize(c: Call): Tensor {
  const x = c.x(0);
  const scale = spread(c, c.x(1), x);
  const zero = c.maybe(2) && spread(c, c.x(2), x);
  c.ignore("axis", "block_size", "output_dtype");
  const { dtype } = scale;
  const numbers = cast(x, dtype);
  return mul(zero ? sub(numbers, cast(zero, dtype)) : numbers, scale);
}

/** The range of x, zero included, spread over uint8. */
function dynamic(c: Call): Tensor[] {
  const x = c.x(0);
  const [low, high] = [minimum(min(x), 0), maximum(max(x), 0)];
  const scale = div(sub(high, low), 255);
  const safe = where(equal(scale, 0), full([], 1, x.dtype), scale);
  const zero = cast(clip(round(sub(0, div(low, safe))), 0, 255), "uint8");
  const y = toWhole(c, div(x, safe), zero, UINT8);
  return [y, scale, zero];
}

/** Whole numbers less their zero, as numbers that products are exact in. */
function centred(c: Call, x: number, zero: number, axis?: number): Tensor {
  const numbers = cast(c.x(x), "int32");
  const given = c.maybe(zero);
  if (!given) return numbers;
  const own = cast(given, "int32");
  if (own.size === 1) return sub(numbers, reshape(own, []));
  if (own.rank > 1 || axis === undefined) return sub(numbers, own);
  return sub(
    numbers,
    reshape(
      own,
      numbers.type.shape.map((_, i) => (i === axis ? own.size : 1)),
    ),
  );
}

function matmulInteger(c: Call): Tensor {
  c.says(0, INT32);
  const a = centred(c, 0, 2, c.x(0).rank - 2);
  return matmul(a, centred(c, 1, 3, c.x(1).rank - 1));
}

/** Sums of products of bytes: float64 holds them exactly. */
function wholeConvolution(c: Call, x: Tensor, kernel: Tensor): Tensor {
  const { sizes, window, groups } = operands(c, x, kernel);
  const g = geometryOf(c, sizes, window);
  return convolveAxes(cast(x, "float64"), cast(kernel, "float64"), g, groups);
}

function convInteger(c: Call): Tensor {
  c.says(0, INT32);
  return cast(wholeConvolution(c, centred(c, 0, 2), centred(c, 1, 3, 0)), "int32");
}

/** A scale of the result's channels, or of all. */
const channelwise = (scale: Tensor, rank: number, axis: number): Tensor =>
  scale.size === 1
    ? reshape(scale, [])
    : reshape(
        scale,
        Array.from({ length: rank }, (_, i) => (i === axis ? scale.size : 1)),
      );

function qLinearConv(c: Call): Tensor {
  const y = wholeConvolution(c, centred(c, 0, 2), centred(c, 3, 5, 0));
  const bias = c.maybe(8);
  const whole = bias ? add(y, channelwise(cast(bias, "float64"), y.rank, 1)) : y;
  const scale = mul(
    cast(c.x(1), "float64").reshape([]),
    channelwise(cast(c.x(4), "float64"), y.rank, 1),
  );
  const by = div(scale, cast(c.x(6), "float64").reshape([]));
  return toWhole(c, mul(whole, by), c.x(7).reshape([]), c.element(7));
}

function qLinearMatmul(c: Call): Tensor {
  const a = centred(c, 0, 2, c.x(0).rank - 2);
  const y = cast(matmul(a, centred(c, 3, 5, c.x(3).rank - 1)), "float64");
  const scale = mul(
    channelwise(cast(c.x(1), "float64"), y.rank, y.rank - 2),
    channelwise(cast(c.x(4), "float64"), y.rank, y.rank - 1),
  );
  const by = div(scale, channelwise(cast(c.x(6), "float64"), y.rank, y.rank - 2));
  return toWhole(c, mul(y, by), c.x(7).reshape([]), c.element(7));
}

export const quantised: OpRows = {
  QuantizeLinear: computing(quantize, { short: "takes", keeps: [1] }),
  DequantizeLinear: computing(dequantize, { short: "takes", keeps: [1] }),
  DynamicQuantizeLinear: computing(dynamic),
  MatMulInteger: computing(matmulInteger, { short: "takes" }),
  ConvInteger: computing(convInteger, { short: "takes" }),
  QLinearConv: computing(qLinearConv, { short: "takes", keeps: [1, 4, 6] }),
  QLinearMatMul: computing(qLinearMatmul, { short: "takes", keeps: [1, 4, 6] }),
};
