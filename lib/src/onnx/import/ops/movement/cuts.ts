// Parts of tensors, and tensors with more around them.

import { prims } from "../../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { where } from "../../../../tensor/comparison.ts";
import { full, tensor } from "../../../../tensor/create.ts";
import { cast } from "../../../../tensor/elementwise.ts";
import { take } from "../../../../tensor/gather.ts";
import { split, tile } from "../../../../tensor/joining.ts";
import { flip } from "../../../../tensor/movement.ts";
import { broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import type { Call } from "../../core/call.ts";
import { moving, type OpRows } from "../../core/rows.ts";

const clamp = (n: number, low: number, high: number): number => Math.min(Math.max(n, low), high);

/** x[start:end:step] along each axis that is named. */
function sliced(c: Call): Tensor {
  const x = c.x(0);
  const { shape } = x.type;
  const isOld = c.opset < 10;
  const starts = (isOld ? c.ints("starts") : c.numbers(1)) ?? [];
  const ends = (isOld ? c.ints("ends") : c.numbers(2)) ?? [];
  const named = isOld ? c.ints("axes") : c.numbersOr(3, undefined);
  const axes = c.axes(named ?? starts.map((_, i) => i), x.rank);
  const steps = (isOld ? undefined : c.numbersOr(4, undefined)) ?? starts.map(() => 1);
  if (
    ends.length !== starts.length ||
    axes.length !== starts.length ||
    steps.length !== starts.length
  ) {
    throw c.refuse("starts, ends, axes and steps differ in number");
  }
  const cut = { start: shape.map(() => 0), end: [...shape], step: shape.map(() => 1) };
  const backwards: number[] = [];
  axes.forEach((axis, i) => {
    const [dim, step] = [shape[axis]!, steps[i]!];
    if (step === 0) throw c.refuse("a step is 0");
    const from = starts[i]! < 0 ? starts[i]! + dim : starts[i]!;
    const to = ends[i]! < 0 ? ends[i]! + dim : ends[i]!;
    if (step > 0) {
      cut.start[axis] = clamp(from, 0, dim);
      cut.end[axis] = Math.max(clamp(to, 0, dim), cut.start[axis]!);
      cut.step[axis] = Math.min(step, Math.max(dim, 1));
      return;
    }
    const first = clamp(from, -1, dim - 1);
    const count = Math.max(Math.ceil((first - clamp(to, -1, dim - 1)) / -step), 0);
    // The same places from the lowest on, then turned round.
    const low = count === 0 ? 0 : first + (count - 1) * step;
    cut.start[axis] = low;
    cut.end[axis] = count === 0 ? 0 : first + 1;
    cut.step[axis] = Math.min(-step, Math.max(dim, 1));
    backwards.push(axis);
  });
  const kept = prims.slice(x, cut);
  return backwards.length > 0 ? flip(kept, backwards) : kept;
}

/** Which place of an axis of n each place of a padded axis shows. */
function source(c: Call, at: number, n: number, mode: string): number {
  if (at >= 0 && at < n) return at;
  if (n === 0) throw c.refuse(`mode ${mode} needs elements to repeat`);
  if (mode === "edge") return clamp(at, 0, n - 1);
  if (mode === "wrap") return ((at % n) + n) % n;
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const within = ((at % period) + period) % period;
  return within < n ? within : period - within;
}

/** Negative amounts cut off. */
function padded(c: Call): Tensor {
  const x = c.x(0);
  const mode = c.text("mode", "constant", ["constant", "reflect", "edge", "wrap"]);
  const isOld = c.opset < 11;
  const amounts = isOld ? (c.ints("pads") ?? c.ints("paddings") ?? []) : c.numbers(1);
  const named = c.numbersOr(3, undefined);
  const axes = c.axes(named ?? x.type.shape.map((_, i) => i), x.rank);
  if (amounts.length !== 2 * axes.length)
    throw c.refuse("expected two amounts of padding for each axis");
  const around = x.type.shape.map((_, axis) => {
    const i = axes.indexOf(axis);
    return i < 0 ? [0, 0] : [amounts[i]!, amounts[i + axes.length]!];
  });
  c.sized(x.type.shape.map((dim, i) => Math.max(dim + around[i]![0]! + around[i]![1]!, 0)));
  if (mode !== "constant") {
    return around.reduce((y, [low, high], axis) => {
      if (low === 0 && high === 0) return y;
      const n = y.type.shape[axis]!;
      const length = Math.max(n + low! + high!, 0);
      const places = Array.from({ length }, (_, i) => source(c, i - low!, n, mode));
      return take(y, tensor(places, "int32"), axis);
    }, x);
  }
  const cut = prims.slice(x, {
    start: around.map(([low], i) => clamp(-low!, 0, x.type.shape[i]!)),
    end: around.map(([low, high], i) => {
      const dim = x.type.shape[i]!;
      return Math.max(clamp(dim + high!, 0, dim), clamp(-low!, 0, dim));
    }),
    step: around.map(() => 1),
  });
  const fill = isOld ? full([], c.float("value", 0), x.dtype) : c.maybe(2);
  return filledAround(
    cut,
    around.map(([a, b]) => [Math.max(a!, 0), Math.max(b!, 0)]),
    fill,
  );
}

/** x with a value around it, zeros where there is none. */
export function filledAround(
  x: Tensor,
  around: readonly (readonly number[])[],
  value: Tensor | undefined,
): Tensor {
  if (around.every(([low, high]) => low === 0 && high === 0)) return x;
  const params = {
    low: around.map(([low]) => low!),
    high: around.map(([, high]) => high!),
    interior: around.map(() => 0),
  };
  const isBool = x.dtype === "bool";
  const wide = prims.pad(isBool ? cast(x, "uint8") : x, params);
  const whole = isBool ? cast(wide, "bool") : wide;
  if (!value || value.read().parts.known?.every((v: number) => v === 0)) return whole;
  const inside = prims.pad(full(x.type.shape, 1, "uint8"), params);
  const one = value.reshape([]);
  return where(cast(inside, "bool"), whole, broadcastTo(one, whole.type.shape));
}

function parts(c: Call): Tensor[] {
  const x = c.x(0);
  const axis = c.axis(c.int("axis", 0), x.rank);
  const given = c.opset < 13 ? c.ints("split") : c.numbersOr(1, undefined);
  if (given) {
    c.ignore("num_outputs");
    return split(x, given, axis);
  }
  const outputs = c.int("num_outputs", c.node.output.length);
  if (outputs < 1 || outputs > 2 ** 16) throw c.refuse(`${outputs} outputs are not possible`);
  const n = x.type.shape[axis]!;
  const each = Math.ceil(n / outputs);
  const lengths = Array.from({ length: outputs }, (_, i) => clamp(n - i * each, 0, each));
  return split(x, lengths, axis);
}

/** Cut or padded to a shape, from the middle. */
function centred(c: Call): Tensor {
  const x = c.x(0);
  const wanted = c.numbers(1);
  const axes = c.axes(c.ints("axes") ?? wanted.map((_, i) => i), x.rank);
  if (axes.length !== wanted.length)
    throw c.refuse("expected a length for each axis that is named");
  const cut = {
    start: x.type.shape.map(() => 0),
    end: [...x.type.shape],
    step: x.type.shape.map(() => 1),
  };
  const around = x.type.shape.map(() => [0, 0]);
  axes.forEach((axis, i) => {
    const [dim, to] = [x.type.shape[axis]!, wanted[i]!];
    if (to < dim) {
      cut.start[axis] = Math.floor((dim - to) / 2);
      cut.end[axis] = cut.start[axis]! + to;
    } else around[axis] = [Math.floor((to - dim) / 2), Math.ceil((to - dim) / 2)];
  });
  c.sized(x.type.shape.map((dim, i) => dim + around[i]![0]! + around[i]![1]!));
  return filledAround(prims.slice(x, cut), around, undefined);
}

function tiled(c: Call): Tensor {
  const [x, repeats] = [c.x(0), c.numbers(1)];
  c.sized(x.type.shape.map((dim, i) => dim * (repeats[i] ?? 1)));
  return tile(x, repeats);
}

export const cuts: OpRows = {
  Slice: moving(sliced, [1, 2, 3, 4]),
  Pad: moving(padded, [1, 3]),
  Split: moving(parts, [1]),
  CenterCropPad: moving(centred, [1]),
  Tile: moving(tiled, [1]),
};
