// scatterAdd: rows added up by index, floats in double precision and rounded once.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import { load, op, plus, times } from "../../code/index.ts";
import { pointerTo } from "../../memory/place.ts";
import { scalarLoad } from "../loop/registers.ts";
import { checkIndex } from "./copy.ts";
import type { Special } from "./special.ts";
import { Totals, totalsBytes } from "./totals.ts";

export const scatterAdd: Special<"scatterAdd"> = ({
  params: { size: rows },
  inputs: [{ type: chosen }, { type: added }],
  outputs: [{ type }],
}) => {
  const { dtype, shape } = type;
  const count = sizeOf(shape);
  const row = sizeOf(shape.slice(1));
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
