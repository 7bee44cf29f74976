// Names for the layers of a network: under them their variables are found and saved.

import { ArgumentError } from "../../checks/errors.ts";

interface Named {
  readonly kind: string;
  readonly name?: string | undefined;
}

/**
 * Names for layers in order: the user's own, else kind and number ("dense1", "dense2"), leaving out
 * numbers that a user has given. A layer that stands again has a place of its own and so a name of
 * its own.
 * @param where begins the errors
 * @param taken names that other things have
 * @param again names for the places of layers that stand again, if these are known
 * @throws ArgumentError where two layers have one name
 */
export function nameLayers(
  where: string,
  layers: readonly Named[],
  taken: readonly string[] = [],
  again: readonly (string | undefined)[] = [],
): string[] {
  const seen = new Set<Named>();
  const places = layers.map((layer, i) => {
    const isFirst = !seen.has(layer);
    seen.add(layer);
    return { layer, isFirst, given: isFirst ? layer.name : again[i] };
  });
  const used = new Set(taken);
  for (const { given } of places) {
    if (given === undefined) continue;
    if (used.has(given)) throw new ArgumentError(`${where}: two layers are named "${given}"`);
    used.add(given);
  }
  const numbers = new Map<string, number>();
  const next = (stem: string, from: number): string => {
    let number = numbers.get(stem) ?? from;
    while (used.has(`${stem}${number}`)) number++;
    numbers.set(stem, number + 1);
    return `${stem}${number}`;
  };
  return places.map(({ layer, isFirst, given }) => {
    if (given !== undefined) return given;
    return isFirst || layer.name === undefined ? next(layer.kind, 1) : next(`${layer.name}_`, 2);
  });
}

/** For each layer the name of its first place. */
export function ownersOf(layers: readonly object[], names: readonly string[]): string[] {
  const owners = new Map<object, string>();
  return layers.map((layer, i) => {
    const owner = owners.get(layer) ?? names[i]!;
    owners.set(layer, owner);
    return owner;
  });
}
