// Reads the specifications of graphs of layers, and of networks in others: fetched where there are any.

import { ArgumentError } from "../../checks/errors.ts";
import { atField } from "../../spec/at-field.ts";
import type { GraphSpec, NodeSpec } from "../../spec/parts.ts";
import { parseNetwork } from "../../spec/runspec.ts";
import type { Layer } from "../layers/layer.ts";
import type { LayerReading, Makers } from "../layers/maker.ts";
import { type KindTable, readNode } from "../layers/read.ts";
import { network } from "./functional.ts";
import type { Network } from "./network.ts";
import { NETWORK, networkLayer } from "./network-layer.ts";
import { connect, input, type Place } from "./place.ts";
import { type NodesReader, networkFromKinds } from "./read.ts";

/** A network in another is written as its specification. */
const others = (table: KindTable): Makers<Layer> => ({
  network: {
    signature: NETWORK,
    make: networkLayer,
    called: "networkLayer",
    revive: {
      network: (written, { dtype = "float32" }) =>
        networkFromKinds(table, parseNetwork(written), dtype, GRAPHS),
    },
  },
});

function networkOfNodes(spec: GraphSpec, table: KindTable, reading: LayerReading): Network {
  const places = new Map<string, Place>();
  const placeAt = (id: string): Place => {
    const place = places.get(id);
    if (!place) throw new ArgumentError(`there is no node "${id}" before this one`);
    return place;
  };
  spec.nodes.forEach((node, i) => {
    atField(`model.nodes.${i}`, () => {
      if (places.has(node.id)) throw new ArgumentError(`two nodes have the id "${node.id}"`);
      places.set(node.id, placeOf(node, placeAt, table, reading));
    });
  });
  return network(
    atField("model.inputs", () => spec.inputs.map(placeAt)),
    atField("model.outputs", () => spec.outputs.map(placeAt)),
  );
}

/** What a node describes. Its id names the layer, so that the variables are found under it. */
function placeOf(
  { id, reads, shares, ...spec }: NodeSpec,
  placeAt: (id: string) => Place,
  table: KindTable,
  reading: LayerReading,
): Place {
  const sources = reads.map(placeAt);
  if (shares !== undefined) {
    const { layer } = placeAt(shares);
    if (layer?.kind === spec.kind) return { ...connect(layer, ...sources), name: id };
    throw new ArgumentError(`"${shares}", which it shares, is no ${spec.kind}`);
  }
  const made = readNode(table, { name: id, ...spec }, reading);
  if (spec.kind !== "input") return connect(made, ...sources);
  if (sources.length > 0) throw new ArgumentError("an input reads nothing");
  return input((made as Layer).inputShape, { name: made.name ?? id });
}

export const GRAPHS: NodesReader = { others, network: networkOfNodes };
