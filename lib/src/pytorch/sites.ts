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
  readonly picture: Shape | null;
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

/**
 * @param shapes of all parameters by path, as "dense1/w"
 * @throws ArgumentError where flattened pictures are joined with others, so that no order of theirs is known
 */
export function sitesOf(network: Network, shapes: Readonly<Record<string, Shape>>): FoundSite[] {
  const walk = new Walk(shapes);
  walk.network(network, []);
  return walk.found;
}

class Walk {
  readonly found: FoundSite[] = [];
  readonly #shapes: Readonly<Record<string, Shape>>;

  constructor(shapes: Readonly<Record<string, Shape>>) {
    this.#shapes = shapes;
  }

  network(network: Network, path: readonly string[]): void {
    const flows = new Map<string, Flow>();
    const inputs = inputsOf(network);
    for (const { name, kind, outputShape, reads, shares } of network.placed) {
      const read = reads.map((one) => flows.get(one) ?? { shape: inputs(one), picture: null });
      const all = read.length > 0 ? read : [{ shape: network.inputShapes[0]!, picture: null }];
      const layer = network.layers[shares ?? name];
      const picture = layer
        ? this.#layer(layer, [...path, name], all, shares === undefined)
        : merged([...path, name], kind, all);
      flows.set(name, { shape: outputShape, picture });
    }
  }

  /** The picture that leaves the layer flattened. */
  #layer(
    layer: Layer,
    path: readonly string[],
    reads: readonly Flow[],
    isFirst = true,
  ): Shape | null {
    const { kind, holds } = layer;
    const [{ shape, picture }] = reads as [Flow];
    if (kind === "flatten" || (kind === "reshape" && layer.outputShape(shape).length === 1)) {
      return shape.length > 1 && shape.at(-1)! > 1 ? shape : picture;
    }
    const inner = { shape, picture };
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
        this.#layer(
          holds!["layer"]!,
          [...path, "layer"],
          [{ shape: shape.slice(1), picture: null }],
        );
        return null;
      case "network":
        this.network(networkFromSpec(layer.spec!["network"] as NetworkSpec), path);
        return null;
    }
    const site = { kind, path, spec: layer.spec, reads: reads.map((read) => read.shape), picture };
    const under = `${path.join("/")}/`;
    const own = Object.entries(this.#shapes).filter(([name]) => name.startsWith(under));
    const shapes = Object.fromEntries(own.map(([name, own]) => [name.slice(under.length), own]));
    const learns = own.length > 0 || kind === "batchNormalization";
    if (learns && isFirst) this.found.push({ ...site, shapes });
    return KEEPS_ROWS.includes(kind) ? picture : null;
  }

  #chain(
    layers: Readonly<Record<string, Layer>>,
    path: readonly string[],
    start: Flow,
  ): Shape | null {
    let flow = start;
    for (const [name, layer] of Object.entries(layers)) {
      const picture = this.#layer(layer, [...path, name], [flow]);
      flow = { shape: layer.outputShape(flow.shape), picture };
    }
    return flow.picture;
  }
}

function inputsOf({ spec, inputShapes }: Network): (name: string) => Shape {
  if (!spec || !("nodes" in spec)) return () => inputShapes[0]!;
  const named = new Map(spec.inputs.map((name, i) => [name, inputShapes[i]!]));
  return (name) => named.get(name) ?? inputShapes[0]!;
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
