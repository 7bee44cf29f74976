// The layers of a network that have tensors, at whatever depth, and where pictures were flattened before them.

import { ArgumentError } from "../checks/errors.ts";
import { type Shape, sizeOf } from "../ir/shape.ts";
import type { Layer } from "../nn/layers/layer.ts";
import { networkFromSpec } from "../nn/network/from-spec.ts";
import type { Network } from "../nn/network/network.ts";
import type { NetworkSpec } from "../spec/parts.ts";
import type { LayerSite } from "./rows/row.ts";

/** A layer with tensors; `picture` is [..., channels] where it reads what was flattened of that. */
export interface FoundSite extends LayerSite {
  readonly picture: Shape | null;
}

/** What is handed from layer to layer. */
interface Flow {
  readonly shape: Shape;
  /** Of what stands flattened in a row, as PyTorch flattens otherwise. */
  readonly picture: Shape | null;
  /** Where channels are in PyTorch: second in what convolutions give, last in what recurrence and attention give. */
  readonly channels: "second" | "last" | "unknown";
}

/** Layers that leave each number of a row where it is. */
const KEEPS_ROWS: readonly string[] = [
  "activation",
  "activityPenalty",
  "alphaDropout",
  "batchNormalization",
  "dropout",
  "gaussianDropout",
  "gaussianNoise",
  "layerNormalization",
  "prelu",
  "rescaling",
  "rmsNormalization",
];
const MIXES: readonly string[] = ["add", "average", "multiply"];
/** Layers of sequences that have channels second in PyTorch, as all of pictures. */
const OF_WINDOWS = /^(conv|depthwiseConv|separableConv|maxPool|avgPool|upsampling)1d$/;
const OF_SEQUENCES: readonly string[] = [
  "bidirectional",
  "dense",
  "embedding",
  "gru",
  "lstm",
  "maxout",
  "multiHeadAttention",
  "positionEmbedding",
  "positionalEncoding",
  "simpleRnn",
  "transformerBlock",
];

const entering = (shape: Shape): Flow => ({
  shape,
  picture: null,
  channels: shape.length > 2 ? "second" : "last",
});

/**
 * @param shapes of all parameters by path, as "dense1/w"
 * @param isChannelsLast whether PyTorch's program flattens as we do, so that no rows have another order
 * @throws ArgumentError where no order of flattened rows is known
 */
export function sitesOf(
  network: Network,
  shapes: Readonly<Record<string, Shape>>,
  isChannelsLast: boolean,
): FoundSite[] {
  const walk = new Walk(shapes, isChannelsLast);
  walk.network(network, [], network.inputShapes.map(entering));
  return walk.found;
}

class Walk {
  readonly found: FoundSite[] = [];
  readonly #shapes: Readonly<Record<string, Shape>>;
  readonly #isChannelsLast: boolean;

  constructor(shapes: Readonly<Record<string, Shape>>, isChannelsLast: boolean) {
    this.#shapes = shapes;
    this.#isChannelsLast = isChannelsLast;
  }

  /** What leaves the network, of its first output. */
  network(network: Network, path: readonly string[], inputs: readonly Flow[]): Flow {
    const { spec, placed, layers } = network;
    const flows = new Map<string, Flow>();
    if (spec && "nodes" in spec) spec.inputs.forEach((name, i) => flows.set(name, inputs[i]!));
    let last = inputs[0]!;
    for (const { name, kind, outputShape, reads, shares } of placed) {
      const read = reads.map((one) => flows.get(one) ?? inputs[0]!);
      const all = read.length > 0 ? read : [inputs[0]!];
      const layer = layers[shares ?? name];
      const left = layer
        ? this.#layer(layer, [...path, name], all, shares === undefined)
        : { ...all[0]!, picture: merged([...path, name], kind, all) };
      last = { ...left, shape: outputShape };
      flows.set(name, last);
    }
    const output = spec && "outputs" in spec ? flows.get(spec.outputs[0]!) : undefined;
    return output ?? last;
  }

  /** What leaves the layer. */
  #layer(layer: Layer, path: readonly string[], reads: readonly Flow[], isFirst = true): Flow {
    const { kind, holds } = layer;
    const [inner] = reads as [Flow];
    const shape = layer.outputShape(inner.shape, ...reads.slice(1).map((read) => read.shape));
    if (kind === "flatten" || (kind === "reshape" && shape.length === 1)) {
      return { ...inner, shape, picture: this.#flattened(path, inner) };
    }
    switch (layer.spec ? kind : "") {
      case "block":
        return this.#chain(holds!, path, inner);
      case "residual": {
        const after = this.#chain(holds!["layers"]!.holds!, [...path, "layers"], inner);
        const { shortcut } = holds!;
        if (shortcut) this.#layer(shortcut, [...path, "shortcut"], [inner]);
        return after;
      }
      case "timeDistributed":
        this.#layer(holds!["layer"]!, [...path, "layer"], [entering(inner.shape.slice(1))]);
        return { shape, picture: null, channels: shape.length > 2 ? "unknown" : "last" };
      case "network": {
        const network = networkFromSpec(layer.spec!["network"] as NetworkSpec);
        return this.network(network, path, reads);
      }
    }
    if (isFirst) this.#find(layer, path, reads);
    const picture = KEEPS_ROWS.includes(kind) ? inner.picture : null;
    return { shape, picture, channels: channelsAfter(kind, shape, inner.channels) };
  }

  #find({ kind, spec }: Layer, path: readonly string[], reads: readonly Flow[]): void {
    const under = `${path.join("/")}/`;
    const own = Object.entries(this.#shapes).filter(([name]) => name.startsWith(under));
    if (own.length === 0 && kind !== "batchNormalization") return;
    const shapes = Object.fromEntries(own.map(([name, own]) => [name.slice(under.length), own]));
    const { picture } = reads[0]!;
    this.found.push({ kind, path, spec, reads: reads.map(({ shape }) => shape), picture, shapes });
  }

  #chain(layers: Readonly<Record<string, Layer>>, path: readonly string[], start: Flow): Flow {
    return Object.entries(layers).reduce<Flow>(
      (flow, [name, layer]) => this.#layer(layer, [...path, name], [flow]),
      start,
    );
  }

  /** @throws ArgumentError where it is not known how PyTorch's program has it */
  #flattened(path: readonly string[], { shape, picture, channels }: Flow): Shape | null {
    if (shape.length < 2) return picture;
    const hasOrder = shape.at(-1)! > 1 && sizeOf(shape.slice(0, -1)) > 1;
    if (this.#isChannelsLast || channels === "last" || !hasOrder) return null;
    if (channels === "second") return shape;
    throw new ArgumentError(
      `${path.join("/")}: it flattens pictures of several steps, of which no order is known: say flatten: ` +
        '"channelsLast" if the program had channels last there',
    );
  }
}

function channelsAfter(kind: string, { length }: Shape, before: Flow["channels"]) {
  if (length === 2 && OF_WINDOWS.test(kind)) return "second";
  return length === 2 && OF_SEQUENCES.includes(kind) ? "last" : before;
}

function merged(path: readonly string[], kind: string, reads: readonly Flow[]): Shape | null {
  const pictures = reads.map(({ picture }) => picture);
  const [first] = pictures;
  if (pictures.every((picture) => picture?.join() === first?.join())) {
    if (!first || MIXES.includes(kind)) return first ?? null;
  }
  if (pictures.every((picture) => picture === null)) return null;
  const sizes = pictures.map((picture) =>
    picture ? `flattened [${picture.join(", ")}]` : "others",
  );
  throw new ArgumentError(
    `${path.join("/")}, of kind ${kind}: it joins ${sizes.join(" and ")}, whose rows have another order where ` +
      'channels come first: say flatten: "channelsLast" if the program had channels last there',
  );
}

/** Whether rows of a tensor are those of a flattened picture. */
export function isFlat(picture: Shape | null, length: number | undefined): picture is Shape {
  return picture !== null && sizeOf(picture) === length;
}
