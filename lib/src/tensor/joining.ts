// Functions that join and split: concat, stack, split, pad, tile.

import { either, listOf, number, worded } from "../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { sameShape, showShape } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { axisKind, tensorKind, tensorsKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import type { Concat, ConcatError, Fits, Or, Shape, Stack, StackError } from "../shapes/index.ts";
import { expandDims } from "./movement.ts";
import { broadcastTo, resolveAxis } from "./operands/broadcast.ts";
import { numberLike } from "./operands/checks.ts";

const partsKind = worded(
  "how many parts, or a list of their lengths",
  either(number, listOf(number)),
);
const pairsKind = worded("a list of pairs [before, after]", listOf(listOf(number)));

const checkConcat = signature<typeof concat>("concat(tensors, axis?)", tensorsKind, axisKind);

/** Tensors end to end along an axis. */
export function concat<const L extends readonly Shape[], const X extends number = 0>(
  tensors: Fits<
    Concat<L, X>,
    { readonly [I in keyof L]: Tensor<L[I]> },
    ConcatError<"concat", L, X>
  >,
  axis?: X,
): Tensor<Or<Concat<L, X>>> {
  checkConcat(arguments);
  const list = tensors as readonly Tensor[];
  const [first] = list;
  if (!first) throw new ArgumentError("concat: expected at least one tensor, received none");
  const at = axisOf(axis ?? 0, first.rank);
  const fits = list.every(
    ({ type: { shape } }) =>
      shape.length === first.rank &&
      first.type.shape.every((dim, i) => i === at || dim === shape[i]),
  );
  if (at === undefined || !fits) throw unjoined("concat", "join", list, axis ?? 0);
  return prims.concat(...list, { axis: at });
}

const checkStack = signature<typeof stack>("stack(tensors, axis?)", tensorsKind, axisKind);

/** Tensors of one shape along a new axis. */
export function stack<const L extends readonly Shape[], const X extends number = 0>(
  tensors: Fits<Stack<L, X>, { readonly [I in keyof L]: Tensor<L[I]> }, StackError<"stack", L>>,
  axis?: X,
): Tensor<Or<Stack<L, X>>> {
  checkStack(arguments);
  const list = tensors as readonly Tensor[];
  const [first] = list;
  if (!first) throw new ArgumentError("stack: expected at least one tensor, received none");
  const at = axisOf(axis ?? 0, first.rank + 1);
  const fits = list.every(({ type }) => sameShape(type.shape, first.type.shape));
  if (at === undefined || !fits) throw unjoined("stack", "stack", list, axis ?? 0);
  return prims.concat(...list.map((x) => expandDims(x, at)), { axis: at });
}

/** The axis meant, from 0, where there is one. */
function axisOf(axis: number, rank: number): number | undefined {
  const at = axis < 0 ? axis + rank : axis;
  return Number.isInteger(at) && at >= 0 && at < rank ? at : undefined;
}

/** The sentence that the compiler shows, too: see ConcatError and StackError. */
function unjoined(op: string, verb: string, list: readonly Tensor[], axis: number): ShapeError {
  const shapes = list.map(({ type }) => showShape(type.shape)).join(", ");
  return new ShapeError(`${op}: shapes ${shapes} do not ${verb} along axis ${axis}`);
}

const checkSplit = signature<typeof split>(
  "split(x, parts, axis?)",
  tensorKind,
  partsKind,
  axisKind,
);

/** Cut along an axis: into `parts` equal parts, or into parts of the lengths given. */
export function split(x: Tensor, parts: number | readonly number[], axis = 0): Tensor[] {
  checkSplit(arguments);
  const at = resolveAxis("split", x.type.shape, axis);
  const length = x.type.shape[at]!;
  const count = typeof parts === "number" && parts >= 0 ? Math.floor(parts) : 0;
  const lengths = typeof parts === "number" ? Array<number>(count).fill(length / parts) : parts;
  const whole = lengths.every((n) => Number.isInteger(n) && n >= 0);
  if (!whole || lengths.reduce((a, b) => a + b, 0) !== length) {
    throw new ShapeError(
      `split: axis ${at} of ${showShape(x.shape)} does not split into ` +
        (typeof parts === "number" ? `${parts} equal parts` : `parts of ${showShape(parts)}`),
    );
  }
  let from = 0;
  return lengths.map((n) => {
    from += n;
    return prims.slice(x, {
      start: x.type.shape.map((_, i) => (i === at ? from - n : 0)),
      end: x.type.shape.map((dim, i) => (i === at ? from : dim)),
      step: x.type.shape.map(() => 1),
    });
  });
}

const checkPad = signature<typeof pad>("pad(x, amounts, value?)", tensorKind, pairsKind, number);

/** `value` (0 by default) around each axis: [[before, after], …]. */
export function pad(x: Tensor, amounts: readonly (readonly [number, number])[], value = 0): Tensor {
  checkPad(arguments);
  const whole = amounts.every(
    (pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 0),
  );
  if (amounts.length !== x.rank || !whole) {
    throw new ArgumentError(
      `pad: expected a pair of whole numbers >= 0 for each axis of ${showShape(x.shape)}, ` +
        `received [${amounts.map(showShape).join(", ")}]`,
    );
  }
  const params = {
    low: amounts.map(([low]) => low),
    high: amounts.map(([, high]) => high),
    interior: amounts.map(() => 0),
  };
  const padded = prims.pad(x, params);
  if (value === 0) return padded;
  const inside = broadcastTo(numberLike("pad", 1, undefined), x.type.shape);
  const mask = prims.cast(prims.pad(inside, params), { dtype: "bool" });
  return prims.where(mask, padded, broadcastTo(numberLike("pad", value, x), padded.type.shape));
}

const checkTile = signature<typeof tile>("tile(x, repeats)", tensorKind, listOf(number));

/** x repeated as a block along each axis. */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  checkTile(arguments);
  if (repeats.length !== x.rank || !repeats.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ArgumentError(
      `tile: expected a whole number >= 0 for each axis of ${showShape(x.shape)}, ` +
        `received ${showShape(repeats)}`,
    );
  }
  const shape = x.type.shape;
  const apart = prims.reshape(x, { shape: shape.flatMap((dim) => [1, dim]) });
  const copied = prims.expand(apart, { shape: shape.flatMap((dim, i) => [repeats[i]!, dim]) });
  return prims.reshape(copied, { shape: shape.map((dim, i) => dim * repeats[i]!) });
}
