// scatterAdd: rows added up by index, floats in double precision and rounded once.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import type { Node } from "../../../../ir/graph.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import { load, op, plus, times } from "../../code/index.ts";
import { type Place, pointerTo } from "../../memory/place.ts";
import type { Kernel } from "../kernel.ts";
import { scalarLoad } from "../loop/registers.ts";
import { checkIndex } from "./copy.ts";
import { Totals, totalsBytes } from "./totals.ts";

export function scatterAdd(
  { params: { size: rows } }: Node<"scatterAdd">,
  inputs: readonly Place[],
  outputs: readonly Place[],
): Kernel {
  const [indices, updates] = inputs as [Place, Place];
  const [out] = outputs as [Place];
  const { dtype } = out;
  const count = sizeOf(out.shape);
  const row = sizeOf(out.shape.slice(1));
  const from = bytesPerElement(dtype);
  return {
    name: "scatterAdd",
    units: sizeOf(indices.shape) + count === 0 ? 0 : 1,
    work: sizeOf(updates.shape) + count,
    reads: inputs,
    writes: outputs,
    scratchBytes: totalsBytes(out),
    emit: (context, scratch) => {
      const { f, lo, hi } = context;
      f.if(op("i32.lt_s", lo, hi), () => {
        const [at, source] = [indices, updates].map((place) => f.keep(pointerTo(place)));
        const totals = new Totals(f, out, scratch);
        const n = sizeOf(indices.shape);
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
}
