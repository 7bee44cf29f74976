// Layers and networks as TypeScript: calls that make them, and what must stand before these.

import { layerCall } from "../../nn/layers/registry.ts";
import type { ChainSpec, GraphSpec, LayerSpec, NetworkSpec } from "../../spec/parts.ts";
import { type Imports, showLiteral } from "./parts.ts";

export class LayerCode {
  /** Statements that make the places of graphs, in order. */
  readonly before: string[] = [];
  readonly #imports: Imports;
  #graphs = 0;

  readonly #called: ReadonlyMap<unknown, string>;

  /** @param called names of values that stand before, as columns that are used twice */
  constructor(imports: Imports, called: ReadonlyMap<unknown, string> = new Map()) {
    this.#imports = imports;
    this.#called = called;
  }

  /** A model of layers one after the other. */
  chain({ layers }: ChainSpec): string {
    this.#imports.use("neurite/train", "sequential");
    return ["sequential([", ...layers.map((layer) => `  ${this.layer(layer)},`), "])"].join("\n");
  }

  /** A model over places, which stand before. */
  graph(model: GraphSpec): string {
    return `${this.#imports.use("neurite/train", "functionalModel")}(${this.#network(model)})`;
  }

  #network(model: GraphSpec): string {
    this.#imports.use("neurite/nn", "network");
    const inner = this.#graphs === 0 ? "" : `_in${this.#graphs}`;
    this.#graphs++;
    const named = ({ id }: { readonly id: string }, i: number) =>
      [id, `${id.replace(/\W/g, "_")}${inner}_${i}`] as const;
    const names = new Map(model.nodes.map(named));
    const place = (id: string) => names.get(id)!.replace(/^\d/, "_$&");
    for (const { id, reads, shares, ...layer } of model.nodes) {
      const spec: LayerSpec & { name: string } = { name: id, ...layer };
      // The layer of an earlier place is used again: the same object, the same weights.
      const made = () => (shares === undefined ? this.layer(spec) : `${place(shares)}.layer`);
      const value =
        layer.kind === "input"
          ? this.#call("input", [showLiteral(spec["shape"]), showLiteral({ name: spec.name })])
          : this.#call("connect", [made(), ...reads.map(place)]);
      this.before.push(`const ${place(id)} = ${value};`);
    }
    const list = (ids: readonly string[]) => `[${ids.map(place).join(", ")}]`;
    return `network(${list(model.inputs)}, ${list(model.outputs)})`;
  }

  /** The call that makes a layer, with those of the layers that it holds. */
  layer({ kind, ...args }: LayerSpec): string {
    if (kind === "network") return this.#subModel(args);
    const { maker, leading, holds } = layerCall(kind);
    const shown = (name: string, value: unknown): string => {
      const own = this.#called.get(value);
      if (own !== undefined) return own;
      if (!holds.includes(name)) return isLong(value) ? lined(value) : showLiteral(value);
      if (!Array.isArray(value)) return this.layer(value as LayerSpec);
      return `[${value.map((inner) => this.layer(inner)).join(", ")}]`;
    };
    const options = Object.entries(args).filter(([name]) => !leading.includes(name));
    const given = leading.map((name) => shown(name, args[name]));
    if (options.length > 0) {
      given.push(
        `{ ${options.map(([name, value]) => field(name, shown(name, value))).join(", ")} }`,
      );
    }
    return this.#call(maker, given);
  }

  #subModel({ network, ...options }: Readonly<Record<string, unknown>>): string {
    const spec = network as NetworkSpec;
    const made = "layers" in spec ? this.chain(spec) : this.#network(spec);
    const given = Object.keys(options).length > 0 ? [showLiteral(options)] : [];
    return this.#call("networkLayer", [made, ...given]);
  }

  #call(name: string, args: readonly string[]): string {
    return `${this.#imports.use("neurite/nn", name)}(${args.join(", ")})`;
  }
}

/** A field of an object: by its name alone where its value is called so. */
function field(name: string, value: string): string {
  return name === value ? name : `${name}: ${value}`;
}

/** What is more than a line: columns of a table, as a list of records. */
function isLong(value: unknown): value is readonly object[] {
  const isRecords = Array.isArray(value) && value.every((item) => typeof item === "object");
  return isRecords && showLiteral(value).length > LINE;
}

const LINE = 80;

/** A record a line, inside a call inside a list. */
function lined(records: readonly object[]): string {
  return ["[", ...records.map((record) => `    ${showLiteral(record)},`), "  ]"].join("\n");
}
