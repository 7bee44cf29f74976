// Maxima of windows, and numbers taken from and put to their places.

import type { Value } from "../../../ir/graph.ts";
import type { PoolParams } from "../../../ir/op-table.ts";
import type { Lowering, Site } from "../site.ts";
import { CHANNELS_FIRST, CHANNELS_LAST, padsOf } from "./convolve.ts";

/** ONNX Runtime pools floats: whole numbers go through float64, which holds them all. */
function pooled(site: Site, x: Value, { window, strides, padding }: PoolParams): readonly string[] {
  const { dtype } = x.type;
  const isWhole = dtype === "int32" || dtype === "uint8";
  const name = isWhole ? site.cast(site.whole(x), "float64") : site.whole(x);
  const images = site.writer.transpose(name, CHANNELS_FIRST);
  const attributes = { kernel_shape: window, strides, pads: padsOf(padding) };
  const [y, places] = site.writer.nodes("MaxPool", [images], 2, attributes);
  return [isWhole ? site.cast(y!, dtype) : y!, places!];
}

export const maxPool: Lowering<"maxPool"> = (site, { inputs: [x], params, outputs: [y] }) => {
  if (x!.type.shape.includes(0)) return site.set(y!, site.filled(0, y!.type.dtype, site.dims(y!)));
  site.set(y!, site.writer.transpose(pooled(site, x!, params)[0]!, CHANNELS_LAST));
};

/** Axes of [n, h, w, c] as [n, c, h, w] has them. */
const channelsFirst = (site: Site, value: Value) =>
  CHANNELS_FIRST.map((axis) => site.dims(value)[axis]!);

/** ONNX counts a maximum's place over all images, in one row. */
const rowOf = (site: Site, name: string) => site.node("Reshape", [name, site.ints([-1])]);

export const poolTake: Lowering<"poolTake"> = (site, { inputs, params, outputs: [y] }) => {
  const [dx, x] = inputs as [Value, Value];
  if (x.type.shape.includes(0)) return site.set(y!, site.filled(0, y!.type.dtype, site.dims(y!)));
  const [, places] = pooled(site, x, params);
  const row = rowOf(site, site.writer.transpose(site.whole(dx), CHANNELS_FIRST));
  const taken = site.node("Gather", [row, places!], { axis: 0 });
  site.set(y!, site.writer.transpose(taken, CHANNELS_LAST));
};

export const poolPut: Lowering<"poolPut"> = (site, { inputs, params, outputs: [y] }) => {
  const [dy, x] = inputs as [Value, Value];
  if (x.type.shape.includes(0)) return site.set(y!, site.filled(0, y!.type.dtype, site.dims(y!)));
  const [, places] = pooled(site, x, params);
  const updates = rowOf(site, site.writer.transpose(site.whole(dy), CHANNELS_FIRST));
  const dims = channelsFirst(site, x);
  const zeros = rowOf(site, site.filled(0, x.type.dtype, dims));
  const put = site.node("ScatterElements", [zeros, rowOf(site, places!), updates], {
    axis: 0,
    reduction: "add",
  });
  site.set(y!, site.writer.transpose(site.reshape(put, dims), CHANNELS_LAST));
};
