// Layers in PyTorch, one row a kind; those that hold others are in composite.ts.

import { lengths } from "../../../nn/layers/convolution/windows.ts";
import { activationWords } from "../activations.ts";
import { pythonTuple } from "../dialect.ts";
import { functionName, MEASURED_LAYERS, TORCH_TABLE, tableFunction } from "../table.ts";
import {
  activated,
  biasText,
  CALLER,
  FIRST,
  padText,
  refuseTorch,
  type TorchCode,
  type TorchLayer,
  toLast,
} from "./row.ts";
import { SEQUENCE_CODE } from "./sequences.ts";
import { WINDOW_CODE } from "./windows.ts";

const measured: TorchCode = ({ spec, inputShape }) => ({
  forward: [`x = ${MEASURED_LAYERS[spec.kind]!(TORCH_TABLE, spec, inputShape.at(-1) === 1)}`],
});

/** A normalisation of what has its channels second, of a module or of a function where nothing is learnt. */
function normalized(
  layer: TorchLayer,
  module: string,
): { modules: Record<string, string>; forward: string[] } {
  const { inputShape, name } = layer;
  const isRow = inputShape.length === 1;
  const call = isRow ? `self.${name}(x)` : toLast(`self.${name}(${FIRST})`);
  return { modules: { "": module }, forward: [`x = ${call}`] };
}

/** PyTorch learns scale and offset, or neither. */
const isAffine = ({ spec }: TorchLayer) => spec["scale"] !== false || spec["offset"] !== false;
const affineText = (layer: TorchLayer) => (isAffine(layer) ? "" : ", affine=False");
const epsilonOf = ({ spec }: TorchLayer) => spec["epsilon"] ?? 1e-3;

const dropped =
  (axes: 1 | 2 | 3): TorchCode =>
  ({ spec }) => ({
    forward: [`x = ${toLast(`F.dropout${axes}d(${FIRST}, ${spec["p"]}, self.training)`)}`],
  });

/** [before, after] for each axis, of a number, a number each, or both. */
function bordersOf(value: unknown, axes: number): [number, number][] {
  const given: readonly unknown[] = Array.isArray(value) ? value : Array(axes).fill(value);
  if (axes === 1 && given.length === 2) return [given as [number, number]];
  return given.map((one) =>
    Array.isArray(one) ? (one as [number, number]) : [one as number, one as number],
  );
}

const padded =
  (axes: 1 | 2 | 3): TorchCode =>
  ({ spec }) => ({
    forward: [`x = ${padText("x", [...bordersOf(spec["padding"] ?? 1, axes), [0, 0]])}`],
  });

const cropped =
  (axes: 1 | 2 | 3): TorchCode =>
  ({ spec, outputShape }) => {
    const cuts = bordersOf(spec["cropping"] ?? 1, axes).map(
      ([before], axis) => `${before}:${before + outputShape[axis]!}`,
    );
    return { forward: [`x = x[:, ${cuts.join(", ")}]`] };
  };

const upsampled =
  (axes: 1 | 2 | 3): TorchCode =>
  (layer) => {
    const { spec } = layer;
    const times = lengths((spec["size"] ?? 2) as number, axes);
    if ((spec["interpolation"] ?? "nearest") === "nearest") {
      const repeated = times.map((n, axis) =>
        n === 1 ? "" : `.repeat_interleave(${n}, ${axis + 1})`,
      );
      return { forward: [`x = x${repeated.join("")}`] };
    }
    const mode = ["linear", "bilinear", "trilinear"][axes - 1];
    const call = `F.interpolate(${FIRST}, scale_factor=${pythonTuple(times.map((n) => `${n}.0`))}, mode="${mode}")`;
    return { forward: [`x = ${toLast(call)}`] };
  };

export const TORCH_CODE: Readonly<Record<string, TorchCode>> = {
  ...WINDOW_CODE,
  ...SEQUENCE_CODE,
  dense: (layer) => ({
    modules: {
      "": `nn.Linear(${layer.inputShape.at(-1)}, ${layer.spec["units"]}${biasText(layer)})`,
    },
    forward: [`x = self.${layer.name}(x)`, ...activated(layer)],
  }),
  maxout: (layer) => {
    const { spec, inputShape, name } = layer;
    const [units, pieces] = [spec["units"] as number, (spec["pieces"] ?? 2) as number];
    return {
      modules: { "": `nn.Linear(${inputShape.at(-1)}, ${units * pieces}${biasText(layer)})` },
      forward: [`x = self.${name}(x).unflatten(-1, (${units}, ${pieces})).amax(-1)`],
    };
  },
  activation: ({ spec }) => {
    const words = activationWords(CALLER, spec["activation"], "torch");
    return { forward: words === null ? [] : [`x = ${words}`] };
  },
  prelu: ({ spec, inputShape, outputShape, name }) => {
    const { alpha = 0.25, sharedAxes } = spec;
    const isOne = Array.isArray(sharedAxes) && sharedAxes.length === inputShape.length;
    const slopes = isOne ? 1 : outputShape.at(-1);
    const isRow = inputShape.length === 1 || isOne;
    const call = isRow ? `self.${name}(x)` : toLast(`self.${name}(${FIRST})`);
    return { modules: { "": `nn.PReLU(${slopes}, ${alpha})` }, forward: [`x = ${call}`] };
  },
  batchNormalization: (layer) => {
    const { spec, inputShape } = layer;
    const momentum = Number((1 - Number(spec["momentum"] ?? 0.99)).toPrecision(6));
    const axes = Math.max(inputShape.length - 1, 1);
    const options = `eps=${epsilonOf(layer)}, momentum=${momentum}${affineText(layer)}`;
    return normalized(layer, `nn.BatchNorm${axes}d(${inputShape.at(-1)}, ${options})`);
  },
  layerNormalization: (layer) => {
    const { inputShape, name } = layer;
    const [n, eps] = [inputShape.at(-1), epsilonOf(layer)];
    if (!isAffine(layer)) return { forward: [`x = F.layer_norm(x, (${n},), eps=${eps})`] };
    return { modules: { "": `nn.LayerNorm(${n}, eps=${eps})` }, forward: [`x = self.${name}(x)`] };
  },
  groupNormalization: (layer) => {
    const { spec, inputShape } = layer;
    const given = `${spec["groups"]}, ${inputShape.at(-1)}, eps=${epsilonOf(layer)}`;
    if (isAffine(layer)) return normalized(layer, `nn.GroupNorm(${given})`);
    const call = `F.group_norm(${FIRST}, ${spec["groups"]}, eps=${epsilonOf(layer)})`;
    return { forward: [`x = ${toLast(call)}`] };
  },
  rmsNormalization: ({ spec, inputShape, name }) => {
    const [n, eps] = [inputShape.at(-1), spec["epsilon"] ?? 1e-6];
    if (spec["scale"] === false) return { forward: [`x = F.rms_norm(x, (${n},), eps=${eps})`] };
    return { modules: { "": `nn.RMSNorm(${n}, eps=${eps})` }, forward: [`x = self.${name}(x)`] };
  },
  dropout: (layer) => {
    const { spec } = layer;
    if (spec["convention"] === "original") {
      refuseTorch(layer, "dropout by the original convention is none of PyTorch's");
    }
    return { forward: [`x = F.dropout(x, ${spec["p"]}, self.training)`] };
  },
  alphaDropout: ({ spec }) => ({
    forward: [`x = F.alpha_dropout(x, ${spec["p"]}, self.training)`],
  }),
  spatialDropout1d: dropped(1),
  spatialDropout2d: dropped(2),
  spatialDropout3d: dropped(3),
  gaussianNoise: ({ spec }) => ({
    forward: ["if self.training:", `    x = x + ${spec["std"]} * torch.randn_like(x)`],
  }),
  gaussianDropout: ({ spec }) => {
    const p = spec["p"] as number;
    return {
      forward: [
        "if self.training:",
        `    x = x * (1.0 + ${Math.sqrt(p / (1 - p))} * torch.randn_like(x))`,
      ],
    };
  },
  flatten: () => ({ forward: ["x = x.flatten(1)"] }),
  reshape: ({ outputShape }) => ({
    forward: [`x = x.reshape(${["x.shape[0]", ...outputShape].join(", ")})`],
  }),
  rescaling: ({ spec }) => ({ forward: [`x = x * ${spec["scale"]} + ${spec["offset"] ?? 0}`] }),
  zeroPadding1d: padded(1),
  zeroPadding2d: padded(2),
  zeroPadding3d: padded(3),
  cropping1d: cropped(1),
  cropping2d: cropped(2),
  cropping3d: cropped(3),
  upsampling1d: upsampled(1),
  upsampling2d: upsampled(2),
  upsampling3d: upsampled(3),
  pixelShuffle: ({ spec }) => ({
    forward: [`x = ${toLast(`F.pixel_shuffle(${FIRST}, ${spec["factor"]})`)}`],
  }),
  tableFeatures: ({ spec, path }) => ({
    forward: [`x = ${functionName(path)}(x)`],
    needs: tableFunction(TORCH_TABLE, path, spec),
  }),
  normalization: measured,
  discretization: measured,
  categoryEncoding: measured,
};
