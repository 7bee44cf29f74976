// The kernels that go along one axis, number by number: cumsum and argsort.

import { bytesPerElement, isFloat } from "../../../../ir/dtype.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import {
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
import { linesAlong } from "./lines.ts";
import type { Special } from "./special.ts";

export const cumsum: Special<"cumsum"> = ({ params: { axis, reverse }, inputs: [{ type }] }) => {
  const { dtype, shape } = type;
  const { length, inner, count, first } = linesAlong(shape, axis);
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

/** Bottom-up merge sort of positions: runs of 1, 2, 4, … join, from one half of scratch to the other. */
export const argsort: Special<"argsort"> = ({
  params: { axis, descending },
  inputs: [{ type }],
}) => {
  const { dtype, shape } = type;
  const { length, inner, count, first } = linesAlong(shape, axis);
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
