// From a scheduled group to a kernel: its arrays get places, its index space as few axes as can be.

import type { Node } from "../../../ir/graph.ts";
import { sizeOf, stridesOf } from "../../../ir/shape.ts";
import { type Element, elementsOf, mapViews, workOf } from "../lower/element.ts";
import type { Group } from "../lower/group.ts";
import type { View } from "../lower/view.ts";
import type { Place } from "../memory/place.ts";
import { contractionKernel } from "./contraction.ts";
import type { Kernel, Target } from "./kernel.ts";
import { type Collapse, collapse, collapseStrides } from "./loop/axes.ts";
import { emitMap, mapUnits } from "./loop/map.ts";
import { emitReduce, foldsByColumns, reduceUnits } from "./loop/reduce.ts";
import type { PlacedElement, PlacedStore } from "./loop/writer.ts";
import type { Placing } from "./placing.ts";
import { SPECIAL } from "./special/index.ts";

export function buildKernel(group: Group, place: Placing, target: Target): Kernel {
  const { head } = group;
  const stored = group.stores.map(({ buffer }) => place(buffer));
  switch (head.kind) {
    case "special": {
      const operands = head.operands.map((view) => wholePlace(view, place));
      const { node } = head;
      const make = SPECIAL[node.op as keyof typeof SPECIAL] as unknown as (
        node: Node,
        inputs: readonly Place[],
        outputs: readonly Place[],
      ) => Kernel;
      return make(node, operands, head.results.map(place));
    }
    case "contraction": {
      const kernel = contractionKernel(head, placedStores(group, place), place, target);
      return { ...kernel, reads: readsOf(group, place), writes: stored };
    }
    case "reduce":
      return { ...reduceKernel(group, head, place), reads: readsOf(group, place), writes: stored };
    case "map":
      return { ...mapKernel(group, place), reads: readsOf(group, place), writes: stored };
  }
}

type Unplaced = Omit<Kernel, "reads" | "writes">;

function mapKernel(group: Group, place: Placing): Unplaced {
  const roots = group.stores.map(({ element }) => element);
  const strides = stridesOf(group.domain);
  const joined = collapse(group.domain, [...viewsOf(roots), { strides }]);
  const stores = placedStores(group, place, joined);
  const empty = group.size === 0;
  return {
    name: "map",
    units: empty ? 0 : mapUnits(joined.lengths),
    work: group.size * workOf(roots),
    emit: (context) => emitMap(context, joined.lengths, stores),
  };
}

function reduceKernel(
  group: Group,
  head: Extract<Group["head"], { kind: "reduce" }>,
  place: Placing,
): Unplaced {
  const { domain } = group;
  const roots = group.stores.map(({ element }) => element);
  const strides = stridesOf(domain);
  const views = [...viewsOf([head.element, ...roots]), { strides }];
  const joined = collapse(domain, views);
  const stores = placedStores(group, place, joined);
  const [element] = placed([head.element], place, joined, domain.length);
  const reduction = { op: head.op, element: element!, reduced: head.reduced, along: head.along };
  const byColumns = foldsByColumns(joined.lengths, reduction);
  return {
    name: head.op,
    units: group.size === 0 ? 0 : reduceUnits(joined.lengths, byColumns),
    work: group.size * sizeOf(head.reduced) * workOf([head.element]),
    emit: (context) => emitReduce(context, joined.lengths, reduction, stores),
  };
}

/** Elements with places for arrays, over the joined axes. */
function placed(
  elements: readonly Element[],
  place: Placing,
  joined: Collapse | null,
  rank: number,
): PlacedElement[] {
  const over = <B>(view: View<B>): View<B> =>
    joined ? { ...view, strides: collapseStrides(view.strides, joined, rank) } : view;
  return mapViews(elements, (view) => ({ ...over(view), buffer: place(view.buffer) }), over);
}

function placedStores(group: Group, place: Placing, joined: Collapse | null = null): PlacedStore[] {
  const { domain, stores } = group;
  const strides = stridesOf(domain);
  const roots = placed(
    stores.map(({ element }) => element),
    place,
    joined,
    domain.length,
  );
  return stores.map(({ buffer }, i) => ({
    element: roots[i]!,
    view: {
      buffer: place(buffer),
      shape: joined?.lengths ?? domain,
      strides: joined ? collapseStrides(strides, joined, domain.length) : strides,
      offset: 0,
    },
  }));
}

function viewsOf(roots: readonly Element[]): { strides: readonly number[] }[] {
  return elementsOf(roots).flatMap((element) =>
    element.kind === "load" || element.kind === "index" ? [element.view] : [],
  );
}

function readsOf(group: Group, place: Placing): Place[] {
  return group.reads.map(({ view }) => place(view.buffer));
}

/** A view of a whole array as a place of its own shape. */
function wholePlace({ buffer, shape }: View, place: Placing): Place {
  return { ...place(buffer), shape, strides: stridesOf(shape) };
}
