// NNDL: softmax turns four numbers into probabilities. Nielsen, chapter 3: raising one input raises its
// own output and lowers all others.

import { jacobian } from "../../runtime/derivatives/jacobian.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor } from "../../tensor/create.ts";
import { sum } from "../../tensor/reduce.ts";
import { softmax } from "../../tensor/softmax.ts";
import { type Claim, claim, decimals } from "../shared/claim.ts";

const Z = [2.5, -1, 3.2, 0.5] as const;

const RANGE =
  "The notes say that each value lies in {0, 1}; softmax values lie in the interval (0, 1).";

/** The book's numbers of this experiment beside ours. */
export function claims(): Claim[] {
  const z = tensor(Z, "float64");
  const a = softmax(z);
  const slopes = jacobian((at: Tensor) => softmax(at))(z);
  const signs = Array.from({ length: Z.length }, (_, row) =>
    Array.from(slopes.data.subarray(row * Z.length, (row + 1) * Z.length), (s: number) =>
      s > 0 ? "+" : "-",
    ).join(""),
  );
  return [
    ...[0.315, 0.009, 0.633, 0.043].map((printed, j) =>
      claim(`a${j + 1}`, printed, a.data[j]!, decimals(3), RANGE),
    ),
    claim("sum", 1, sum(a).item(), 1e-15),
    claim("signs of da_j/dz_k", "+--- -+-- --+- ---+", signs.join(" "), 0),
  ];
}
