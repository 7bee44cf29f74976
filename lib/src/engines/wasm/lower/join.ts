// An elementwise value joins a kernel that has what it needs, or becomes a kernel.

import type { Value } from "../../../ir/graph.ts";
import { type Shape, sameShape, sizeOf } from "../../../ir/shape.ts";
import { MOST_COST } from "./bounds.ts";
import { computed, type Leaf, leavesOf } from "./elements.ts";
import type { Fusion } from "./fusion.ts";
import type { Fusions } from "./fusions.ts";
import { MOST_STORES } from "./hosts.ts";
import type { Move } from "./view.ts";

/** @param cost what it costs to compute the value from what is in memory */
export function placeRoot(fusions: Fusions, value: Value, cost: number): void {
  const leaves = leavesOf(fusions, value);
  const { shape } = value.type;
  const fusion = hostFor(fusions, shape, leaves, cost) ?? fusions.start({ kind: "map" }, shape);
  fusion.cost += cost;
  const moves: Move[] = [];
  if (!sameShape(shape, fusion.domain))
    moves.push({ op: "reshape", params: { shape: fusion.domain } });
  fusions.produce(value, computed(fusions, value, moves, fusion), fusion);
}

function hostFor(
  fusions: Fusions,
  shape: Shape,
  leaves: readonly Leaf[],
  cost: number,
): Fusion | undefined {
  const producers = leaves.flatMap(({ value }) => fusions.producers.get(value) ?? []);
  const fits = (fusion: Fusion) =>
    fusion.open &&
    fusion.size === sizeOf(shape) &&
    fusion.results < MOST_STORES &&
    fusion.cost + cost <= MOST_COST &&
    !(isColumn(fusion) && cost >= COSTLY) &&
    leaves.every(({ value, pointwise }) => {
      const producer = fusions.producers.get(value);
      if (!producer) return true;
      return producer === fusion ? pointwise : !producer.dependsOn(fusion);
    });
  const own = [...new Set(producers)].filter(fits);
  if (own.length > 0) return own.sort((a, b) => weight(b) - weight(a) || b.id - a.id)[0];
  const read = leaves.flatMap(({ value }) => fusions.knownBuffer(value) ?? []);
  return fusions.hosts.candidates(shape, read).find(fits);
}

/** About what exp costs: from here on it is worth storing a head to compute what comes behind it by whole vectors. */
const COSTLY = 8;

/** True for a contraction of one column: what is computed behind it has a vector for each row, with one number in it. */
function isColumn({ head, domain, size }: Fusion): boolean {
  return head.kind === "contraction" && domain.at(-1) === 1 && size > 1;
}

/** Contractions gain most from what they can do before storing, then reductions. */
function weight(fusion: Fusion): number {
  return { contraction: 2, reduce: 1, map: 0, special: 0 }[fusion.head.kind];
}
