// The kernel of argmax, which goes along one axis, number by number.

import { bytesPerElement, type DType } from "../../../../ir/dtype.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import { type Expr, type Local, op, plus, times } from "../../code/index.ts";
import { pointerTo } from "../../memory/place.ts";
import { scalarLoad, scalarType } from "../loop/registers.ts";
import { linesAlong } from "./lines.ts";
import type { Special } from "./special.ts";

export const argmax: Special<"argmax"> = ({ params: { axis }, inputs: [{ type }] }) => {
  const { dtype, shape } = type;
  const { length, inner, count, first } = linesAlong(shape, axis);
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
