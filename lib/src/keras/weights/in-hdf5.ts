// Where the weights of a model are in HDF5 files: in those of Keras 3 by place, in older ones by lists of names.

import { FileError } from "../../checks/errors.ts";
import { shortened } from "../../checks/nearest.ts";
import type { Hdf5Object } from "../hdf5/read.ts";
import type { FindArrays, FoundArray } from "./load.ts";
import { legacyOrder, type Slot } from "./slots.ts";

/** A .weights.h5 file of Keras 3, alone or in a .keras file: "layers/dense/vars/0". */
export function inKeras3(root: Hdf5Object): FindArrays {
  return (slots) => {
    const counts = new Map<string, number>();
    for (const { path } of slots) {
      const group = path.slice(0, path.lastIndexOf("/"));
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    for (const [group, count] of counts) {
      const found = root.at(group)?.members?.length;
      if (found === undefined || found === count) continue;
      throw new FileError(
        `Keras: "${group}" of the weights holds ${found} arrays, expected ${count} for this layer`,
      );
    }
    return slots.map(({ path }) => arrayAt(root, path));
  };
}

/** A .h5 file of Keras 2, or of Keras 3 in the old format: names of layers, and of the weights of each. */
export function inLegacy(root: Hdf5Object): FindArrays {
  const model = root.at("model_weights") ?? root;
  return (slots) => {
    const found = new Map<Slot, FoundArray>();
    const groups = listOf(model, "layer_names").flatMap((layer) => {
      const names = listOf(model.at(layer), "weight_names");
      return names.length === 0 ? [] : [{ layer, names }];
    });
    const ordered = legacyOrder(slots);
    const wanted = [...new Set(ordered.map(({ layer }) => layer))].map(
      (layer) => [layer, ordered.filter((slot) => slot.layer === layer)] as const,
    );
    if (groups.length !== wanted.length) {
      throw new FileError(
        `Keras: the file holds weights of ${groups.length} layers (${brief(groups.map(({ layer }) => layer))}), ` +
          `expected those of ${wanted.length} (${brief(wanted.map(([layer]) => layer))})`,
      );
    }
    wanted.forEach(([layer, own], i) => {
      const { layer: theirs, names } = groups[i]!;
      if (names.length !== own.length) {
        throw new FileError(
          `Keras: the file holds ${names.length} weights for "${shortened(theirs)}", expected ${own.length} for layer "${layer}"`,
        );
      }
      own.forEach((slot, place) => {
        found.set(slot, arrayAt(model, `${theirs}/${names[place]}`));
      });
    });
    return slots.map((slot) => found.get(slot)!);
  };
}

const MOST_SHOWN = 4;
const brief = (names: readonly string[]) =>
  names.length > MOST_SHOWN
    ? `${names.slice(0, MOST_SHOWN).map(shortened).join(", ")}, …`
    : names.map(shortened).join(", ");

/** A list of names, which is parted into several where it was too long for one. */
function listOf(group: Hdf5Object | null, name: string): readonly string[] {
  const whole = group?.texts(name);
  if (whole) return whole;
  const parts: string[] = [];
  for (let i = 0; ; i++) {
    const part = group?.texts(`${name}${i}`);
    if (!part) return parts;
    parts.push(...part);
  }
}

function arrayAt(root: Hdf5Object, path: string): FoundArray {
  const object = root.at(path);
  if (!object?.shape)
    throw new FileError(`Keras: there is no array "${shortened(path)}" among the weights`);
  return { place: shortened(path), shape: object.shape, read: () => object.read() };
}
