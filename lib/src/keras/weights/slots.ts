// Every weight of a network, with its places in Keras's files and the variables here that are the same numbers.

import type { Shape } from "../../ir/shape.ts";
import { nameLayers } from "../../nn/layers/naming.ts";
import { layerFromSpec } from "../../nn/layers/registry.ts";
import type { Network } from "../../nn/network/network.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { type ConfigRow, refuseConfig, type WeightRow } from "../layers/row.ts";
import { rowOfSpec } from "../layers/table.ts";
import { inKerasOrder } from "./keras-order.ts";
import { snakeCase } from "./snake-case.ts";

/** A variable of ours. */
export interface OwnVariable {
  /** As in "params/dense1/w". */
  readonly name: string;
  readonly shape: Shape;
}

export interface Slot {
  /** The layer of the network that it belongs to. */
  readonly layer: string;
  /** Where it is in the weights of a .keras file, as in "layers/dense/vars/0". */
  readonly path: string;
  /** What Keras calls it, as in "kernel". */
  readonly name: string;
  /** With the parts of the layer in front, as in "cell/kernel". */
  readonly longName: string;
  readonly ours: readonly OwnVariable[];
  readonly shape: Shape;
  /** False for what is remembered, and for what is in a layer that is not trained. */
  readonly isTrained: boolean;
  /** What becomes of its axes. */
  readonly says: string | undefined;
}

/** A layer at its place. */
export interface PlacedSpec {
  readonly name: string;
  readonly spec: LayerSpec;
  readonly input: Shape;
  readonly reads: readonly string[];
}

/** The layers of a network that can be written down, inputs apart. @throws ArgumentError for a shared layer */
export function placedSpecs({ spec, placed, inputShapes }: Network): PlacedSpec[] {
  if (spec === null) return [];
  const isChain = "layers" in spec;
  const specs: readonly LayerSpec[] = isChain ? spec.layers : spec.nodes;
  const inner = specs.filter(({ kind }) => kind !== "input");
  const shapes = new Map(placed.map(({ name, outputShape }) => [name, outputShape]));
  if (!isChain) spec.inputs.forEach((name, i) => shapes.set(name, inputShapes[i]!));
  return placed
    .filter(({ kind }) => kind !== "input")
    .map(({ name, reads, shares }, i) => {
      if (shares !== undefined) {
        refuseConfig(
          name,
          `it stands in several places with the weights of "${shares}", which is not written`,
        );
      }
      const { id: _, reads: _r, ...own } = inner[i]!;
      return {
        name,
        spec: own as LayerSpec,
        input: shapes.get(reads[0]!) ?? inputShapes[0]!,
        reads,
      };
    });
}

/** @throws ArgumentError for layers that Keras has no like of */
export function slotsOf(network: Network): Slot[] {
  const numbered = classNumbers();
  const placed = placedSpecs(network);
  const isGraph = network.spec !== null && "nodes" in network.spec;
  const ordered = isGraph ? inKerasOrder(placed, network.outputNames) : placed;
  return ordered.flatMap(({ name, spec, input }) => {
    const row = rowOfSpec(spec, name, input);
    const at: Site = {
      layer: name,
      path: `layers/${numbered(row.className)}`,
      longName: "",
      own: name,
      isTrained: true,
    };
    return slotsAt(at, row, spec, input);
  });
}

interface Site {
  readonly layer: string;
  readonly path: string;
  readonly longName: string;
  /** The path of its variables here. */
  readonly own: string;
  readonly isTrained: boolean;
}

function slotsAt(site: Site, row: ConfigRow, spec: LayerSpec, input: Shape): Slot[] {
  const isTrained = site.isTrained && spec["trainable"] !== false;
  const here = { ...site, isTrained };
  const counts = new Map<string, number>();
  const shapes = row.weights ? (layerFromSpec(spec).shapes?.(input) ?? {}) : {};
  const own = (row.weights ?? []).flatMap((weight): Slot[] => {
    const ours = variablesOf(weight, here, shapes, input);
    if (ours.length === 0) return [];
    const part = weight.part ?? "";
    const number = counts.get(part) ?? 0;
    counts.set(part, number + 1);
    const place = part === "" ? site.path : `${site.path}/${part}`;
    const long = part === "" || weight.name.includes("/") ? weight.name : `${part}/${weight.name}`;
    const own = ours.map(({ shape }) => shape);
    return [
      {
        layer: site.layer,
        path: `${place}/vars/${number}`,
        name: weight.name,
        longName: `${site.longName}${long}`,
        ours,
        shape: weight.shape?.(own, spec, input) ?? own[0]!,
        isTrained: isTrained && !weight.state,
        says: weight.says,
      },
    ];
  });
  return [...own, ...heldSlots(here, row, spec, input), ...chainSlots(here, row, spec, input)];
}

function variablesOf(
  weight: WeightRow,
  { own }: Site,
  shapes: Readonly<Record<string, Shape>>,
  input: Shape,
): OwnVariable[] {
  if (weight.state) {
    return weight.ours.map((path) => ({
      name: `state/${own}/${path}`,
      shape: weight.state!(input),
    }));
  }
  const present = weight.ours.filter((path) => Object.hasOwn(shapes, path));
  return present.map((path) => ({ name: `params/${own}/${path}`, shape: shapes[path]! }));
}

function heldSlots(site: Site, row: ConfigRow, spec: LayerSpec, input: Shape): Slot[] {
  return (row.held?.(spec, input) ?? []).flatMap((held) => {
    const at = {
      ...site,
      path: `${site.path}/${held.theirs}`,
      longName: `${site.longName}${held.theirs}/`,
      own: `${site.own}/${held.ours}`,
    };
    return slotsAt(at, rowOfSpec(held.spec, site.layer, held.input), held.spec, held.input);
  });
}

function chainSlots(site: Site, row: ConfigRow, spec: LayerSpec, input: Shape): Slot[] {
  const chain = row.chain?.(spec, input) ?? [];
  const names = nameLayers(
    spec.kind,
    chain.map(([{ kind, name }]) => ({ kind, name: name as string })),
  );
  const numbered = classNumbers();
  return chain.flatMap(([inner, shape], i) => {
    const own = rowOfSpec(inner, site.layer, shape);
    const at = {
      ...site,
      path: `${site.path}/layers/${numbered(own.className)}`,
      longName: `${site.longName}${names[i]}/`,
      own: `${site.own}/${names[i]}`,
    };
    return slotsAt(at, own, inner, shape);
  });
}

/** Names by class, as Keras counts them in a list of layers: dense, dense_1, dense_2. */
function classNumbers(): (className: string) => string {
  const counts = new Map<string, number>();
  return (className) => {
    const name = snakeCase(className);
    const number = counts.get(name) ?? 0;
    counts.set(name, number + 1);
    return number === 0 ? name : `${name}_${number}`;
  };
}

/** In the order of files of Keras 2: within each layer first what is trained. */
export function legacyOrder(slots: readonly Slot[]): Slot[] {
  const layers = [...new Set(slots.map(({ layer }) => layer))];
  return layers.flatMap((layer) => {
    const own = slots.filter((slot) => slot.layer === layer);
    return [
      ...own.filter(({ isTrained }) => isTrained),
      ...own.filter(({ isTrained }) => !isTrained),
    ];
  });
}
