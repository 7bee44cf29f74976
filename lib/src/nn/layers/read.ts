// Reads the specification of a layer, by a table of the kinds there are.

import { expectOptions, type Kinds, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { DEEPEST, isDeep } from "../../formats/json.ts";
import { heldLayer, heldLayers } from "./arguments.ts";
import { inside } from "./composite/held.ts";
import type { Layer, LayerSpec } from "./layer.ts";
import type { LayerReading, Makers } from "./maker.ts";
import type { Merge } from "./merging/merge.ts";

/** The kinds that a specification can name. */
export interface KindTable {
  readonly layers: Makers<Layer>;
  readonly merges: Makers<Merge>;
}

/** @throws ArgumentError for an unknown kind, and for arguments that the layer does not take */
export function readLayer(table: KindTable, spec: LayerSpec, reading: LayerReading): Layer {
  return read(table, "layer", { ...table.layers, ...reading.others }, spec, reading);
}

/** @throws ArgumentError for an unknown kind, and for arguments that the merge does not take */
export function readMerge(table: KindTable, spec: LayerSpec): Merge {
  return read(table, "merge layer", table.merges, spec, {});
}

/** A layer or a merge, as a node of a graph may be either. */
export function readNode(table: KindTable, spec: LayerSpec, reading: LayerReading): Layer | Merge {
  const makers = { ...table.layers, ...table.merges, ...reading.others };
  return read<Layer | Merge>(table, "layer", makers, spec, reading);
}

function read<L extends Layer | Merge>(
  table: KindTable,
  what: string,
  makers: Makers<L>,
  spec: LayerSpec,
  reading: LayerReading,
): L {
  if (typeof spec !== "object" || spec === null) {
    throw new ArgumentError(`Expected the specification of a ${what}, received ${show(spec)}.`);
  }
  if (isDeep(spec)) {
    throw new ArgumentError(`The specification of a ${what} nests deeper than ${DEEPEST}.`);
  }
  const { kind, ...written } = spec;
  const { signature, make, revive = {} } = find(what, makers, kind);
  const leading = Object.keys(signature.leading);
  const kinds: Kinds<any> = { ...signature.leading, ...signature.options };
  // A model of doubles has the layers that turn whole numbers into floats make doubles of them.
  const isTold = Object.hasOwn(signature.options, "dtype") && reading.dtype === "float64";
  const given = isTold ? { dtype: reading.dtype, ...written } : written;
  const args: Record<string, unknown> = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const own = Object.hasOwn(revive, name) && revive[name];
      if (own) return [name, inside(name, () => own(value, reading))];
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : null;
      return [name, revived(table, kind, name, value, reading)];
    }),
  );
  expectOptions<any>(kind, args, kinds, leading);
  const options = Object.entries(args).filter(([name]) => !leading.includes(name));
  return make(...leading.map((name) => args[name]), Object.fromEntries(options));
}

/** An argument as its function takes it: layers out of specifications. */
function revived(
  table: KindTable,
  kind: unknown,
  name: string,
  value: unknown,
  reading: LayerReading,
): unknown {
  const held = (spec: unknown, at: string) =>
    inside(at, () => readLayer(table, spec as LayerSpec, reading));
  if (kind === heldLayer && isSpec(value)) return held(value, name);
  if (kind !== heldLayers || !Array.isArray(value)) return value;
  return value.map((spec, i) => (isSpec(spec) ? held(spec, `${name}.${i}`) : spec));
}

function isSpec(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && !("apply" in value);
}

/** @throws ArgumentError for an unknown name, with the nearest known one */
export function find<M>(what: string, makers: Readonly<Record<string, M>>, kind: unknown): M {
  if (typeof kind !== "string") {
    throw new ArgumentError(`Expected the kind of a ${what}, received ${show(kind)}.`);
  }
  if (!Object.hasOwn(makers, kind)) throw unknownName(what, kind, Object.keys(makers));
  return makers[kind]!;
}
