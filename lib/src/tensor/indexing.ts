// NumPy indexing: numbers, ranges, new axes, index tensors and masks.

import { flag, index, type Kind, number } from "../checks/arguments.ts";
import { ArgumentError, DTypeError, ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { sameShape, showShape, sizeOf } from "../ir/shape.ts";
import { showType } from "../ir/type.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { axisKind, tensorKind } from "../runtime/values/kinds.ts";
import { elementsOf, Tensor } from "../runtime/values/tensor.ts";
import { broadcastShapes, broadcastTo, resolveAxis } from "./broadcast.ts";
import { fromData } from "./create.ts";
import { add, greaterEqual, less, logicalOr, mul, where } from "./elementwise.ts";

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

/** Numbers, ranges and new axes: slices, then flips, then another shape. */
function sliceAll(x: Tensor, steps: readonly Step[]): Tensor {
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
  const cut = prims.slice(x, {
    start: bounds.map(({ start }) => start),
    end: bounds.map(({ end }) => end),
    step: bounds.map(({ step }) => step),
  });
  const backwards = axes.flatMap((step, axis) =>
    step.kind === "range" && step.step < 0 ? [axis] : [],
  );
  const turned = backwards.length > 0 ? prims.flip(cut, { axes: backwards }) : cut;
  let axis = 0;
  const shape = steps.flatMap((step) => {
    if (step.kind === "new") return [1];
    const dim = turned.type.shape[axis++]!;
    return step.kind === "number" ? [] : [dim];
  });
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

const checkTake = signature<typeof take>(
  "take(x, places, axis?)",
  tensorKind,
  tensorKind,
  axisKind,
);

/** Elements of one axis at int32 places of any shape, which takes the axis's position. */
export function take(x: Tensor, places: Tensor, axis = 0): Tensor {
  checkTake(arguments);
  const from = resolveAxis("take", x.type.shape, axis);
  return gatherAxis(x, wrap("take", places, from, x.type.shape), from);
}

/** `take` at places that are counted from 0. */
function gatherAxis(x: Tensor, places: Tensor, from: number): Tensor {
  if (from === 0) return prims.gather(x, places);
  const order = x.type.shape.map((_, i) => i).filter((i) => i !== from);
  const taken = prims.gather(prims.transpose(x, { perm: [from, ...order] }), places);
  // [places…, before…, after…] to [before…, places…, after…]
  const p = places.rank;
  const span = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
  const perm = [...span(p, from), ...span(0, p), ...span(p + from, x.rank - 1 - from)];
  return prims.transpose(taken, { perm });
}

const checkTakeAlongAxis = signature<typeof takeAlongAxis>(
  "takeAlongAxis(x, places, axis?)",
  tensorKind,
  tensorKind,
  axisKind,
);

/** One element a row: result[.., i, ..] = x[.., places[.., i, ..], ..] along an axis. */
export function takeAlongAxis(x: Tensor, places: Tensor, axis = -1): Tensor {
  checkTakeAlongAxis(arguments);
  const along = resolveAxis("takeAlongAxis", x.type.shape, axis);
  const others = (tensor: Tensor) => tensor.type.shape.filter((_, i) => i !== along);
  if (x.rank !== places.rank || !sameShape(others(x), others(places))) {
    throw new ShapeError(
      `takeAlongAxis: ${showShape(x.shape)} and places ${showShape(places.shape)} ` +
        `differ outside axis ${along}`,
    );
  }
  const wrapped = wrap("takeAlongAxis", places, along, x.type.shape);
  return gatherRows(x, wrapped, along, (flat, wanted, n) => guarded(flat, [wanted], [n]));
}

/** `takeAlongAxis` at places that are counted from 0; `check` may change what is outside. */
function gatherRows(
  x: Tensor,
  places: Tensor,
  along: number,
  check: (flat: Tensor, wanted: Tensor, n: number) => Tensor = (flat) => flat,
): Tensor {
  const order = [...x.type.shape.map((_, i) => i).filter((i) => i !== along), along];
  const back = order.map((_, i) => order.indexOf(i));
  const rows = prims.transpose(x, { perm: order });
  const wanted = prims.transpose(places, { perm: order });
  const n = rows.type.shape.at(-1)!;
  const lead = rows.type.shape.slice(0, -1);
  const starts = mul(prims.iota({ length: sizeOf(lead), dtype: "int32" }), n);
  const flat = add(wanted, prims.reshape(starts, { shape: [...lead, 1] }));
  const taken = prims.gather(prims.reshape(rows, { shape: [rows.size] }), check(flat, wanted, n));
  return prims.transpose(taken, { perm: back });
}

const checkScatterAdd = signature<typeof scatterAdd>(
  "scatterAdd(places, updates, size)",
  tensorKind,
  tensorKind,
  index,
);

/** zeros [size, …] with each row of `updates` added at its int32 place. */
export function scatterAdd(places: Tensor, updates: Tensor, size: number): Tensor {
  checkScatterAdd(arguments);
  return prims.scatterAdd(wrap("scatterAdd", places, 0, [size]), updates, { size });
}

const checkSort = signature<typeof sort>("sort(x, axis?, descending?)", tensorKind, axisKind, flag);

/** Elements in ascending (or descending) order along an axis; NaN last, either way. */
export function sort(x: Tensor, axis = -1, descending = false): Tensor {
  checkSort(arguments);
  const along = resolveAxis("sort", x.type.shape, axis);
  return gatherRows(x, argsort(x, along, descending), along);
}

const checkArgsort = signature<typeof argsort>(
  "argsort(x, axis?, descending?)",
  tensorKind,
  axisKind,
  flag,
);

/** Places of the elements in sorted order, int32; equal elements keep their order, NaN is last. */
export function argsort(x: Tensor, axis = -1, descending = false): Tensor {
  checkArgsort(arguments);
  return prims.argsort(x, { axis: resolveAxis("argsort", x.type.shape, axis), descending });
}

const checkTopK = signature<typeof topK>("topK(x, k, axis?)", tensorKind, number, axisKind);

/** The k largest elements along an axis, largest first, and their places; NaN comes after all numbers. */
export function topK(x: Tensor, k: number, axis = -1): { values: Tensor; indices: Tensor } {
  checkTopK(arguments);
  const along = resolveAxis("topK", x.type.shape, axis);
  const length = x.type.shape[along]!;
  if (!(Number.isInteger(k) && k >= 0 && k <= length)) {
    throw new ArgumentError(`topK: k = ${k} is outside 0..${length} for ${showShape(x.shape)}`);
  }
  const ranges = x.type.shape.map((_, i) => (i === along ? `0:${k}` : ":"));
  const indices = at(argsort(x, along, true), ...ranges);
  return { values: gatherRows(x, indices, along), indices };
}

/**
 * int32 places with negative ones counted from the end.
 * @throws ArgumentError for a known place outside the axis; traced ones fail when they are read
 */
function wrap(op: string, places: Tensor, axis: number, shape: readonly number[]): Tensor {
  const dim = shape[axis]!;
  if (places.dtype !== "int32") {
    const kinds = op === "at" ? "an int32 or bool index tensor" : "int32 places";
    throw new DTypeError(`${op}: expected ${kinds}, received ${showType(places.type)}`);
  }
  const { known } = places.read().parts;
  const outside = known?.find((index: number) => index < -dim || index >= dim);
  if (outside !== undefined) {
    throw new ArgumentError(
      `${op}: index ${outside} is out of range for axis ${axis} of shape ${showShape(shape)}`,
    );
  }
  if (known?.every((index: number) => index >= 0)) return places;
  return where(less(places, 0), add(places, dim), places);
}

/**
 * Places within several axes merged into one, or -1 where a place lies outside its own axis: a wrong
 * column must not read the next row in silence. Known places have been checked already.
 */
function guarded(flat: Tensor, places: readonly Tensor[], dims: readonly number[]): Tensor {
  if (places.every((t) => t.read().parts.known)) return flat;
  const outside = places.map((t, i) => logicalOr(less(t, 0), greaterEqual(t, dims[i]!)));
  return where(
    outside.reduce((a, b) => logicalOr(a, b)),
    -1,
    flat,
  );
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
