// Convolutions and pools in PyTorch.

import { type Dimensions, lengths } from "../../../nn/layers/convolution/windows.ts";
import { pythonTuple } from "../dialect.ts";
import {
  activated,
  FIRST,
  padText,
  sizesText,
  type TorchCode,
  type TorchLayer,
  toLast,
} from "./row.ts";

interface Reach {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  /** Elements from the first that a window reads to the last. */
  readonly spans: readonly number[];
}

function reachOf({ spec }: TorchLayer, axes: Dimensions, size: unknown, strides: unknown): Reach {
  const sizes = lengths(size as number, axes);
  const dilation = lengths((spec["dilation"] ?? 1) as number, axes);
  return {
    size: sizes,
    strides: lengths(strides as number, axes),
    dilation,
    spans: sizes.map((extent, axis) => (extent - 1) * dilation[axis]! + 1),
  };
}

/** How much is added at both ends of each axis. */
function sidesOf(
  { spec, inputShape, outputShape }: TorchLayer,
  { spans, strides }: Reach,
): number[][] {
  const padding = spec["padding"] ?? "valid";
  return spans.map((span, axis) => {
    if (padding === "causal") return [span - 1, 0];
    if (padding === "valid") return [0, 0];
    const total = Math.max((outputShape[axis]! - 1) * strides[axis]! + span - inputShape[axis]!, 0);
    return [total >> 1, total - (total >> 1)];
  });
}

/** @param under the name of one of several modules, as "_depthwise" */
function convolution(
  axes: Dimensions,
  shapeOf: (layer: TorchLayer) => { readonly filters: number; readonly groups: number },
  under = "",
): TorchCode {
  return (layer) => {
    const { spec, inputShape, name } = layer;
    const { filters, groups } = shapeOf(layer);
    const reach = reachOf(layer, axes, spec["kernelSize"], spec["strides"] ?? 1);
    const sides = sidesOf(layer, reach);
    const isEven = sides.every(([before, after]) => before === after);
    const given = [
      String(inputShape.at(-1)),
      String(filters),
      sizesText(reach.size),
      ...some("stride", reach.strides, 1),
      ...(isEven
        ? some(
            "padding",
            sides.map(([side]) => side!),
            0,
          )
        : []),
      ...some("dilation", reach.dilation, 1),
      ...(groups === 1 ? [] : [`groups=${groups}`]),
      ...(spec["bias"] === false ? ["bias=False"] : []),
    ];
    const x = isEven ? FIRST : padText(FIRST, sides);
    return {
      modules: { [under]: `nn.Conv${axes}d(${given.join(", ")})` },
      forward: [`x = ${toLast(`self.${name}${under}(${x})`)}`, ...activated(layer)],
    };
  };
}

const some = (name: string, values: readonly number[], usual: number) =>
  values.every((value) => value === usual) ? [] : [`${name}=${sizesText(values)}`];

const grouped = (axes: Dimensions) =>
  convolution(axes, ({ spec }) => ({
    filters: spec["filters"] as number,
    groups: (spec["groups"] ?? 1) as number,
  }));

const ofChannels = ({ spec, inputShape }: TorchLayer) => {
  const channels = inputShape.at(-1)!;
  return { filters: channels * ((spec["multiplier"] ?? 1) as number), groups: channels };
};

const depthwise = (axes: Dimensions) => convolution(axes, ofChannels);

const separable =
  (axes: Dimensions): TorchCode =>
  (layer) => {
    const { spec, inputShape, name } = layer;
    const { activation: _, ...plain } = spec;
    const first = convolution(
      axes,
      ofChannels,
      "_depthwise",
    )({
      ...layer,
      spec: { ...plain, bias: false },
    });
    const channels = inputShape.at(-1)! * ((spec["multiplier"] ?? 1) as number);
    const bias = spec["bias"] === false ? ", bias=False" : "";
    const pointwise = `nn.Conv${axes}d(${channels}, ${spec["filters"]}, 1${bias})`;
    return {
      modules: { ...first.modules, _pointwise: pointwise },
      forward: [
        ...first.forward,
        `x = ${toLast(`self.${name}_pointwise(${FIRST})`)}`,
        ...activated(layer),
      ],
    };
  };

/** What stands over is cut off, in equal parts; what is missing is added behind. */
const transposed: TorchCode = (layer) => {
  const { spec, inputShape, outputShape, name } = layer;
  const reach = reachOf(layer, 2, spec["kernelSize"], spec["strides"] ?? 1);
  const missing = reach.spans.map((span, axis) => Math.max(reach.strides[axis]! - span, 0));
  const over = reach.spans.map((span, axis) => {
    const { strides } = reach;
    return spec["padding"] === "same" ? Math.max(span - strides[axis]!, 0) : 0;
  });
  const given = [
    String(inputShape.at(-1)),
    String(spec["filters"]),
    sizesText(reach.size),
    ...some("stride", reach.strides, 1),
    ...some("output_padding", missing, 0),
    ...some("dilation", reach.dilation, 1),
    ...(spec["bias"] === false ? ["bias=False"] : []),
  ];
  const cut = over.map((total, axis) => {
    const from = total >> 1;
    return `${from}:${from + outputShape[axis]!}`;
  });
  const cropped = over.some((total) => total > 0) ? [`x = x[:, ${cut.join(", ")}]`] : [];
  return {
    modules: { "": `nn.ConvTranspose2d(${given.join(", ")})` },
    forward: [`x = ${toLast(`self.${name}(${FIRST})`)}`, ...cropped, ...activated(layer)],
  };
};

const pool =
  (of: "max" | "avg", axes: Dimensions): TorchCode =>
  (layer) => {
    const { spec } = layer;
    const size = spec["poolSize"] ?? 2;
    const reach = reachOf(
      { ...layer, spec: { kind: spec.kind } },
      axes,
      size,
      spec["strides"] ?? size,
    );
    const sides = sidesOf(layer, reach);
    const window = `${pythonTuple(reach.size)}, ${pythonTuple(reach.strides)}`;
    const call = (x: string) => `F.${of}_pool${axes}d(${x}, ${window})`;
    if (of === "max") {
      return { forward: [`x = ${toLast(call(padText(FIRST, sides, ', value=float("-inf")')))}`] };
    }
    if (sides.flat().every((side) => side === 0))
      return { forward: [`x = ${toLast(call(FIRST))}`] };
    // What lies outside is not counted.
    const [sum, counted] = [FIRST, `torch.ones_like(${FIRST})`].map((x) => call(padText(x, sides)));
    return { forward: [`x = ${toLast(`(${sum} / ${counted})`)}`] };
  };

export const WINDOW_CODE: Readonly<Record<string, TorchCode>> = {
  conv1d: grouped(1),
  conv2d: grouped(2),
  conv3d: grouped(3),
  depthwiseConv1d: depthwise(1),
  depthwiseConv2d: depthwise(2),
  separableConv1d: separable(1),
  separableConv2d: separable(2),
  conv2dTranspose: transposed,
  maxPool1d: pool("max", 1),
  maxPool2d: pool("max", 2),
  maxPool3d: pool("max", 3),
  avgPool1d: pool("avg", 1),
  avgPool2d: pool("avg", 2),
  avgPool3d: pool("avg", 3),
  globalPool: ({ spec }) => ({
    forward: [`x = x.flatten(1, -2).${spec["pool"] === "max" ? "amax" : "mean"}(1)`],
  }),
};
