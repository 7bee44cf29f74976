// Layers in PyTorch. Images keep their channels last, as they come, and are turned where PyTorch wants it so.

import { ArgumentError } from "../../checks/errors.ts";
import { activationWords } from "./activations.ts";
import { type LayerLines, pythonTuple, twoOf, type WrittenLayer } from "./dialect.ts";
import { functionName, MEASURED_LAYERS, TORCH_TABLE, tableFunction } from "./table.ts";

/** An expression that makes a module, and what is put into it: an expression in `m`, the module. */
interface Made {
  readonly made: string;
  readonly loaded?: readonly string[];
  /** The activation that follows, an expression in x. */
  readonly activation?: string | null;
  /** A function that the expression names. */
  readonly needs?: readonly string[];
}

const CALLER = "torchCodeOf";
const copied = (to: string, name: string, turned = "") =>
  `m.${to}.copy_(torch.from_numpy(weights["${name}"])${turned})`;
const applied = (words: string) => `Apply(lambda x: ${words})`;
const LAST = "x.permute(0, 3, 1, 2)";

/** How many zeros stand at each border, in the order that F.pad takes them: width first. */
function borders(layer: WrittenLayer, size: readonly number[], strides: readonly number[]): string {
  if ((layer.spec["padding"] ?? "valid") === "valid") return pythonTuple([0, 0, 0, 0]);
  const sides = [1, 0].flatMap((axis) => {
    const [extent, out] = [layer.inputShape[axis]!, layer.outputShape[axis]!];
    const total = Math.max((out - 1) * strides[axis]! + size[axis]! - extent, 0);
    return [total >> 1, total - (total >> 1)];
  });
  return pythonTuple(sides);
}

function pool(of: "max" | "avg"): (layer: WrittenLayer) => Made {
  return (layer) => {
    const size = twoOf(layer.spec["poolSize"], 2);
    const strides = twoOf(layer.spec["strides"], size);
    const padding = layer.spec["padding"] ?? "valid";
    if (padding === "same" && of === "avg") {
      throw new ArgumentError(`${CALLER}: avgPool2d with padding "same" is none of PyTorch's`);
    }
    const inner = `F.pad(${LAST}, ${borders(layer, size, strides)}, value=float("-inf"))`;
    const x = padding === "same" ? inner : LAST;
    const call = `F.${of}_pool2d(${x}, ${pythonTuple(size)}, ${pythonTuple(strides)})`;
    return { made: applied(`${call}.permute(0, 2, 3, 1)`) };
  };
}

function measured({ spec, inputShape }: WrittenLayer): Made {
  return { made: applied(MEASURED_LAYERS[spec.kind]!(TORCH_TABLE, spec, inputShape.at(-1) === 1)) };
}

const LAYERS: Readonly<Record<string, (layer: WrittenLayer) => Made>> = {
  dense: ({ spec, name, inputShape }) => {
    const hasBias = spec["bias"] !== false;
    const bias = hasBias ? "" : ", bias=False";
    return {
      made: `nn.Linear(${inputShape.at(-1)}, ${spec["units"]}${bias})`,
      loaded: [
        copied("weight", `params/${name}/w`, ".T"),
        ...(hasBias ? [copied("bias", `params/${name}/b`)] : []),
      ],
      activation: activationWords(CALLER, spec["activation"], "torch"),
    };
  },
  conv2d: (layer) => {
    const { spec, name, inputShape } = layer;
    const hasBias = spec["bias"] !== false;
    const size = twoOf(spec["kernelSize"], 3);
    const strides = twoOf(spec["strides"], 1);
    const dilation = twoOf(spec["dilation"], 1);
    const reach = size.map((extent, axis) => (extent - 1) * dilation[axis]! + 1);
    const conv = [
      String(inputShape.at(-1)),
      String(spec["filters"]),
      pythonTuple(size),
      `stride=${pythonTuple(strides)}`,
      `dilation=${pythonTuple(dilation)}`,
      `groups=${spec["groups"] ?? 1}`,
      `bias=${hasBias ? "True" : "False"}`,
    ];
    return {
      made: `ChannelsLast(nn.Conv2d(${conv.join(", ")}), ${borders(layer, reach, strides)})`,
      loaded: [
        copied("inner.weight", `params/${name}/w`, ".permute(3, 2, 0, 1)"),
        ...(hasBias ? [copied("inner.bias", `params/${name}/b`)] : []),
      ],
      activation: activationWords(CALLER, spec["activation"], "torch"),
    };
  },
  maxPool2d: pool("max"),
  avgPool2d: pool("avg"),
  activation: ({ spec }) => ({
    made: applied(activationWords(CALLER, spec["activation"], "torch") ?? "x"),
  }),
  dropout: ({ spec }) => {
    if (spec["convention"] === "original") {
      throw new ArgumentError(`${CALLER}: dropout by the original convention is none of PyTorch's`);
    }
    return { made: `nn.Dropout(${spec["p"]})` };
  },
  flatten: () => ({ made: "nn.Flatten()" }),
  reshape: ({ outputShape }) => ({
    made: applied(`x.reshape(x.shape[0], ${outputShape.join(", ")})`),
  }),
  rescaling: ({ spec }) => ({
    made: applied(`x * ${spec["scale"]} + ${spec["offset"] ?? 0}`),
  }),
  tableFeatures: ({ spec, name }) => ({
    made: `Apply(${functionName(name)})`,
    needs: tableFunction(TORCH_TABLE, name, spec),
  }),
  normalization: measured,
  discretization: measured,
  categoryEncoding: measured,
  batchNormalization: ({ spec, name, inputShape }) => {
    const momentum = 1 - Number(spec["momentum"] ?? 0.99);
    const options = `eps=${spec["epsilon"] ?? 1e-3}, momentum=${momentum.toPrecision(6)}`;
    return {
      made: `OverLast(nn.BatchNorm1d(${inputShape.at(-1)}, ${options}))`,
      loaded: [
        copied("inner.weight", `params/${name}/scale`),
        copied("inner.bias", `params/${name}/offset`),
        copied("inner.running_mean", `state/${name}/mean`),
        copied("inner.running_var", `state/${name}/variance`),
      ],
    };
  },
};

/** The kinds of layers that are written. */
export const TORCH_LAYERS: readonly string[] = Object.keys(LAYERS);

/** @throws ArgumentError for what PyTorch has no like of */
export function torchLayers(layers: readonly WrittenLayer[]): LayerLines {
  const made: string[] = [];
  const loaded: string[] = [];
  const functions: (readonly string[])[] = [];
  for (const layer of layers) {
    const {
      made: module,
      loaded: copies = [],
      activation,
      needs,
    } = LAYERS[layer.spec.kind]!(layer);
    if (needs) functions.push(needs);
    if (copies.length > 0) loaded.push(`m = model[${made.length}]  # ${layer.name}`, ...copies);
    made.push(module);
    if (activation) made.push(applied(activation));
  }
  return { made, functions, loaded };
}
