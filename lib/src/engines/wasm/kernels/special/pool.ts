// Max-pooling over NHWC images: one walk finds each window's winner, three kernels use it.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import type { Node } from "../../../../ir/graph.ts";
import type { PoolParams } from "../../../../ir/op-table.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import {
  type FunctionBuilder,
  type Local,
  load,
  type Operand,
  op,
  plus,
  select,
  times,
} from "../../code/index.ts";
import type { Kernel, KernelContext } from "../../kernel.ts";
import { type Place, pointerTo } from "../../place.ts";
import { scalarLoad, scalarStore, scalarType } from "../loop/registers.ts";
import { beats } from "./along.ts";

export function maxPool(
  { params }: Node<"maxPool">,
  inputs: readonly Place[],
  outputs: readonly Place[],
): Kernel {
  const [x] = inputs as [Place];
  const [out] = outputs as [Place];
  return windows("maxPool", x, out, params, inputs, outputs, (f, { to, best }) => {
    scalarStore(
      f,
      x.dtype,
      plus(f.keep(pointerTo(out)), times(to, bytesPerElement(x.dtype))),
      best,
      0,
    );
  });
}

export function poolTake(
  { params }: Node<"poolTake">,
  inputs: readonly Place[],
  outputs: readonly Place[],
): Kernel {
  const [dx, x] = inputs as [Place, Place];
  const [out] = outputs as [Place];
  const size = bytesPerElement(x.dtype);
  return windows("poolTake", x, out, params, inputs, outputs, (f, { to, winner }) => {
    const taken = scalarLoad(x.dtype, plus(pointerTo(dx), times(winner, size)), 0);
    scalarStore(f, x.dtype, plus(pointerTo(out), times(to, size)), taken, 0);
  });
}

/** Sums in double precision where windows overlap, image by image. */
export function poolPut(
  { params }: Node<"poolPut">,
  inputs: readonly Place[],
  outputs: readonly Place[],
): Kernel {
  const [dy, x] = inputs as [Place, Place];
  const [out] = outputs as [Place];
  const { dtype } = x;
  const size = bytesPerElement(dtype);
  const wide = dtype === "float32";
  const width = wide ? 8 : size;
  const image = sizeOf(x.shape.slice(1));
  const count = sizeOf(x.shape);
  return {
    name: "poolPut",
    units: count === 0 ? 0 : x.shape[0]!,
    work: count + sizeOf(dy.shape) * params.window[0] * params.window[1],
    reads: inputs,
    writes: outputs,
    scratchBytes: wide ? count * 8 : 0,
    emit: (context, scratch) => {
      const { f, lo, hi } = context;
      const total = f.keep(pointerTo(scratch ?? out), "total");
      f.for(lo, hi, 1, (unit) => {
        f.do(op("memory.fill", plus(total, times(unit, image * width)), 0, image * width));
        f.for(0, dy.shape[1]!, 1, (row) => {
          walkRow(context, x, dy, params, unit, row, ({ to, winner }) => {
            const place = f.keep(plus(total, times(winner, width)));
            const element = scalarLoad(dtype, plus(pointerTo(dy), times(to, size)), 0);
            if (wide) {
              const sum = op("f64.add", load("f64.load", place), op("f64.promote_f32", element));
              f.store("f64.store", place, sum);
            } else {
              const sum = op(`${scalarType(dtype)}.add`, scalarLoad(dtype, place, 0), element);
              scalarStore(f, dtype, place, sum, 0);
            }
          });
        });
        if (!wide) return;
        const target = f.keep(pointerTo(out), "out");
        f.for(0, image, 1, (i) => {
          const at = f.keep(plus(i, times(unit, image)));
          const sum = load("f64.load", plus(total, times(at, 8)));
          f.store("f32.store", plus(target, times(at, 4)), op("f32.demote_f64", sum));
        });
      });
    },
  };
}

/** What the walk knows about a window: the place of its result, of its winner, and the maximum. */
interface Window {
  readonly to: Operand;
  readonly winner: Local;
  readonly best: Local;
}

function windows(
  name: string,
  x: Place,
  out: Place,
  params: PoolParams,
  reads: readonly Place[],
  writes: readonly Place[],
  visit: (f: FunctionBuilder, window: Window) => void,
): Kernel {
  const rows = out.shape[1]!;
  return {
    name,
    units: sizeOf(out.shape) === 0 ? 0 : out.shape[0]! * rows,
    work: sizeOf(out.shape) * params.window[0] * params.window[1],
    reads,
    writes,
    emit: (context) => {
      const { f, lo, hi } = context;
      f.for(lo, hi, 1, (unit) => {
        const image = f.keep(op("i32.div_u", unit, rows), "image");
        const row = f.keep(op("i32.rem_u", unit, rows), "row");
        walkRow(context, x, out, params, image, row, (window) => visit(f, window));
      });
    },
  };
}

/** Visits the windows of one row of results. */
function walkRow(
  { f }: KernelContext,
  x: Place,
  out: Place,
  { window, strides, padding }: PoolParams,
  image: Operand,
  row: Operand,
  visit: (window: Window) => void,
): void {
  const [, h, w, channels] = x.shape as [number, number, number, number];
  const [, rows, columns] = out.shape as [number, number, number];
  const size = bytesPerElement(x.dtype);
  const from = f.keep(pointerTo(x), "x");
  /** The part of a window that lies on the image, along one axis. */
  const span = (at: Operand, axis: 0 | 1, length: number) => {
    const start = f.keep(plus(times(at, strides[axis]), -padding[axis][0]));
    const end = f.keep(plus(start, window[axis]));
    const first = f.keep(select(op("i32.lt_s", start, 0), 0, start), "first");
    return [first, f.keep(select(op("i32.lt_s", end, length), end, length), "end")] as const;
  };
  const [y0, y1] = span(row, 0, h);
  f.for(0, columns, 1, (column) => {
    const [x0, x1] = span(column, 1, w);
    const place = plus(times(plus(times(image, rows), row), columns), column);
    const base = f.keep(times(place, channels), "to");
    f.for(0, channels, 1, (channel) => {
      const pixel = (y: Operand, at: Operand) =>
        plus(times(plus(times(plus(times(image, h), y), w), at), channels), channel);
      const winner = f.keep(pixel(y0, x0), "winner");
      const best = f.keep(scalarLoad(x.dtype, plus(from, times(winner, size)), 0), "best");
      f.for(y0, y1, 1, (y) => {
        const at = f.keep(pixel(y, x0), "at");
        f.for(x0, x1, 1, () => {
          const element = f.keep(scalarLoad(x.dtype, plus(from, times(at, size)), 0));
          f.if(beats(x.dtype, element, best), () => {
            f.set(best, element);
            f.set(winner, at);
          });
          f.set(at, plus(at, channels));
        });
      });
      visit({ to: f.keep(plus(base, channel), "place"), winner, best });
    });
  });
}
