// From a scheduled fusion to a kernel: measured first, over as few axes as can be; then its arrays get
// places.

import { sizeOf, stridesOf } from "../../../ir/shape.ts";
import { type Element, elementsBelow, mapViews, workOf } from "../lower/element.ts";
import type { Fusion } from "../lower/fusion.ts";
import type { Buffer, BufferView } from "../lower/view.ts";
import type { ArrayPlace } from "../memory/place.ts";
import { type Ahead, measureContraction } from "./contraction.ts";
import type { CompileTarget, Keeping, Kernel, KernelMeasure } from "./kernel.ts";
import { collapseStrides, type JoinedAxes, joinAxes } from "./loop/axes.ts";
import { emitMap, mapUnits } from "./loop/map.ts";
import { emitReduce, foldsByColumns, reduceUnits } from "./loop/reduce.ts";
import type { PlacedElement, PlacedStore } from "./loop/writer.ts";
import type { Placing } from "./placing.ts";
import { type AnySpecial, SPECIAL } from "./special/index.ts";

/** A kernel, measured; it is written for arrays in their places. */
export interface MeasuredKernel extends KernelMeasure {
  readonly at: (place: Placing) => Kernel;
  /** What it needs to be made before the loop that it is in. */
  readonly ahead?: Ahead | undefined;
}

export function measureKernel(
  fusion: Fusion,
  target: CompileTarget,
  keep: Keeping,
): MeasuredKernel {
  const { head } = fusion;
  switch (head.kind) {
    case "special":
      return measureSpecial(head);
    case "contraction": {
      const roots = fusion.stores.map(({ element }) => element);
      const { emitAt, ahead, ...measure } = measureContraction(head, roots, target, keep);
      const kernel = placeable(
        fusion,
        measure,
        (place) => emitAt(place, placedStores(fusion, place)),
        ahead && new Map([[head.operands[1], ahead.array]]),
      );
      return { ...kernel, ahead };
    }
    case "reduce":
      return measureReduction(fusion, head);
    case "map":
      return measureMap(fusion);
  }
}

type HeadOf<K extends Fusion["head"]["kind"]> = Extract<Fusion["head"], { kind: K }>;

/**
 * @param emitAt what writes the kernel over arrays in these places
 * @param instead arrays that it reads in place of operands
 */
function placeable(
  fusion: Fusion,
  measure: KernelMeasure,
  emitAt: (place: Placing) => Kernel["emit"],
  instead: ReadonlyMap<BufferView, Buffer> = new Map(),
): MeasuredKernel {
  return {
    ...measure,
    at: (place) => ({
      ...measure,
      reads: fusion.reads.map(({ view }) => place(instead.get(view) ?? view.buffer)),
      writes: fusion.stores.map(({ buffer }) => place(buffer)),
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

function measureMap(fusion: Fusion): MeasuredKernel {
  const roots = fusion.stores.map(({ element }) => element);
  const strides = stridesOf(fusion.domain);
  const joined = joinAxes(fusion.domain, [...viewsOf(roots), { strides }]);
  const measure = {
    name: "map",
    units: fusion.size === 0 ? 0 : mapUnits(joined.lengths),
    work: fusion.size * workOf(roots),
  };
  return placeable(fusion, measure, (place) => {
    const stores = placedStores(fusion, place, joined);
    return (context) => emitMap(context, joined.lengths, stores);
  });
}

function measureReduction(fusion: Fusion, head: HeadOf<"reduce">): MeasuredKernel {
  const { domain } = fusion;
  const roots = fusion.stores.map(({ element }) => element);
  const strides = stridesOf(domain);
  const joined = joinAxes(domain, [...viewsOf([head.element, ...roots]), { strides }]);
  const byColumns = foldsByColumns(joined.lengths, head);
  const measure = {
    name: head.op,
    units: fusion.size === 0 ? 0 : reduceUnits(joined.lengths, byColumns),
    work: fusion.size * sizeOf(head.reduced) * workOf([head.element]),
  };
  return placeable(fusion, measure, (place) => {
    const stores = placedStores(fusion, place, joined);
    const [element] = placed([head.element], place, joined, domain.length);
    const reduction = { ...head, element: element! };
    return (context) => emitReduce(context, joined.lengths, reduction, stores);
  });
}

/** Elements with places for arrays, over the joined axes. */
function placed(
  elements: readonly Element[],
  place: Placing,
  joined: JoinedAxes | null,
  rank: number,
): PlacedElement[] {
  const over = <B>(view: BufferView<B>): BufferView<B> =>
    joined ? { ...view, strides: collapseStrides(view.strides, joined, rank) } : view;
  return mapViews(elements, (view) => ({ ...over(view), buffer: place(view.buffer) }), over);
}

function placedStores(
  fusion: Fusion,
  place: Placing,
  joined: JoinedAxes | null = null,
): PlacedStore[] {
  const { domain, stores } = fusion;
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
  return elementsBelow(roots).flatMap((element) =>
    element.kind === "load" || element.kind === "index" ? [element.view] : [],
  );
}

/** A view of a whole array as a place of its own shape. */
function wholePlace({ buffer, shape }: BufferView, place: Placing): ArrayPlace {
  return { ...place(buffer), shape, strides: stridesOf(shape) };
}
