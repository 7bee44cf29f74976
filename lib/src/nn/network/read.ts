// Reads the specification of a network, by a table of the kinds of layers there are.

import { ArgumentError } from "../../checks/errors.ts";
import { atField } from "../../spec/at-field.ts";
import type { GraphSpec, NetworkSpec } from "../../spec/parts.ts";
import type { FloatDType, Layer } from "../layers/layer.ts";
import type { LayerReading, Makers } from "../layers/maker.ts";
import { type KindTable, readLayer } from "../layers/read.ts";
import { chain } from "./chain.ts";
import type { Network } from "./network.ts";

/** Reads what chains of layers have no use for. */
export interface NodesReader {
  /** The layer that a network is in another. */
  readonly others: (table: KindTable) => Makers<Layer>;
  readonly network: (spec: GraphSpec, table: KindTable, reading: LayerReading) => Network;
}

/**
 * The network that a specification describes, which has been parsed.
 * @param dtype what the model computes in: a layer that makes floats of its inputs makes these
 * @param graphs reads graphs of layers, and networks in others; not needed where there are none
 * @throws ArgumentError or ShapeError naming the bad field
 */
export function networkFromKinds(
  table: KindTable,
  spec: NetworkSpec,
  dtype: FloatDType,
  graphs: NodesReader | null,
): Network {
  const reading = { dtype, ...(graphs && { others: graphs.others(table) }) };
  if ("layers" in spec) {
    const [head, ...rest] = spec.layers;
    if (head?.kind !== "input") {
      throw new ArgumentError('spec: model.layers.0: expected { "kind": "input", "shape": [...] }');
    }
    const layers = [head, ...rest].map((layer, i) =>
      atField(`model.layers.${i}`, () => readLayer(table, layer, reading)),
    );
    return atField("model.layers", () => chain(layers[0]!.inputShape, layers));
  }
  return graphs!.network(spec, table, reading);
}
