// Convolutions and their gradients. Ours are of images [batch, height, width, channels], those of ONNX of
// [batch, channels, height, width]: axes are exchanged before and after, and next to each other that cancels.

import type { Node } from "../../../ir/graph.ts";
import type { ConvParams } from "../../../ir/op-table.ts";
import type { Attributes } from "../graph/writer.ts";
import { expectFloatOp, type Lowering, type Site } from "../site.ts";

/** [n, h, w, c] to [n, c, h, w]. */
export const CHANNELS_FIRST: readonly number[] = [0, 3, 1, 2];
export const CHANNELS_LAST: readonly number[] = [0, 2, 3, 1];
/** Kernels [h, w, in, out] to [out, in, h, w]. */
const KERNEL: readonly number[] = [3, 2, 0, 1];

/** [[above, below], [left, right]] as ONNX lists it: all begins, then all ends. */
export function padsOf([[top, bottom], [left, right]]: ConvParams["padding"]): number[] {
  return [top, left, bottom, right];
}

function geometry({ strides, padding, dilation, groups }: ConvParams): Attributes {
  return { strides, pads: padsOf(padding), dilations: dilation, group: groups };
}

export function writeConv(site: Site, { inputs, params }: Node<"conv">, bias?: string): string {
  const [x, kernel] = inputs.map((input) => site.whole(input));
  const { writer } = site;
  const images = writer.transpose(x!, CHANNELS_FIRST);
  const weights = writer.transpose(kernel!, KERNEL);
  const size = inputs[1]!.type.shape.slice(0, 2);
  const y = site.node("Conv", [images, weights, ...(bias ? [bias] : [])], {
    ...geometry(params),
    kernel_shape: size,
  });
  return writer.transpose(y, CHANNELS_LAST);
}

export const conv: Lowering<"conv"> = (site, node) => {
  const [y] = node.outputs;
  expectFloatOp("convolution", y!.type.dtype);
  if (node.inputs[0]!.type.shape.at(-1) === 0)
    return site.set(y!, site.filled(0, y!.type.dtype, site.dims(y!)));
  site.set(y!, writeConv(site, node));
};

export const convGradInput: Lowering<"convGradInput"> = (
  site,
  { inputs, params, outputs: [dx] },
) => {
  expectFloatOp("convolution", dx!.type.dtype);
  if (dx!.type.shape.includes(0))
    return site.set(dx!, site.filled(0, dx!.type.dtype, site.dims(dx!)));
  const [dy, kernel] = inputs.map((input) => site.whole(input));
  const [kh, kw] = inputs[1]!.type.shape as [number, number];
  const [, oh, ow] = inputs[0]!.type.shape as [number, number, number];
  // What the last stride leaves over.
  const rest = [oh, ow].map((steps, axis) => {
    const spans = ([kh, kw][axis]! - 1) * params.dilation[axis]! + 1;
    const [low, high] = params.padding[axis]!;
    return params.size[axis]! + low + high - ((steps - 1) * params.strides[axis]! + spans);
  });
  const { writer } = site;
  const operands = [writer.transpose(dy!, CHANNELS_FIRST), writer.transpose(kernel!, KERNEL)];
  const y = site.node("ConvTranspose", operands, {
    ...geometry(params),
    kernel_shape: [kh, kw],
    output_padding: rest,
  });
  site.set(dx!, writer.transpose(y, CHANNELS_LAST));
};

/**
 * A convolution in which images and channels change places: the kernel of dy is as large as the result, its
 * strides are dilations. ONNX has no op for it.
 */
export const convGradKernel: Lowering<"convGradKernel"> = (
  site,
  { inputs, params, outputs: [dw] },
) => {
  expectFloatOp("convolution", dw!.type.dtype);
  const { groups, size, strides, dilation, padding } = params;
  const [x, dy] = inputs.map((input) => site.whole(input));
  const [, , inner, outer] = dw!.type.shape as [number, number, number, number];
  const { writer } = site;
  const images = writer.transpose(x!, [3, 0, 1, 2]); // [channels, batch, height, width]
  const weights = writer.transpose(dy!, [3, 0, 1, 2]);
  const part = (name: string, group: number, width: number): string =>
    groups === 1 ? name : between(site, name, [0], [group * width], [(group + 1) * width]);
  const parts = Array.from({ length: groups }, (_, group) => {
    const operands = [part(images, group, inner), part(weights, group, outer / groups)];
    const product = site.node("Conv", operands, {
      strides: dilation,
      dilations: strides,
      pads: padsOf(padding),
    });
    return between(site, product, [2, 3], [0, 0], size); // [in, out, height, width]
  });
  const all = parts.length === 1 ? parts[0]! : site.node("Concat", parts, { axis: 1 });
  site.set(dw!, writer.transpose(all, [2, 3, 0, 1]));
};

function between(
  site: Site,
  x: string,
  axes: readonly number[],
  starts: readonly number[],
  ends: readonly number[],
): string {
  return site.node("Slice", [x, site.ints(starts), site.ints(ends), site.ints(axes)]);
}
