// The same numbers in other places.

import type { Value } from "../../../ir/graph.ts";
import { type Dim, isFixed, sameDim, sameDims, withoutOnes } from "../graph/dim.ts";
import type { Lowering, Site } from "../site.ts";

/** Axes of length 1 in front come by broadcasting, where they are wanted. */
export const reshape: Lowering<"reshape"> = (site, { inputs: [x], outputs: [y] }) => {
  const { name, dims } = site.place(x!);
  const wanted = site.dims(y!);
  const isSpread = !sameDims(withoutOnes(dims), withoutOnes(site.dims(x!)));
  if (!isSpread && sameDims(withoutOnes(dims), withoutOnes(wanted))) {
    // ONNX cannot drop axes by broadcasting.
    if (dims.length <= wanted.length) return site.set(y!, name, dims);
  }
  site.set(y!, site.reshape(site.whole(x!), wanted));
};

export const transpose: Lowering<"transpose"> = (site, { inputs: [x], params, outputs: [y] }) => {
  site.set(y!, site.writer.transpose(site.whole(x!), params.perm));
};

/** Left to broadcasting; who needs the whole shape asks for it. */
export const expand: Lowering<"expand"> = (site, { inputs: [x], outputs: [y] }) => {
  const { name, dims } = site.place(x!);
  site.set(y!, name, dims);
};

export const pad: Lowering<"pad"> = (site, { inputs: [x], params, outputs: [y] }) => {
  const { low, high, interior } = params;
  let name = site.whole(x!);
  const dims = [...site.dims(x!)];
  interior.forEach((between, axis) => {
    if (between === 0 || dims[axis] === 0) return;
    name = spacedOut(site, name, x!, dims, axis, between);
  });
  if ([...low, ...high].some((n) => n > 0)) name = padded(site, name, x!, low, high);
  site.set(y!, name);
};

function padded(
  site: Site,
  name: string,
  x: Value,
  low: readonly number[],
  high: readonly number[],
): string {
  return site.node("Pad", [name, site.ints([...low, ...high]), site.number(0, x.type.dtype)]);
}

/** Zeros between the elements of an axis: behind each along an axis of its own; those behind the last go. */
function spacedOut(
  site: Site,
  name: string,
  x: Value,
  dims: Dim[],
  axis: number,
  between: number,
): string {
  const length = dims[axis]!;
  const apart = site.reshape(name, dims.toSpliced(axis + 1, 0, 1));
  const none = new Array<number>(dims.length + 1).fill(0);
  const wide = padded(site, apart, x, none, none.with(axis + 1, between));
  const joined = times(length, between + 1);
  dims[axis] = joined;
  const whole = site.reshape(wide, dims);
  dims[axis] = plus(joined, -between);
  const ends = site.ints([-between]);
  return site.node("Slice", [whole, site.ints([0]), ends, site.ints([axis])]);
}

const times = (dim: Dim, by: number): Dim =>
  typeof dim === "number" ? dim * by : { times: dim.times * by, plus: dim.plus * by };
const plus = (dim: Dim, more: number): Dim =>
  typeof dim === "number" ? dim + more : { times: dim.times, plus: dim.plus + more };

/** Along the axes of which something is left out. */
export const slice: Lowering<"slice"> = (site, node) => {
  const [x] = node.inputs;
  const [y] = node.outputs;
  const { start, end } = site.bounds(node);
  const { step } = node.params;
  const dims = site.dims(x!);
  const axes = step.flatMap((n, axis) => {
    const isWhole = start[axis] === 0 && n === 1 && sameDim(end[axis]!, dims[axis]!);
    return isWhole ? [] : [axis];
  });
  if (axes.length === 0) return site.set(y!, site.whole(x!));
  const along = (list: readonly Dim[]) => site.shape(axes.map((axis) => list[axis]!));
  const steps = axes.map((axis) => step[axis]!);
  const isPlain = steps.every((n) => n === 1);
  site.set(
    y!,
    site.node("Slice", [
      site.whole(x!),
      along(start),
      along(end),
      site.ints(axes),
      ...(isPlain ? [] : [site.ints(steps)]),
    ]),
  );
};

/** Before every axis, whatever its length. */
const FIRST = -(2 ** 31);

export const flip: Lowering<"flip"> = (site, { inputs: [x], params: { axes }, outputs: [y] }) => {
  const name = site.whole(x!);
  if (axes.length === 0) return site.set(y!, name);
  site.set(y!, flipped(site, name, axes));
};

export function flipped(site: Site, name: string, axes: readonly number[]): string {
  const all = (n: number) => site.ints(axes.map(() => n));
  return site.node("Slice", [name, all(-1), all(FIRST), site.ints(axes), all(-1)]);
}

export const concat: Lowering<"concat"> = (site, { inputs, params, outputs: [y] }) => {
  const names = inputs.map((input) => site.whole(input));
  site.set(y!, names.length === 1 ? names[0]! : site.node("Concat", names, { axis: params.axis }));
};

export const constant: Lowering<"constant"> = (site, { params, outputs: [y] }) => {
  const { data, dtype } = params;
  const [first] = data;
  const isUniform = data.length > 0 && data.every((x) => Object.is(x, first));
  if (isUniform) return site.set(y!, site.number(first!, dtype), []);
  const known = { type: dtype, dims: params.shape, data };
  site.set(y!, data.length <= 64 ? site.writer.small(known) : site.known("constant", known));
};

export const iota: Lowering<"iota"> = (site, { params: { dtype, length }, outputs: [y] }) => {
  const dims = site.dims(y!);
  if (isFixed(dims)) {
    const data = new {
      float32: Float32Array,
      float64: Float64Array,
      int32: Int32Array,
      uint8: Uint8Array,
      bool: Uint8Array,
    }[dtype](length).map((_: number, i: number) => i);
    return site.set(y!, site.writer.small({ type: dtype, dims, data }));
  }
  const end = site.node("Squeeze", [site.shape(dims), site.ints([0])]);
  const ends = [0, 1].map((n) => site.node("Squeeze", [site.ints([n]), site.ints([0])]));
  site.set(y!, site.cast(site.node("Range", [ends[0]!, end, ends[1]!]), dtype));
};
