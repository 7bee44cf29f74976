// From a scheduled group to a kernel: measured first, over as few axes as can be; then its arrays get
// places.

import { sizeOf, stridesOf } from "../../../ir/shape.ts";
import { type Element, elementsOf, mapViews, workOf } from "../lower/element.ts";
import type { Group } from "../lower/group.ts";
import type { View } from "../lower/view.ts";
import type { Place } from "../memory/place.ts";
import { measureContraction } from "./contraction.ts";
import type { Kernel, Measure, Target } from "./kernel.ts";
import { type Collapse, collapse, collapseStrides } from "./loop/axes.ts";
import { emitMap, mapUnits } from "./loop/map.ts";
import { emitReduce, foldsByColumns, reduceUnits } from "./loop/reduce.ts";
import type { PlacedElement, PlacedStore } from "./loop/writer.ts";
import type { Placing } from "./placing.ts";
import { type AnySpecial, SPECIAL } from "./special/index.ts";

/** A kernel, measured; it is written for arrays in their places. */
export interface MeasuredKernel extends Measure {
  readonly at: (place: Placing) => Kernel;
}

export function measureKernel(group: Group, target: Target): MeasuredKernel {
  const { head } = group;
  switch (head.kind) {
    case "special":
      return measureSpecial(head);
    case "contraction": {
      const roots = group.stores.map(({ element }) => element);
      const { emitAt, ...measure } = measureContraction(head, roots, target);
      return placeable(group, measure, (place) => emitAt(place, placedStores(group, place)));
    }
    case "reduce":
      return measureReduction(group, head);
    case "map":
      return measureMap(group);
  }
}

type HeadOf<K extends Group["head"]["kind"]> = Extract<Group["head"], { kind: K }>;

/** @param emitAt what writes the kernel over arrays in these places */
function placeable(
  group: Group,
  measure: Measure,
  emitAt: (place: Placing) => Kernel["emit"],
): MeasuredKernel {
  return {
    ...measure,
    at: (place) => ({
      ...measure,
      reads: group.reads.map(({ view }) => place(view.buffer)),
      writes: group.stores.map(({ buffer }) => place(buffer)),
      emit: emitAt(place),
    }),
  };
}

function measureSpecial({ node, operands, results }: HeadOf<"special">): MeasuredKernel {
  const make = SPECIAL[node.op as keyof typeof SPECIAL] as AnySpecial;
  const { emit, ...measure } = make(node);
  return {
    ...measure,
    at: (place) => {
      const reads = operands.map((view) => wholePlace(view, place));
      const writes = results.map(place);
      return {
        ...measure,
        reads,
        writes,
        emit: (context, scratch) => emit(context, reads, writes[0]!, scratch),
      };
    },
  };
}

function measureMap(group: Group): MeasuredKernel {
  const roots = group.stores.map(({ element }) => element);
  const strides = stridesOf(group.domain);
  const joined = collapse(group.domain, [...viewsOf(roots), { strides }]);
  const measure = {
    name: "map",
    units: group.size === 0 ? 0 : mapUnits(joined.lengths),
    work: group.size * workOf(roots),
  };
  return placeable(group, measure, (place) => {
    const stores = placedStores(group, place, joined);
    return (context) => emitMap(context, joined.lengths, stores);
  });
}

function measureReduction(group: Group, head: HeadOf<"reduce">): MeasuredKernel {
  const { domain } = group;
  const roots = group.stores.map(({ element }) => element);
  const strides = stridesOf(domain);
  const joined = collapse(domain, [...viewsOf([head.element, ...roots]), { strides }]);
  const byColumns = foldsByColumns(joined.lengths, head);
  const measure = {
    name: head.op,
    units: group.size === 0 ? 0 : reduceUnits(joined.lengths, byColumns),
    work: group.size * sizeOf(head.reduced) * workOf([head.element]),
  };
  return placeable(group, measure, (place) => {
    const stores = placedStores(group, place, joined);
    const [element] = placed([head.element], place, joined, domain.length);
    const reduction = { ...head, element: element! };
    return (context) => emitReduce(context, joined.lengths, reduction, stores);
  });
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

/** A view of a whole array as a place of its own shape. */
function wholePlace({ buffer, shape }: View, place: Placing): Place {
  return { ...place(buffer), shape, strides: stridesOf(shape) };
}
