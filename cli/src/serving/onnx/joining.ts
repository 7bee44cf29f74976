// Tensors of several requests one behind the other along the first axis, and parts of them again.

import type { StoredTensor } from "neurite/formats";
import { elementCount } from "../../files/element-count.ts";

/** A text that requests share which can be joined: all lengths but those of the first axes. */
export const sameButCount = (x: readonly StoredTensor[]): string =>
  x.map(({ shape }) => shape.slice(1).join("x")).join(";");

/** @param each lists of tensors, whose lengths differ in their first axis alone */
export function joined(each: readonly (readonly StoredTensor[])[]): StoredTensor[] {
  if (each.length === 1) return [...each[0]!];
  return each[0]!.map(({ dtype, shape, data }, i) => {
    const count = each.reduce((sum, tensors) => sum + tensors[i]!.shape[0]!, 0);
    const all = [count, ...shape.slice(1)];
    const Type = data.constructor as new (size: number) => StoredTensor["data"];
    const whole = new Type(elementCount(all));
    let at = 0;
    for (const tensors of each) {
      whole.set(tensors[i]!.data, at);
      at += tensors[i]!.data.length;
    }
    return { dtype, shape: all, data: whole };
  });
}

/** Some rows of a tensor, which share its memory. */
export function someRows(
  { dtype, shape, data }: StoredTensor,
  from: number,
  rows: number,
): StoredTensor {
  const inner = shape.slice(1);
  const row = elementCount(inner);
  return { dtype, shape: [rows, ...inner], data: data.subarray(from * row, (from + rows) * row) };
}
