// scatterAdd and scatterMax: rows brought together by index, in their order. Floats add up in double
// precision and are rounded once.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import type { TensorType } from "../../../../ir/type.ts";
import { type Local, load, type Operand, op, plus, times } from "../../code/index.ts";
import { WIDE } from "../../lower/operands.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { FAILING, KernelContext } from "../kernel.ts";
import { scalarLoad } from "../loop/registers.ts";
import { checkIndex } from "./copy.ts";
import { type Lanes, largestLanes, sumLanes } from "./lanes.ts";
import type { Special, SpecialKernel } from "./special.ts";
import { Totals, totalsBytes } from "./totals.ts";

/** Registers that one walk along the rows of a place fills. */
const TOGETHER = 4;

export const scatterAdd: Special<"scatterAdd"> = (node) => {
  const {
    params: { size: rows },
    inputs: [{ type: chosen }, { type: added }],
    outputs: [{ type }],
  } = node;
  const { dtype, shape } = type;
  const row = sizeOf(shape.slice(1));
  if (row >= WIDE) {
    const rowsThere = node.inputs[1].node?.inputs[0]?.type.shape[0];
    return byPlace("scatterAdd", chosen, added, type, sumLanes(dtype), rowsThere);
  }
  const count = sizeOf(shape);
  const from = bytesPerElement(dtype);
  return {
    name: "scatterAdd",
    units: sizeOf(chosen.shape) + count === 0 ? 0 : 1,
    work: sizeOf(added.shape) + count,
    scratchBytes: totalsBytes(type),
    emit: (context, [indices, updates], out, scratch) => {
      const { f, lo, hi } = context;
      f.if(op("i32.lt_s", lo, hi), () => {
        const [at, source] = [indices, updates].map((place) => f.keep(pointerTo(place)));
        const totals = new Totals(f, out, scratch);
        const n = sizeOf(chosen.shape);
        f.for(0, n, 1, (i) => {
          checkIndex(context, "scatterAdd", f.keep(load("i32.load", plus(at!, times(i, 4)))), rows);
        });
        totals.clear(0, count);
        f.for(0, n, 1, (i) => {
          const index = f.keep(load("i32.load", plus(at!, times(i, 4))), "index");
          const to = f.keep(times(index, row), "to");
          const update = f.keep(plus(source!, times(i, row * from)), "update");
          f.for(0, row, 1, (k) => {
            totals.add(plus(to, k), scalarLoad(dtype, plus(update, times(k, from)), 0));
          });
        });
        totals.finish(0, count);
      });
    },
  };
};

export const scatterMax: Special<"scatterMax"> = ({
  inputs: [{ type: chosen }, { type: given }],
  outputs: [{ type }],
}) => byPlace("scatterMax", chosen, given, type, largestLanes(type.dtype));

/**
 * A unit is a place. Each thread sorts the updates of its own places by place, which keeps their order, and then
 * fills one place after the other, its numbers in registers. A third operand says where in the second, of how many
 * rows, the update of each index is.
 */
function byPlace(
  name: (typeof FAILING)[number],
  chosen: TensorType,
  given: TensorType,
  { dtype, shape }: TensorType,
  lanes: Lanes,
  rowsThere = 0,
): SpecialKernel<readonly [ArrayPlace, ArrayPlace, ArrayPlace?]> {
  const [rows, n] = [shape[0]!, sizeOf(chosen.shape)];
  const row = sizeOf(shape.slice(1));
  const bytes = row * bytesPerElement(dtype);
  return {
    name,
    // Of no place there is still an index to refuse.
    units: Math.max(rows, n > 0 ? 1 : 0),
    work: sizeOf(given.shape) + sizeOf(shape),
    scratchBytes: (rows + 1 + n) * 4,
    perThread: true,
    emit: (context, [indices, updates, chosenRows], out, scratch) => {
      const { f, lo, hi } = context;
      if (!scratch) return;
      const [at, source, to, ends] = [indices, updates, out, scratch].map((place) =>
        f.keep(pointerTo(place)),
      ) as [Local, Local, Local, Local];
      f.if(op("i32.lt_s", lo, hi), () => {
        const list = f.keep(plus(ends, (rows + 1) * 4), "list");
        const there = chosenRows && {
          at: f.keep(pointerTo(chosenRows), "there"),
          size: rowsThere,
        };
        sortByPlace(context, name, { at, ends, list, n, rows, source, bytes, there });
        const from = f.keep(list, "from");
        f.for(lo, f.min(hi, rows), 1, (place) => {
          const end = f.keep(
            plus(list, times(load("i32.load", plus(ends, times(op("i32.sub", place, lo), 4))), 4)),
            "end",
          );
          const target = f.keep(plus(to, times(place, bytes)), "target");
          const whole = row - (row % (lanes.count * TOGETHER));
          f.for(0, whole, lanes.count * TOGETHER, (column) => {
            fill(column, lanes.count * TOGETHER);
          });
          if (whole < row) fill(whole, row - whole);
          f.set(from, end);

          function fill(first: Operand, columns: number): void {
            const skipped = f.keep(times(first, bytesPerElement(dtype)), "skipped");
            const sums = Array.from({ length: Math.ceil(columns / lanes.count) }, () =>
              lanes.start(f),
            );
            const next = f.keep(from, "next");
            f.while(
              () => op("i32.lt_u", next, end),
              () => {
                const update = f.keep(plus(load("i32.load", next), skipped), "update");
                sums.forEach((sum, i) => {
                  lanes.take(f, sum, update, i * lanes.count * bytesPerElement(dtype));
                });
                f.set(next, plus(next, 4));
              },
            );
            const written = f.keep(plus(target, skipped), "written");
            sums.forEach((sum, i) => {
              const before = i * lanes.count;
              const count = Math.min(lanes.count, columns - before);
              lanes.write(f, sum, written, before * bytesPerElement(dtype), count);
            });
          }
        });
      });
    },
  };
}

interface Sorting {
  readonly at: Local;
  readonly ends: Local;
  readonly list: Local;
  readonly n: number;
  readonly rows: number;
  readonly source: Local;
  readonly bytes: number;
  /** Which row of `source` each update is, of how many; else update i is row i. */
  readonly there: { readonly at: Local; readonly size: number } | undefined;
}

/**
 * Counting sort: the addresses of the updates that go to places lo to hi, in the order of those, and how many
 * have come by the end of each.
 */
function sortByPlace(
  context: KernelContext,
  name: (typeof FAILING)[number],
  { at, ends, list, n, rows, source, bytes, there }: Sorting,
): void {
  const { f, lo, hi } = context;
  const places = f.keep(op("i32.sub", hi, lo), "places");
  f.do(op("memory.fill", ends, 0, times(plus(places, 1), 4)));
  const rowOf = (i: Local) => (there ? load("i32.load", plus(there.at, times(i, 4))) : i);
  if (there) f.for(0, n, 1, (i) => checkIndex(context, "gather", f.keep(rowOf(i)), there.size));
  const each = (check: boolean, visit: (place: Local, i: Local) => void) => {
    f.for(0, n, 1, (i) => {
      const index = f.keep(load("i32.load", plus(at, times(i, 4))), "index");
      if (check) checkIndex(context, name, index, rows);
      const mine = f.keep(op("i32.sub", index, lo), "mine");
      f.if(op("i32.lt_u", mine, places), () => visit(f.keep(plus(ends, times(mine, 4))), i));
    });
  };
  each(true, (count) => f.store("i32.store", count, plus(load("i32.load", count), 1)));
  const total = f.keep(0, "total");
  f.for(0, places, 1, (place) => {
    const count = f.keep(plus(ends, times(place, 4)), "count");
    const before = f.keep(total, "before");
    f.set(total, plus(total, load("i32.load", count)));
    f.store("i32.store", count, before);
  });
  each(false, (end, i) => {
    const next = f.keep(load("i32.load", end), "next");
    f.store("i32.store", plus(list, times(next, 4)), plus(source, times(rowOf(i), bytes)));
    f.store("i32.store", end, plus(next, 1));
  });
}
