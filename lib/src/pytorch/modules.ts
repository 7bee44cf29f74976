// A network as the modules of PyTorch that it is: what both ways, in and out, go by.

import { ArgumentError } from "../checks/errors.ts";
import type { Shape } from "../ir/shape.ts";
import type { Network } from "../nn/network/network.ts";
import { moduleNames } from "./names.ts";
import type { ModuleRow } from "./rows/row.ts";
import { type FoundSite, isFlat, sitesOf } from "./sites.ts";
import { torchRows } from "./table.ts";
import type { TensorRow } from "./tensor-row.ts";

/** Which axis of a picture [height, width, channels] comes first where it is flattened. */
export type FlattenOrder = "channelsFirst" | "channelsLast";

/** A module of PyTorch, at its place. */
export interface TorchModule extends ModuleRow {
  /** The attribute of the network that it is, or begins with: "dense1", "residual1_layers_dense1". */
  readonly name: string;
  /** Before the names of its tensors, as "dense1" in "dense1.weight". */
  readonly place: string;
  /** The layer's path, as "residual1/layers/dense1". */
  readonly layer: string;
}

/**
 * @param shapes of all parameters by path; by default those that the network tells
 * @throws ArgumentError for a layer that PyTorch has no like of
 */
export function torchModules(
  network: Network,
  {
    flatten,
    isJoined = true,
    shapes = network.shapes,
  }: {
    readonly flatten: FlattenOrder;
    readonly isJoined?: boolean;
    readonly shapes?: Readonly<Record<string, Shape>> | null;
  },
): TorchModule[] {
  if (!shapes) {
    throw new ArgumentError(
      "a layer of the program's own does not tell its shapes: nothing is known of it in PyTorch",
    );
  }
  const sites = sitesOf(network, shapes, flatten === "channelsLast");
  const rows = torchRows(isJoined);
  const names = moduleNames(sites.map(({ path }) => path));
  return sites.flatMap((site, i) => {
    const row = Object.hasOwn(rows, site.kind) ? rows[site.kind] : undefined;
    const layer = site.path.join("/");
    if (!row) {
      throw new ArgumentError(
        `${layer}: PyTorch has no module like a layer of kind ${site.kind}; those that it has: ` +
          Object.keys(rows).join(", "),
      );
    }
    return row(site).map((module): TorchModule => {
      const { tensors, part = "" } = module;
      const seen =
        flatten === "channelsFirst" ? tensors.map((one) => channelsFirst(site, one)) : tensors;
      return { ...module, tensors: seen, layer, name: names[i]!, place: `${names[i]}${part}` };
    });
  });
}

/** The tensor with its rows, or its numbers, in the order [channels, height, width]. */
function channelsFirst(site: FoundSite, tensor: TensorRow): TensorRow {
  const { picture, kind } = site;
  const { shape, of } = tensor;
  if (of.length !== 1 || picture === null) return tensor;
  const axes = picture.map((_, axis) => axis);
  const first = [axes.length - 1, ...axes.slice(0, -1)];
  if ((kind === "dense" || kind === "maxout") && shape.length === 2 && isFlat(picture, shape[1])) {
    return { ...tensor, view: [...picture, shape[0]!], perm: [axes.length, ...first] };
  }
  if (shape.length !== 1 || !isFlat(picture, shape[0])) return tensor;
  // A bias of as many units as the picture has numbers is no picture.
  return kind === "dense" || kind === "maxout" ? tensor : { ...tensor, view: picture, perm: first };
}
