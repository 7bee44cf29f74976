// scatterAdd: rows added up by index, floats in double precision and rounded once.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import type { Node } from "../../../../ir/graph.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import { load, op, plus, times } from "../../code/index.ts";
import type { Kernel } from "../../kernel.ts";
import { type Place, pointerTo } from "../../place.ts";
import { scalarLoad, scalarStore, scalarType } from "../loop/registers.ts";
import { checkIndex } from "./copy.ts";

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
  // float32 sums need room for doubles; the others add up where they belong.
  const wide = dtype === "float32";
  const size = wide ? 8 : bytesPerElement(dtype);
  const from = bytesPerElement(dtype);
  return {
    name: "scatterAdd",
    units: sizeOf(indices.shape) + count === 0 ? 0 : 1,
    work: sizeOf(updates.shape) + count,
    reads: inputs,
    writes: outputs,
    scratchBytes: wide ? count * 8 : 0,
    emit: (context, scratch) => {
      const { f, lo, hi } = context;
      f.if(op("i32.lt_s", lo, hi), () => {
        const [at, source] = [indices, updates].map((place) => f.keep(pointerTo(place)));
        const total = f.keep(pointerTo(scratch ?? out), "total");
        const n = sizeOf(indices.shape);
        f.for(0, n, 1, (i) => {
          checkIndex(context, "scatterAdd", f.keep(load("i32.load", plus(at!, times(i, 4)))), rows);
        });
        f.do(op("memory.fill", total, 0, count * size));
        f.for(0, n, 1, (i) => {
          const index = f.keep(load("i32.load", plus(at!, times(i, 4))), "index");
          const to = f.keep(plus(total, times(index, row * size)), "to");
          const update = f.keep(plus(source!, times(i, row * from)), "update");
          f.for(0, row, 1, (k) => {
            const place = f.keep(plus(to, times(k, size)));
            const element = scalarLoad(dtype, plus(update, times(k, from)), 0);
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
        const to = f.keep(pointerTo(out), "out");
        f.for(0, count, 1, (i) => {
          const sum = load("f64.load", plus(total, times(i, 8)));
          f.store("f32.store", plus(to, times(i, 4)), op("f32.demote_f64", sum));
        });
      });
    },
  };
}
