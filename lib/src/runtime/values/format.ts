// Prints tensors as NumPy prints arrays, with the element type and shape beside the numbers.
//
// A scalar takes one line, value first, so that it reads well inside a sentence: `2.5 float32[]`.
// Everything else gets a line that says what it is, then the numbers, columns aligned:
//
//     Tensor float32[2, 2]
//     [[1. 2.]
//      [3. 4.]]
//
// Numbers follow NumPy's defaults: precision 8, threshold 1000, three items at each edge, lines of 75;
// digits are the fewest that identify the element, so float32 0.1 is never 0.10000000149, also in
// scientific columns, where NumPy fills a column with further digits and this with zeros. Booleans
// are `true` and `false`, as in TypeScript.

import { type DataArray, type DType, isFloat } from "../../ir/dtype.ts";
import { showNumber } from "../../ir/numeral.ts";
import { sizeOf, stridesOf } from "../../ir/shape.ts";
import { showType, type TensorType } from "../../ir/type.ts";
import { floatColumn, floatScalar, widest } from "./format-float.ts";

const THRESHOLD = 1000;
const EDGE = 3;
const WIDTH = 75;

/** The text of a tensor: see the head of this file. */
export function formatArray(data: DataArray, type: TensorType): string {
  if (type.shape.length === 0) return `${formatScalar(data[0]!, type.dtype)} ${showType(type)}`;
  return `Tensor ${showType(type)}\n${formatElements(data, type)}`;
}

function formatScalar(x: number, dtype: DType): string {
  return isFloat(dtype) ? floatScalar(x, dtype) : showNumber(x, dtype);
}

/** The nested brackets alone. */
function formatElements(data: DataArray, type: TensorType): string {
  const { dtype, shape } = type;
  if (sizeOf(shape) === 0) return "[]";
  const strides = stridesOf(shape);
  const axes = shape.map((length) => shownIndices(length, sizeOf(shape) > THRESHOLD));
  const column = columnOf(shownElements(data, axes, strides), dtype);

  // `indent` is what the lines of this level start with; `width` leaves room for closing brackets.
  const render = (axis: number, offset: number, indent: string, width: number): string => {
    const isLast = axis === shape.length - 1;
    const items = axes[axis]!.map((index) => {
      if (index === null) return "...";
      const at = offset + index * strides[axis]!;
      return isLast ? column(data[at]!) : render(axis + 1, at, `${indent} `, width - 1);
    });
    if (isLast) return `[${wrap(items, indent, width - 1)}]`;
    return `[${items.join("\n".repeat(shape.length - 1 - axis) + indent)}]`;
  };
  return render(0, 0, " ", WIDTH);
}

/** The indices printed along one axis; null stands for those left out. */
function shownIndices(length: number, shorten: boolean): (number | null)[] {
  const all = Array.from({ length }, (_, i) => i);
  if (!shorten || length <= 2 * EDGE) return all;
  return [...all.slice(0, EDGE), null, ...all.slice(-EDGE)];
}

function shownElements(
  data: DataArray,
  axes: readonly (readonly (number | null)[])[],
  strides: readonly number[],
): number[] {
  let offsets = [0];
  axes.forEach((indices, axis) => {
    const steps = indices.flatMap((index) => (index === null ? [] : [index * strides[axis]!]));
    offsets = offsets.flatMap((offset) => steps.map((step) => offset + step));
  });
  return offsets.map((offset) => data[offset]!);
}

/** How one element is written so that all of them align. */
function columnOf(elements: readonly number[], dtype: DType): (x: number) => string {
  if (isFloat(dtype)) return floatColumn(elements, dtype);
  const width = widest(elements.map((x) => showNumber(x, dtype)));
  return (x) => showNumber(x, dtype).padStart(width);
}

/** Items joined by spaces, on lines of at most `width` characters. */
function wrap(items: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = indent;
  for (const item of items) {
    if (line.length > indent.length && line.length + item.length > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${item} `;
  }
  lines.push(line.slice(0, -1));
  return lines.join("\n").slice(indent.length);
}
