// The kernels that go along one axis, number by number: cumsum, argmax, argsort.

import { bytesPerElement, type DType, isFloat } from "../../../../ir/dtype.ts";
import { type Shape, sizeOf } from "../../../../ir/shape.ts";
import {
  type Expr,
  type FunctionBuilder,
  f64,
  i32,
  type Local,
  load,
  type Operand,
  op,
  plus,
  select,
  times,
} from "../../code/index.ts";
import { pointerTo } from "../../memory/place.ts";
import { scalarLoad, scalarStore, scalarType } from "../loop/registers.ts";
import type { Special } from "./special.ts";

/** The lines along an axis: [outer, length, inner], and where the first element of a line stands. */
function linesOf(shape: Shape, axis: number) {
  const length = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const count = sizeOf(shape.slice(0, axis)) * inner;
  const first = (line: Operand) =>
    plus(times(op("i32.div_u", line, inner), length * inner), op("i32.rem_u", line, inner));
  return { length, inner, count: length === 0 ? 0 : count, first };
}

export const cumsum: Special<"cumsum"> = ({ params: { axis, reverse }, inputs: [{ type }] }) => {
  const { dtype, shape } = type;
  const { length, inner, count, first } = linesOf(shape, axis);
  const size = bytesPerElement(dtype);
  return {
    name: "cumsum",
    units: count,
    work: sizeOf(shape),
    emit: ({ f, lo, hi }, [x], out) => {
      const [from, to] = [x, out].map((place) => f.keep(pointerTo(place)));
      f.for(lo, hi, 1, (line) => {
        const last = reverse ? (length - 1) * inner : 0;
        const at = f.keep(times(plus(first(line), last), size), "at");
        // Floats add up in double precision and are rounded one by one, as the op is defined.
        const total = f.keep(isFloat(dtype) ? f64(0) : i32(0), "total");
        f.for(0, length, 1, () => {
          const element = scalarLoad(dtype, plus(from!, at), 0);
          if (dtype === "float32")
            f.set(total, op("f64.add", total, op("f64.promote_f32", element)));
          else f.set(total, op(`${scalarType(dtype)}.add`, total, element));
          const rounded = dtype === "float32" ? op("f32.demote_f64", total) : total;
          scalarStore(f, dtype, plus(to!, at), rounded, 0);
          f.set(at, plus(at, reverse ? -inner * size : inner * size));
        });
      });
    },
  };
};

export const argmax: Special<"argmax"> = ({ params: { axis }, inputs: [{ type }] }) => {
  const { dtype, shape } = type;
  const { length, inner, count, first } = linesOf(shape, axis);
  const size = bytesPerElement(dtype);
  return {
    name: "argmax",
    units: count,
    work: sizeOf(shape),
    emit: ({ f, lo, hi }, [x], out) => {
      const [from, to] = [x, out].map((place) => f.keep(pointerTo(place)));
      f.for(lo, hi, 1, (line) => {
        const at = f.keep(plus(from!, times(first(line), size)), "at");
        const champion = f.keep(scalarLoad(dtype, at, 0), "champion");
        const best = f.keep(0, "best");
        f.for(1, length, 1, (i) => {
          f.set(at, plus(at, inner * size));
          const element = f.keep(scalarLoad(dtype, at, 0), "x");
          f.if(beats(dtype, element, champion), () => {
            f.set(champion, element);
            f.set(best, i);
          });
        });
        f.store("i32.store", plus(to!, times(line, 4)), best);
      });
    },
  };
};

/** True where an element takes the place of the champion: it is larger, or the first NaN. */
export function beats(dtype: DType, element: Local, champion: Local): Expr {
  const type = scalarType(dtype);
  if (type === "i32") return op("i32.gt_s", element, champion);
  const isNumber = op(`${type}.eq`, champion, champion);
  return op("i32.and", isNumber, op("i32.eqz", op(`${type}.le`, element, champion)));
}

/** Bottom-up merge sort of positions: runs of 1, 2, 4, … join, from one half of scratch to the other. */
export const argsort: Special<"argsort"> = ({
  params: { axis, descending },
  inputs: [{ type }],
}) => {
  const { dtype, shape } = type;
  const { length, inner, count, first } = linesOf(shape, axis);
  const size = bytesPerElement(dtype);
  const bytes = length * 4;
  return {
    name: "argsort",
    units: count,
    work: sizeOf(shape) * 16,
    scratchBytes: count * bytes * 2,
    emit: ({ f, lo, hi }, [x], out, scratch) => {
      if (!scratch) return;
      const [from, to, room] = [x, out, scratch].map((place) => f.keep(pointerTo(place)));
      f.for(lo, hi, 1, (line) => {
        const start = f.keep(first(line), "first");
        const source = f.keep(plus(room!, times(line, 2 * bytes)), "source");
        const target = f.keep(plus(source, bytes), "target");
        const element = (position: Operand) =>
          scalarLoad(dtype, plus(from!, times(plus(start, times(position, inner)), size)), 0);
        f.for(0, length, 1, (i) => f.store("i32.store", plus(source, times(i, 4)), i));
        const width = f.keep(1, "width");
        f.while(
          () => op("i32.lt_s", width, length),
          () => {
            mergeRuns(f, { source, target, width, length, goesFirst });
            const other = f.keep(source);
            f.set(source, target);
            f.set(target, other);
            f.set(width, op("i32.shl", width, 1));
          },
        );
        f.for(0, length, 1, (i) => {
          const place = plus(to!, times(plus(start, times(i, inner)), 4));
          f.store("i32.store", place, load("i32.load", plus(source, times(i, 4))));
        });

        /** True where position b must stand before position a, which comes first in the line. */
        function goesFirst(b: Operand, a: Operand) {
          const [y, z] = [f.keep(element(b)), f.keep(element(a))];
          const type = scalarType(dtype);
          if (type === "i32") return op(descending ? "i32.gt_s" : "i32.lt_s", y, z);
          const before = op(`${type}.${descending ? "gt" : "lt"}`, y, z);
          const afterNaN = op("i32.and", op(`${type}.ne`, z, z), op(`${type}.eq`, y, y));
          return op("i32.or", before, afterNaN);
        }
      });
    },
  };
};

interface Merge {
  readonly source: Local;
  readonly target: Local;
  readonly width: Local;
  readonly length: number;
  readonly goesFirst: (b: Operand, a: Operand) => Operand;
}

function mergeRuns(f: FunctionBuilder, { source, target, width, length, goesFirst }: Merge): void {
  const position = (at: Operand) => load("i32.load", plus(source, times(at, 4)));
  const left = f.keep(0, "left");
  f.while(
    () => op("i32.lt_s", left, length),
    () => {
      const middle = f.min(plus(left, width), length);
      const end = f.min(plus(plus(left, width), width), length);
      const [i, j] = [f.keep(left, "i"), f.keep(middle, "j")];
      const k = f.keep(left, "k");
      f.while(
        () => op("i32.lt_s", k, end),
        () => {
          const takeRight = f.keep(0, "right");
          f.if(op("i32.lt_s", j, end), () => {
            f.if(
              op("i32.ge_s", i, middle),
              () => f.set(takeRight, 1),
              () => f.set(takeRight, goesFirst(f.keep(position(j)), f.keep(position(i)))),
            );
          });
          const chosen = f.keep(select(takeRight, j, i));
          f.store("i32.store", plus(target, times(k, 4)), position(chosen));
          f.set(j, plus(j, takeRight));
          f.set(i, plus(i, op("i32.eqz", takeRight)));
          f.set(k, plus(k, 1));
        },
      );
      f.set(left, end);
    },
  );
}
