// Where windows lie: strides, padding, and how many fit, for any number of axes.

import { showShape, sizeOf } from "../../../../ir/shape.ts";
import { prims } from "../../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import type { Call } from "../../core/call.ts";

export interface Geometry {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Padding before and after each axis, as the node says. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** What the last window reaches over that, where sizes are rounded up. */
  readonly over: readonly number[];
  readonly outs: readonly number[];
}

export const AUTO_PADS: readonly string[] = ["NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"];
/** Places of one window: each is a slice of its own where windows are taken apart. */
const MOST_PLACES = 4096;

/** Elements that a window spans. */
export const windowSpan = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1;

/** A list of the node's, of one whole number of at least `least` for each axis. */
export function perAxis(
  c: Call,
  name: string,
  axes: number,
  least: number,
  otherwise: number,
): number[] {
  const list = c.ints(name) ?? Array<number>(axes).fill(otherwise);
  if (list.length === axes && list.every((n) => Number.isInteger(n) && n >= least && n < 2 ** 24))
    return list;
  throw c.refuse(
    `expected ${name} to be ${axes} whole numbers of at least ${least}, received ${showShape(list)}`,
  );
}

/** @param sizes lengths of the axes that windows move along */
export function geometryOf(
  c: Call,
  sizes: readonly number[],
  kernel: readonly number[],
  rounds: { readonly up?: boolean } = {},
): Geometry {
  const n = sizes.length;
  const strides = perAxis(c, "strides", n, 1, 1);
  const dilations = perAxis(c, "dilations", n, 1, 1);
  const auto = c.text("auto_pad", "NOTSET", AUTO_PADS);
  const spans = kernel.map((k, i) => windowSpan(k, dilations[i]!));
  const given = c.ints("pads") ?? Array<number>(2 * n).fill(0);
  if (given.length !== 2 * n || given.some((p) => p < 0 || p > 2 ** 24)) {
    throw c.refuse(
      `expected ${2 * n} amounts of padding of at least 0, received ${showShape(given)}`,
    );
  }
  const pads = sizes.map((size, i): [number, number] => {
    if (auto === "NOTSET") return [given[i]!, given[i + n]!];
    if (auto === "VALID") return [0, 0];
    const outs = Math.ceil(size / strides[i]!);
    const total = Math.max((outs - 1) * strides[i]! + spans[i]! - size, 0);
    const less = Math.floor(total / 2);
    return auto === "SAME_UPPER" ? [less, total - less] : [total - less, less];
  });
  c.sized(sizes.map((size, i) => size + pads[i]![0] + pads[i]![1]));
  const outs = sizes.map((size, i) => {
    const [low, high] = pads[i]!;
    const room = size + low + high - spans[i]!;
    if (!rounds.up) return Math.floor(room / strides[i]!) + 1;
    const count = Math.ceil(room / strides[i]!) + 1;
    // A window that begins in the padding behind is none.
    return (count - 1) * strides[i]! >= size + low ? count - 1 : count;
  });
  if (outs.some((out) => out < 1)) {
    throw c.refuse(`windows of ${showShape(spans)} do not fit into ${showShape(sizes)}`);
  }
  const over = sizes.map((size, i) => {
    const reach = (outs[i]! - 1) * strides[i]! + spans[i]!;
    return Math.max(reach - size - pads[i]![0] - pads[i]![1], 0);
  });
  return {
    kernel,
    strides,
    dilations,
    low: pads.map(([a]) => a),
    high: pads.map(([, b]) => b),
    over,
    outs,
  };
}

/** For each place of the window a slice of x [n, c, ...padded], which holds that place of all windows. */
export function windowParts(c: Call, x: Tensor, g: Geometry): Tensor[] {
  const count = sizeOf(g.kernel);
  if (count > MOST_PLACES) throw c.refuse(`windows of ${count} elements are too large`);
  return Array.from({ length: count }, (_, flat) => {
    let rest = flat;
    const at = g.kernel.map(() => 0);
    for (let axis = g.kernel.length - 1; axis >= 0; axis--) {
      at[axis] = (rest % g.kernel[axis]!) * g.dilations[axis]!;
      rest = Math.floor(rest / g.kernel[axis]!);
    }
    return prims.slice(x, {
      start: [0, 0, ...at],
      end: [
        x.type.shape[0]!,
        x.type.shape[1]!,
        ...at.map((from, i) => from + (g.outs[i]! - 1) * g.strides[i]! + 1),
      ],
      step: [1, 1, ...g.strides],
    });
  });
}
