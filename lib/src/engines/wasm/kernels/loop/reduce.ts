// The kernel that adds up elements, or takes the largest, along axes; what follows is fused behind.
// Along the last axis lanes take every fourth element; along others each element has a lane of its own.

import { isFloat } from "../../../../ir/dtype.ts";
import { type Shape, sizeOf } from "../../../../ir/shape.ts";
import { type Operand, op, times } from "../../code/index.ts";
import { type Element, elementsBelow } from "../../lower/element.ts";
import type { KernelContext } from "../kernel.ts";
import type { KeptAddresses } from "./addresses.ts";
import { forEach, indicesOf } from "./axes.ts";
import { type Fold, scalarFold, vectorFold } from "./folds.ts";
import { LANES } from "./registers.ts";
import { isVector } from "./vector-ops.ts";
import { ElementWriter, type PlacedElement, type PlacedStore } from "./writer.ts";

/** What decides about how elements are folded. */
interface Folded {
  readonly element: Element<unknown>;
  readonly along: boolean;
}

export interface PlacedReduction extends Folded {
  readonly op: "sum" | "reduceMax";
  /** Over [domain…, reduced…]. */
  readonly element: PlacedElement;
  readonly reduced: Shape;
}

/** Columns that a unit folds at once. */
const BLOCK = 16;

/** What waits for the one before it longer than it takes runs side by side. */
const CHAINS = 2;

/** True where it makes no difference in which order elements are folded. */
function isAnyOrder({ op, element: { dtype } }: PlacedReduction): boolean {
  return op === "reduceMax" || !isFloat(dtype);
}

export function reduceUnits(domain: Shape, byColumns: boolean): number {
  if (!byColumns) return sizeOf(domain);
  return sizeOf(domain.slice(0, -1)) * Math.ceil(domain.at(-1)! / BLOCK);
}

/** True where lanes are neighbours in the result: they fold without meeting each other. */
export function foldsByColumns(domain: Shape, { along, element }: Folded): boolean {
  return !along && domain.length > 0 && elementsBelow([element]).every(isVector);
}

export function emitReduce(
  context: KernelContext,
  domain: Shape,
  reduction: PlacedReduction,
  stores: readonly PlacedStore[],
): void {
  const { f, lo, hi } = context;
  const reader = new ElementWriter(context, [reduction.element]);
  const writer = new ElementWriter(
    context,
    stores.map(({ element }) => element),
  );
  const { dtype } = reduction.element;
  const fold = () =>
    reader.vector ? vectorFold(f, reduction.op, dtype) : scalarFold(f, reduction.op, dtype);
  const finish = (index: readonly Operand[], made: Fold, lanes: number, first: boolean) => {
    if (writer.vector) {
      const head = first ? made.total("vector") : made.lanes();
      writer.write(stores, { index, lanes, heads: [head] });
    } else if (first) writer.write(stores, { index, lanes: 1, heads: [made.total("scalar")] });
    else {
      for (let lane = 0; lane < lanes; lane++) {
        const at = [...index.slice(0, -1), op("i32.add", index.at(-1)!, lane)];
        writer.write(stores, { index: at, lanes: 1, heads: [made.lane(lane)] });
      }
    }
  };
  if (foldsByColumns(domain, reduction)) {
    byColumns();
    return;
  }
  f.for(lo, hi, 1, (unit) => {
    const outer = indicesOf(f, unit, domain);
    const { reduced } = reduction;
    const length = reduced.at(-1) ?? 1;
    const step = reader.vector ? LANES : 1;
    const whole = length - (length % step);
    const chains = reader.vector && isAnyOrder(reduction) && whole >= CHAINS * LANES ? CHAINS : 1;
    const folds = Array.from({ length: chains }, fold) as [Fold, ...Fold[]];
    const [made, ...others] = folds;
    forEach(f, reduced.slice(0, -1), (between) => {
      const points = (j: Operand, lanes: number, into: readonly Fold[]) => {
        const index = reduced.length === 0 ? [...outer, ...between] : [...outer, ...between, j];
        const kept: KeptAddresses = new Map();
        into.forEach((one, i) => {
          const point = { index, lanes, ahead: i * LANES, kept };
          one.add(reader.values([reduction.element], point)[0]!, lanes);
        });
      };
      if (reduced.length === 0) points(0, 1, [made]);
      else {
        const most = whole - (whole % (chains * step));
        f.for(0, most, chains * step, (j) => points(j, step, folds));
        f.for(most, whole, step, (j) => points(j, step, [made]));
        if (whole < length) points(whole, length - whole, [made]);
      }
    });
    for (const other of others) made.add(other.lanes(), LANES);
    finish(outer, made, 1, true);
  });

  function byColumns(): void {
    const inner = domain.at(-1)!;
    const blocks = Math.ceil(inner / BLOCK);
    const columns = (outer: readonly Operand[], start: Operand, width: number) => {
      const counts = Array.from({ length: Math.ceil(width / LANES) }, (_, i) =>
        Math.min(LANES, width - i * LANES),
      );
      const places = counts.map((_, i) => f.keep(op("i32.add", start, i * LANES), "j"));
      const folds = counts.map(fold);
      forEach(f, reduction.reduced, (over) => {
        places.forEach((j, i) => {
          const index = [...outer, j, ...over];
          const [value] = reader.values([reduction.element], {
            index,
            lanes: counts[i]!,
            axis: outer.length,
          });
          folds[i]!.add(value!, LANES);
        });
      });
      folds.forEach((made, i) => finish([...outer, places[i]!], made, counts[i]!, false));
    };
    f.for(lo, hi, 1, (unit) => {
      const [row, block] =
        blocks === 1
          ? [unit, 0]
          : [op("i32.div_u", unit, blocks), f.keep(op("i32.rem_u", unit, blocks))];
      const outer = indicesOf(f, f.keep(row, "row"), domain.slice(0, -1));
      const rest = inner % BLOCK;
      const full = () => columns(outer, f.keep(times(block, BLOCK)), BLOCK);
      if (rest === 0) full();
      else if (blocks === 1) columns(outer, f.keep(0), rest);
      else
        f.if(op("i32.lt_s", block, blocks - 1), full, () =>
          columns(outer, f.keep(inner - rest), rest),
        );
    });
  }
}
