// Another element type, as our engines convert: see ops/arithmetic/convert.ts.

import { isFloat, RANGES } from "../../../ir/dtype.ts";
import type { Lowering } from "../site.ts";

/** Floats go to integers towards zero, clamped to their range, NaN to 0; ONNX leaves that open. */
export const castTo: Lowering<"cast"> = (
  site,
  { inputs: [x], params: { dtype }, outputs: [y] },
) => {
  const from = x!.type.dtype;
  site.elementwise(y!, [x!], ([name]) => {
    if (from === dtype) return name!;
    if (!isFloat(from) || isFloat(dtype) || dtype === "bool") return site.cast(name!, dtype);
    const wide = from === "float64" ? name! : site.cast(name!, "float64");
    const [low, high] = RANGES[dtype]!;
    const isNumber = site.node("IsNaN", [wide]);
    const number = site.node("Where", [isNumber, site.number(0, "float64"), wide]);
    const bounds = [low, high].map((bound) => site.number(bound, "float64"));
    return site.cast(site.node("Clip", [number, ...bounds]), dtype);
  });
};
