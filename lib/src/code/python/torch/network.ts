// A network as the lines of a class of PyTorch: its modules, and the statements of its forward().

import { ArgumentError, NeuriteError } from "../../../checks/errors.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { Layer } from "../../../nn/layers/layer.ts";
import { networkFromSpec } from "../../../nn/network/from-spec.ts";
import type { Network } from "../../../nn/network/network.ts";
import { type TorchModule, torchModules } from "../../../pytorch/modules.ts";
import type { LayerSpec, NetworkSpec } from "../../../spec/parts.ts";
import { activationWords } from "../activations.ts";
import { functionName } from "../table.ts";
import { TORCH_CODE } from "./layers.ts";
import { CALLER, type TorchLayer } from "./row.ts";

/** What of the class depends on the network. */
export interface TorchNetwork {
  /** `dense1 = nn.Linear(2, 3)`, and so on. */
  readonly modules: readonly string[];
  /** Statements that turn x, a batch, into the outputs. */
  readonly forward: readonly string[];
  /** Functions that they call, each with its lines. */
  readonly functions: readonly (readonly string[])[];
  /** Modules that are not trained. */
  readonly frozen: readonly string[];
  /** Where its tensors come from. */
  readonly tensors: readonly TorchModule[];
}

/** @throws ArgumentError for what PyTorch has no like of, and for several inputs or outputs */
export function torchNetwork(network: Network): TorchNetwork {
  if (network.inputShapes.length > 1 || network.outputShapes.length > 1) {
    throw new ArgumentError(
      `${CALLER}: expected one input and one output, received a graph of more`,
    );
  }
  const tensors = modulesOf(network);
  const writer = new NetworkWriter(new Map(tensors.map(({ layer, name }) => [layer, name])));
  writer.network(network, []);
  const { modules, forward, functions, frozen } = writer;
  return { modules: [...modules.values()], forward, functions: [...functions], frozen, tensors };
}

function modulesOf(network: Network): readonly TorchModule[] {
  try {
    return torchModules(network, { flatten: "channelsLast" });
  } catch (error) {
    if (error instanceof NeuriteError) error.locate("function", CALLER);
    throw error;
  }
}

const HOLDERS = ["block", "residual", "timeDistributed", "network"];

/** The kinds of layers that are written. */
export const TORCH_LAYERS: readonly string[] = [...Object.keys(TORCH_CODE), ...HOLDERS];

const MERGES: Readonly<Record<string, (xs: readonly string[]) => string>> = {
  add: (xs) => xs.join(" + "),
  multiply: (xs) => xs.join(" * "),
  average: (xs) => `(${xs.join(" + ")}) / ${xs.length}`,
  concatenate: (xs) => `torch.cat([${xs.join(", ")}], -1)`,
};

interface Read {
  readonly x: string;
  readonly shape: Shape;
}

class NetworkWriter {
  readonly modules: Map<string, string> = new Map();
  readonly forward: string[] = [];
  readonly functions: Set<readonly string[]> = new Set();
  readonly frozen: string[] = [];
  /** Of layers with tensors, by path. */
  readonly #names: ReadonlyMap<string, string>;
  #held = 0;
  #isFrozen = false;

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** From x to x. */
  network(network: Network, path: readonly string[]): void {
    const { placed, layers, inputShapes } = network;
    const lastReader = new Map<string, number>();
    placed.forEach(({ reads }, i) => {
      for (const name of reads) lastReader.set(name, i);
    });
    // A chain needs x alone: what is read once, by the next, is not called anything.
    const isNext = (name: string, i: number) =>
      lastReader.get(name) === i + 1 &&
      placed.filter(({ reads }) => reads.includes(name)).length === 1;
    const read = new Map<string, Read>();
    const [first] = placed;
    const input = first?.reads[0];
    if (input !== undefined) {
      const uses = placed.filter(({ reads }) => reads.includes(input)).length;
      read.set(input, { x: uses > 1 ? this.#kept(input) : "x", shape: inputShapes[0]! });
    }
    placed.forEach(({ name, kind, reads, shares, outputShape }, i) => {
      const from = reads.map((one) => read.get(one)!);
      const sources = from.length > 0 ? from : [{ x: "x", shape: inputShapes[0]! }];
      const layer = layers[shares ?? name];
      if (layer) {
        const [{ x, shape }, ...also] = sources as [Read, ...Read[]];
        if (x !== "x") this.forward.push(`x = ${x}`);
        this.#layer(layer, [...path, shares ?? name], shape, also);
      } else this.forward.push(`x = ${MERGES[kind]!(sources.map(({ x }) => x))}`);
      const isLast = i === placed.length - 1;
      const x = isLast || isNext(name, i) ? "x" : this.#kept(name);
      read.set(name, { x, shape: outputShape });
    });
  }

  /** Keeps x under a name of its own. */
  #kept(name: string): string {
    this.#held++;
    const variable = `${functionName(name)}_${this.#held}`;
    this.forward.push(`${variable} = x`);
    return variable;
  }

  #layer(layer: Layer, path: readonly string[], inputShape: Shape, also: readonly Read[]): void {
    const before = this.#isFrozen;
    this.#isFrozen = before || layer.trainable === false;
    this.#lines(layer, path, inputShape, also);
    this.#isFrozen = before;
  }

  #lines(layer: Layer, path: readonly string[], inputShape: Shape, also: readonly Read[]): void {
    const { kind, spec, holds } = layer;
    const at = path.join("/");
    switch (spec ? kind : "") {
      case "input":
        return;
      case "block":
        this.#chain(holds!, path, inputShape);
        return;
      case "residual":
        this.#residual(layer, path, inputShape);
        return;
      case "timeDistributed": {
        this.forward.push("x = x.flatten(0, 1)");
        this.#layer(holds!["layer"]!, [...path, "layer"], inputShape.slice(1), []);
        this.forward.push(`x = x.unflatten(0, (-1, ${inputShape[0]}))`);
        return;
      }
      case "network":
        this.network(networkFromSpec(spec!["network"] as NetworkSpec), path);
        return;
    }
    const write = Object.hasOwn(TORCH_CODE, kind) ? TORCH_CODE[kind] : undefined;
    if (!write || !spec) {
      throw new ArgumentError(
        `${CALLER}: the layer "${kind}" cannot be written: those that can are ${TORCH_LAYERS.join(", ")}`,
      );
    }
    const outputShape = layer.outputShape(inputShape, ...also.map(({ shape }) => shape));
    const name = this.#names.get(at) ?? functionName(at);
    const written: TorchLayer = { spec, path: at, name, inputShape, outputShape, also };
    const { modules = {}, forward, needs } = write(written);
    for (const [part, made] of Object.entries(modules)) {
      this.modules.set(`${name}${part}`, `${name}${part} = ${made}`);
      if (this.#isFrozen) this.frozen.push(`${name}${part}`);
    }
    this.forward.push(...forward);
    if (needs) this.functions.add(needs);
  }

  #chain(layers: Readonly<Record<string, Layer>>, path: readonly string[], input: Shape): void {
    let shape = input;
    for (const [name, layer] of Object.entries(layers)) {
      this.#layer(layer, [...path, name], shape, []);
      shape = layer.outputShape(shape);
    }
  }

  #residual({ holds, spec }: Layer, path: readonly string[], inputShape: Shape): void {
    const { layers, shortcut } = holds!;
    const before = this.#kept("before");
    this.#chain(layers!.holds!, [...path, "layers"], inputShape);
    if (shortcut) {
      const found = this.#kept("found");
      this.forward.push(`x = ${before}`);
      this.#layer(shortcut, [...path, "shortcut"], inputShape, []);
      this.forward.push(`x = ${found} + x`);
    } else this.forward.push(`x = x + ${before}`);
    const words = activationWords(CALLER, (spec as LayerSpec)["activation"], "torch");
    if (words !== null) this.forward.push(`x = ${words}`);
  }
}
