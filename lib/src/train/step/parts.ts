// A batch in parts: what each says of the parameters, added up to what the whole says, in the memory of one.

import { scan } from "../../runtime/loops/scan.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree, mapTree } from "../../runtime/values/tree.ts";
import { arange, zeros, zerosLike } from "../../tensor/create.ts";
import { add, mul } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { concat } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { foldIn } from "../../tensor/random.ts";
import { sum as total } from "../../tensor/reduce.ts";
import { type Found, type GradientInputs, gradientsOfBatch } from "./gradients.ts";

type Batch = readonly Tensor[];
type Given = ReturnType<typeof gradientsOfBatch>;

/**
 * As gradientsOfBatch, computed of `rows` examples at a time: gradients and loss are the means over all examples,
 * to rounding; what layers keep passes from part to part, and each draws for itself. To be traced.
 * @param number int32 scalar: of this step, from 1
 * @param rows of a part; the last may have fewer
 */
export function gradientsOfParts(
  inputs: GradientInputs,
  number: Tensor,
  { x, y, w }: Readonly<Record<"x" | "y" | "w", Batch>>,
  rows: number,
): Given {
  const all = x[0]!.type.shape[0]!;
  const parts = Math.floor(all / rows);
  if (all <= rows) return gradientsOfBatch(inputs, number, x, y, w);
  const step = (found: Found, place: Tensor, bx: Batch, by: Batch, bw: Batch): Given => {
    const own = {
      ...inputs,
      key: foldIn(inputs.key, place),
      state: { ...inputs.state, tree: found.state },
    };
    const { found: next, outputs, sums } = gradientsOfBatch(own, number, bx, by, bw);
    const share = bx[0]!.type.shape[0]! / all;
    const sum = <T>(before: T, part: T): T =>
      mapTree((a, b) => add(a, mul(b, share)), before, part);
    return {
      found: {
        loss: sum(found.loss, next.loss),
        gradients: sum(found.gradients, next.gradients),
        state: mapTree((t) => t.read(), next.state),
      },
      outputs,
      ...(sums && { sums }),
    };
  };
  const cut = (arrays: Batch) =>
    arrays.map((a) => reshape(at(a, `0:${parts * rows}`), [parts, rows, ...a.type.shape.slice(1)]));
  const [first, stacked] = scan(
    (found: Found, part: { place: Tensor; x: Tensor[]; y: Tensor[]; w: Tensor[] }) => {
      const { outputs, sums, ...given } = step(found, part.place, part.x, part.y, part.w);
      const kept = { outputs, sums: sums ? [sums] : [] };
      return [given.found, kept] as [Found, { outputs: Batch; sums: Tensor[] }];
    },
    {
      loss: zeros([], flattenTree(inputs.params.tree).leaves[0]!.dtype),
      gradients: mapTree((p) => zerosLike(p), inputs.params.tree),
      state: mapTree((t) => t.read(), inputs.state.tree),
    },
    { place: arange(0, parts), x: cut(x), y: cut(y), w: cut(w) },
  );
  const outputs = stacked.outputs.map((o) => reshape(o, [parts * rows, ...o.type.shape.slice(2)]));
  const [sums] = stacked.sums.map((each) => total(each, 0));
  if (parts * rows === all) return { found: first, outputs, ...(sums && { sums }) };
  const rest = (arrays: Batch) => arrays.map((a) => at(a, `${parts * rows}:`));
  const place = arange(parts, parts + 1).reshape([]);
  const last = step(first, place, rest(x), rest(y), rest(w));
  return {
    found: last.found,
    outputs: outputs.map((o, i) => concat([o, last.outputs[i]!])),
    ...(sums && last.sums && { sums: add(sums, last.sums) }),
  };
}
