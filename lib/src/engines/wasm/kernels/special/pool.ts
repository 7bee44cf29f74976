// Max-pooling over NHWC images and its gradient; the first of equal maxima wins, and so does a NaN.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import type { PoolParams } from "../../../../ir/op-table.ts";
import { type Shape, sizeOf } from "../../../../ir/shape.ts";
import { type FunctionBuilder, type Local, op, plus, times, toExpr } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { KernelContext, KernelMeasure } from "../kernel.ts";
import { scalarLoad, scalarStore, vectorLoad, vectorStore } from "../loop/registers.ts";
import type { Special } from "./special.ts";
import { Totals, totalsBytes } from "./totals.ts";
import { walkRowInVectors } from "./vector-windows.ts";
import { type WindowRow, walkRow } from "./windows.ts";

export const maxPool: Special<"maxPool"> = ({ params, outputs: [{ type }] }) => ({
  ...measureRows(type.shape, params),
  name: "maxPool",
  emit: (context, [x], out) => {
    const { f } = context;
    const size = bytesPerElement(x.dtype);
    eachRow(context, x, out, params, (windows) => {
      const target = f.keep(pointerTo(out), "out");
      if (x.dtype === "float32") {
        walkRowInVectors(windows, context.target.tiles.paired, ({ to, lanes, best }) => {
          storeVectors(f, f.keep(plus(target, times(to, size)), "at"), 0, best, lanes);
        });
      } else {
        walkRow(windows, ({ to, best }) => {
          scalarStore(f, x.dtype, plus(target, times(to, size)), best, 0);
        });
      }
    });
  },
});

export const poolTake: Special<"poolTake"> = ({ params, outputs: [{ type }] }) => ({
  ...measureRows(type.shape, params),
  name: "poolTake",
  emit: (context, [dx, x], out) => {
    const size = bytesPerElement(x.dtype);
    eachRow(context, x, out, params, (windows) => {
      walkRow(windows, ({ to, winner }) => {
        const taken = scalarLoad(x.dtype, plus(pointerTo(dx), times(winner, size)), 0);
        scalarStore(context.f, x.dtype, plus(pointerTo(out), times(to, size)), taken, 0);
      });
    });
  },
});

/** Units are the rows of the results. */
function measureRows(shape: Shape, { window }: PoolParams): Pick<KernelMeasure, "units" | "work"> {
  return {
    units: sizeOf(shape) === 0 ? 0 : shape[0]! * shape[1]!,
    work: sizeOf(shape) * window[0] * window[1],
  };
}

function eachRow(
  { f, lo, hi }: KernelContext,
  x: ArrayPlace,
  { shape }: ArrayPlace,
  params: PoolParams,
  write: (windows: WindowRow) => void,
): void {
  const perImage = shape[1]!;
  f.for(lo, hi, 1, (unit) => {
    const image = f.keep(op("i32.div_u", unit, perImage), "image");
    const row = f.keep(op("i32.rem_u", unit, perImage), "row");
    write({ f, x, shape, params, image, row });
  });
}

export const poolPut: Special<"poolPut"> = ({ params, inputs: [back, images], outputs }) => {
  const { dtype, shape } = images.type;
  const apart =
    dtype === "float32" &&
    params.window.every((length, axis) => length <= params.strides[axis as 0 | 1]);
  const count = sizeOf(shape);
  return {
    name: "poolPut",
    units: count === 0 ? 0 : shape[0]!,
    work: count + sizeOf(back.type.shape) * params.window[0] * params.window[1],
    scratchBytes: apart ? 0 : totalsBytes(outputs[0].type),
    emit: (context, [dy, x], out, scratch) => {
      const put = { x, dy, out, params };
      if (apart) putApart(context, put);
      else addUp(context, put, scratch);
    },
  };
};

interface Put {
  readonly x: ArrayPlace;
  readonly dy: ArrayPlace;
  readonly out: ArrayPlace;
  readonly params: PoolParams;
}

/** Where windows share no pixel, each pixel is written once: what came back, or 0. */
function putApart(
  { f, lo, hi, target: { tiles } }: KernelContext,
  { x, dy, out, params }: Put,
): void {
  const [, h, w] = x.shape as [number, number, number, number];
  const [, high, wide] = dy.shape as [number, number, number];
  const image = sizeOf(x.shape.slice(1)) * 4;
  const { window, strides, padding } = params;
  const covered =
    [h, w].every((length, axis) => length === [high, wide][axis]! * window[axis as 0 | 1]) &&
    window.every((length, axis) => length === strides[axis as 0 | 1]) &&
    padding.flat().every((pixels) => pixels === 0);
  const [source, target] = [f.keep(pointerTo(dy), "dy"), f.keep(pointerTo(out), "out")];
  f.for(lo, hi, 1, (unit) => {
    if (!covered) f.do(op("memory.fill", plus(target, times(unit, image)), 0, image));
    f.for(0, high, 1, (row) => {
      const windows = { f, x, shape: dy.shape, params, image: unit, row };
      walkRowInVectors(windows, tiles.paired, ({ to, lanes, eachPixel }) => {
        const from = f.keep(plus(source, times(to, 4)), "from");
        const back = lanes.map((_, v) => f.keep(vectorLoad("float32", from, v * 16), "back"));
        eachPixel((at, offset, won) => {
          const values = won.map((mask, v) => f.keep(op("v128.and", back[v]!, mask)));
          storeVectors(f, f.keep(plus(target, at), "at"), offset, values, lanes);
        });
      });
    });
  });
}

/** The runtime joins two stores if the higher comes first. */
function storeVectors(
  f: FunctionBuilder,
  address: Local,
  offset: number,
  values: readonly Local[],
  lanes: readonly number[],
): void {
  for (let v = values.length - 1; v >= 0; v--) {
    vectorStore(f, "float32", address, toExpr(values[v]!), offset + v * 16, lanes[v]!);
  }
}

/** Where windows overlap, sums in double precision, image by image. */
function addUp(
  { f, lo, hi }: KernelContext,
  { x, dy, out, params }: Put,
  scratch: ArrayPlace | null,
) {
  const size = bytesPerElement(x.dtype);
  const image = sizeOf(x.shape.slice(1));
  const totals = new Totals(f, out, scratch);
  f.for(lo, hi, 1, (unit) => {
    const first = f.keep(times(unit, image), "first");
    totals.clear(first, image);
    f.for(0, dy.shape[1]!, 1, (row) => {
      const windows = { f, x, shape: dy.shape, params, image: unit, row };
      walkRow(windows, ({ to, winner }) => {
        totals.add(winner, scalarLoad(x.dtype, plus(pointerTo(dy), times(to, size)), 0));
      });
    });
    totals.finish(first, image);
  });
}
