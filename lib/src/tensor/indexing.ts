// NumPy indexing: numbers, ranges, new axes, index tensors and masks.

import type { Kind } from "../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { tensorKind } from "../runtime/values/kinds.ts";
import { elementsOf, Tensor } from "../runtime/values/tensor.ts";
import { fromData } from "./create.ts";
import { add, mul } from "./elementwise.ts";
import { guarded, wrap } from "./gather.ts";
import { broadcastShapes, broadcastTo } from "./operands/broadcast.ts";
import { gatherAxis } from "./operands/gather-axis.ts";

/**
 * One index: a number drops its axis; a range is written as in Python, "1:3", ":", "::-1"; null makes
 * a new axis; "..." stands for all axes not named; an int32 tensor takes the places it holds, a bool
 * tensor those where it is true.
 */
export type Index = number | string | null | Tensor;

/** One step of indexing: what happens to an axis of the operand. */
type Step =
  | { readonly kind: "number"; readonly at: number }
  | { readonly kind: "range"; readonly start: number; readonly end: number; readonly step: number }
  | { readonly kind: "new" }
  | { readonly kind: "tensor"; readonly places: Tensor };

const indexKind: Kind = {
  says: 'a number, a range such as "1:3", null, "..." or a tensor of indices',
  fits: (x) => typeof x === "number" || typeof x === "string" || x === null || x instanceof Tensor,
  hint: (x) =>
    Array.isArray(x) ? 'Write "0:5" for a range, or tensor([0, 5], "int32") for places' : undefined,
};

/** One index, or a list of them: what functions take that take more arguments behind. */
export const indicesKind: Kind<Index | readonly Index[]> = {
  says: `${indexKind.says}, or a list of these`,
  fits: (x) => (Array.isArray(x) ? x.every(indexKind.fits) : indexKind.fits(x)),
};

const checkAt = signature<typeof at>("at(x, ...indices)", tensorKind, indexKind);

/**
 * `at(x, 0)`, `at(x, "1:3", "...", null, -1)`, `at(x, rows, columns)` with index tensors side by side.
 * Numbers drop their axes first, wherever they stand; NumPy moves axes where one meets an index array.
 * @throws ArgumentError for an index outside its axis, or more indices than axes
 */
export function at(x: Tensor, ...indices: readonly Index[]): Tensor {
  checkAt(arguments);
  const missing = indices.indexOf(undefined as never);
  if (missing >= 0) throw new ArgumentError(`at: index ${missing} is undefined`);
  const steps = resolve(x, indices);
  const sliced = sliceAll(x, steps);
  return takeAll(sliced, steps);
}

function resolve(x: Tensor, indices: readonly Index[]): Step[] {
  const { shape } = x.type;
  const uses = (index: Index) => {
    if (index === null || index === "...") return 0;
    return index instanceof Tensor && index.dtype === "bool" ? index.rank : 1;
  };
  const used = indices.reduce<number>((sum, index) => sum + uses(index), 0);
  if (shape.length === 0 && used > 0) throw new ShapeError("at: a scalar has no axis to index");
  if (used > shape.length) {
    throw new ArgumentError(`at: too many indices for shape ${showShape(shape)}`);
  }
  if (indices.filter((index) => index === "...").length > 1) {
    throw new ArgumentError('at: "..." may stand for axes only once');
  }
  const open = indices.includes("...") ? indices : [...indices, "..."];
  let axis = 0;
  return open.flatMap((index): Step[] => {
    if (index === null) return [{ kind: "new" }];
    if (index === "...") {
      const rest = shape.slice(axis, axis + shape.length - used);
      axis += rest.length;
      return rest.map((dim) => ({ kind: "range", start: 0, end: dim, step: 1 }));
    }
    if (index instanceof Tensor && index.dtype === "bool") {
      const places = trueAt(index, shape.slice(axis, axis + index.rank));
      axis += index.rank;
      return places.map((tensor) => ({ kind: "tensor", places: tensor }));
    }
    const dim = shape[axis++]!;
    if (index instanceof Tensor) {
      return [{ kind: "tensor", places: wrap("at", index, axis - 1, shape) }];
    }
    if (typeof index === "number")
      return [{ kind: "number", at: place(index, dim, axis - 1, shape) }];
    return [{ kind: "range", ...range(index, dim) }];
  });
}

function place(index: number, dim: number, axis: number, shape: readonly number[]): number {
  if (!Number.isInteger(index)) {
    throw new ArgumentError(`at: index ${index} is not a whole number`);
  }
  if (index >= -dim && index < dim) return index < 0 ? index + dim : index;
  throw new ArgumentError(
    `at: index ${index} is out of range for axis ${axis} of shape ${showShape(shape)}`,
  );
}

/** "start:end:step" as Python reads it; for a negative step, start is the larger end. */
function range(text: string, dim: number) {
  const parts = text.split(":").map((part) => part.trim());
  const numbers = parts.map((part) => (part === "" ? undefined : Number(part)));
  const [start, end, step = 1] = numbers;
  const wrong = numbers.some((n) => n !== undefined && !Number.isInteger(n)) || step === 0;
  if (parts.length < 2 || parts.length > 3 || wrong) {
    throw new ArgumentError(`at: "${text}" is not a range such as "1:3", ":" or "::-1"`);
  }
  const clamp = (n: number | undefined, low: number, high: number, other: number) => {
    if (n === undefined) return other;
    return Math.min(Math.max(n < 0 ? n + dim : n, low), high);
  };
  if (step > 0) {
    const from = clamp(start, 0, dim, 0);
    return { start: from, end: Math.max(from, clamp(end, 0, dim, dim)), step };
  }
  const from = clamp(start, -1, dim - 1, dim - 1);
  return { start: from, end: Math.min(from, clamp(end, -1, dim - 1, -1)), step };
}

/** What indices without tensors name, and the shape that it has. */
export interface Cut {
  /** For each axis of the operand, as `slice` takes them. */
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly step: readonly number[];
  /** Axes that are then turned round. */
  readonly backwards: readonly number[];
  readonly shape: readonly number[];
}

/** The cut of numbers, ranges and new axes; undefined where an index is a tensor. */
export function cutOf(x: Tensor, indices: readonly Index[]): Cut | undefined {
  if (indices.some((index) => index instanceof Tensor)) return undefined;
  return cutBy(x, resolve(x, indices));
}

function cutBy(x: Tensor, steps: readonly Step[]): Cut {
  const axes = steps.filter((step) => step.kind !== "new");
  const bounds = axes.map((step, axis) => {
    if (step.kind === "number") return { start: step.at, end: step.at + 1, step: 1 };
    if (step.kind === "tensor") return { start: 0, end: x.type.shape[axis]!, step: 1 };
    if (step.step > 0) return step;
    const count = Math.ceil((step.start - step.end) / -step.step);
    const last = step.start + (count - 1) * step.step;
    return count > 0
      ? { start: last, end: step.start + 1, step: -step.step }
      : { start: 0, end: 0, step: 1 };
  });
  const backwards = axes.flatMap((step, axis) =>
    step.kind === "range" && step.step < 0 ? [axis] : [],
  );
  let axis = 0;
  const shape = steps.flatMap((step) => {
    if (step.kind === "new") return [1];
    const { start, end, step: by } = bounds[axis++]!;
    return step.kind === "number" ? [] : [Math.max(0, Math.ceil((end - start) / by))];
  });
  return {
    start: bounds.map(({ start }) => start),
    end: bounds.map(({ end }) => end),
    step: bounds.map(({ step }) => step),
    backwards,
    shape,
  };
}

/** Numbers, ranges and new axes: slices, then flips, then another shape. */
function sliceAll(x: Tensor, steps: readonly Step[]): Tensor {
  const { start, end, step, backwards, shape } = cutBy(x, steps);
  const cut = prims.slice(x, { start, end, step });
  const turned = backwards.length > 0 ? prims.flip(cut, { axes: backwards }) : cut;
  return prims.reshape(turned, { shape });
}

/** Index tensors side by side pick elements of their axes together; they broadcast. */
function takeAll(x: Tensor, steps: readonly Step[]): Tensor {
  const left = steps.filter((step) => step.kind !== "number");
  const tensors = left.flatMap((step) => (step.kind === "tensor" ? [step.places] : []));
  if (tensors.length === 0) return x;
  const first = left.findIndex((step) => step.kind === "tensor");
  const adjacent = left.slice(first, first + tensors.length);
  if (adjacent.some((step) => step.kind !== "tensor")) {
    throw new ArgumentError("at: index tensors must stand side by side");
  }
  const { shape } = x.type;
  const dims = shape.slice(first, first + tensors.length);
  const merged = prims.reshape(x, {
    shape: [...shape.slice(0, first), sizeOf(dims), ...shape.slice(first + tensors.length)],
  });
  const common = broadcastShapes("at", ...tensors.map((t) => t.type.shape));
  const flat = tensors
    .map((t) => broadcastTo(t, common))
    .reduce((sum, t, i) => add(mul(sum, dims[i]!), t));
  const places = tensors.length === 1 ? flat : guarded(flat, tensors, dims);
  return gatherAxis(merged, places, first);
}

/** The places where a mask is true, one index tensor an axis. Reads the mask: its count is the shape. */
function trueAt(mask: Tensor, shape: readonly number[]): Tensor[] {
  if (mask.rank === 0) throw new ArgumentError("at: a mask must have an axis, received bool[]");
  if (showShape(mask.shape) !== showShape(shape)) {
    throw new ArgumentError(
      `at: a mask of shape ${showShape(mask.shape)} does not fit axes of shape ${showShape(shape)}`,
    );
  }
  const places = Array.from(elementsOf(mask)).flatMap((isTrue, i) => (isTrue ? [i] : []));
  let inner = 1;
  return [...shape]
    .reverse()
    .map((dim) => {
      const along = places.map((i) => Math.floor(i / inner) % dim);
      inner *= dim;
      return fromData(new Int32Array(along), [along.length]);
    })
    .reverse();
}
