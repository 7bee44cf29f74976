// The kernels that move elements to other places: concat, pad, gather.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { sizeOf, stridesOf } from "../../../../ir/shape.ts";
import {
  call,
  type FunctionBuilder,
  type Local,
  load,
  type Operand,
  op,
  plus,
  times,
} from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import { FAILING, type Kernel, type KernelContext } from "../kernel.ts";
import type { Special } from "./special.ts";

/** Rows up to this many bytes are copied by instructions, longer ones by the runtime. */
const SHORT = 128;

/** The most arrays that one function joins: engines limit the locals of a function. */
const MOST_JOINED = 500;

export const concat: Special<"concat"> = ({
  params: { axis },
  inputs: operands,
  outputs: [{ type }],
}) => {
  const size = bytesPerElement(type.dtype);
  const outer = sizeOf(type.shape.slice(0, axis));
  const runs = operands.map(({ type: { shape } }) => sizeOf(shape.slice(axis)) * size);
  const row = runs.reduce((a, b) => a + b, 0);
  return {
    name: "concat",
    units: row === 0 ? 0 : outer,
    work: sizeOf(type.shape),
    emit: ({ module, f, lo, hi }, inputs, out) => {
      let before = 0;
      const pieces = inputs.map((place, i) => {
        const run = runs[i]!;
        before += run;
        return { place, run, before: before - run };
      });
      if (pieces.length <= MOST_JOINED) join(f, lo, hi, out, row, pieces);
      else {
        for (let at = 0; at < pieces.length; at += MOST_JOINED) {
          const name = `concat_${module.functions.length}`;
          const part = pieces.slice(at, at + MOST_JOINED);
          const ref = module.function(name, RANGE, null, (inner) => {
            const [from, to] = inner.params as [Local, Local];
            join(inner, from, to, out, row, part);
          });
          f.do(call(ref, lo, hi));
        }
      }
    },
  };
};

const RANGE = [
  { name: "lo", type: "i32" },
  { name: "hi", type: "i32" },
] as const;

/** An array that is joined with others: `run` bytes of it go to each row, behind `before` others. */
interface Piece {
  readonly place: ArrayPlace;
  readonly run: number;
  readonly before: number;
}

function join(
  f: FunctionBuilder,
  lo: Local,
  hi: Local,
  out: ArrayPlace,
  row: number,
  pieces: readonly Piece[],
): void {
  const to = f.keep(pointerTo(out), "to");
  const from = pieces.map(({ place }) => f.keep(pointerTo(place), "from"));
  f.for(lo, hi, 1, (unit) => {
    pieces.forEach(({ run, before }, i) => {
      const target = f.keep(plus(plus(to, times(unit, row)), before));
      copyRow(f, target, f.keep(plus(from[i]!, times(unit, run))), run);
    });
  });
}

/** Bytes of a unit of a copy. */
const COPIED = 2 ** 16;

/** Copies a whole array. */
export function copyKernel(from: ArrayPlace, to: ArrayPlace): Kernel {
  const bytes = sizeOf(to.shape) * bytesPerElement(to.dtype);
  return {
    name: "copy",
    units: Math.ceil(bytes / COPIED),
    work: sizeOf(to.shape),
    reads: [from],
    writes: [to],
    emit: ({ f, lo, hi }) => {
      f.if(op("i32.lt_s", lo, hi), () => {
        const [target, source] = [f.keep(pointerTo(to), "to"), f.keep(pointerTo(from), "from")];
        if (bytes <= COPIED) copyRow(f, target, source, bytes);
        else {
          const start = f.keep(times(lo, COPIED), "start");
          const end = f.min(times(hi, COPIED), bytes, "end");
          const [first, read] = [plus(target, start), plus(source, start)];
          f.do(op("memory.copy", first, read, op("i32.sub", end, start)));
        }
      });
    },
  };
}

export const pad: Special<"pad"> = ({
  params: { low, interior },
  inputs: [{ type: given }],
  outputs: [{ type }],
}) => {
  const size = bytesPerElement(type.dtype);
  const strides = stridesOf(type.shape).map((stride) => stride * size);
  const start = low.reduce((sum, amount, axis) => sum + amount * strides[axis]!, 0);
  const steps = strides.map((stride, axis) => stride * (interior[axis]! + 1));
  // A unit is some rows of the result, that is, of its first axis.
  const [rows = 1, count = 1] = [type.shape[0], given.shape[0]];
  const [row = size, before = 0, apart = 1] = [strides[0], low[0], (interior[0] ?? 0) + 1];
  const perUnit = Math.ceil(COPIED / Math.max(row, 1));
  return {
    name: "pad",
    units: sizeOf(type.shape) === 0 ? 0 : Math.ceil(rows / perUnit),
    work: sizeOf(type.shape),
    emit: ({ f, lo, hi }, [x], out) => {
      f.if(op("i32.lt_s", lo, hi), () => {
        const to = f.keep(pointerTo(out), "to");
        const first = f.keep(times(lo, perUnit), "first");
        const end = f.min(times(hi, perUnit), rows, "end");
        f.do(
          op("memory.fill", plus(to, times(first, row)), 0, times(op("i32.sub", end, first), row)),
        );
        if (sizeOf(given.shape) === 0) return;
        // The first row of the operand that does not come before a row of the result.
        const from = (at: Operand) => {
          const ahead = plus(f.max(plus(at, -before), 0), apart - 1);
          return f.min(apart === 1 ? ahead : op("i32.div_u", ahead, apart), count, "from");
        };
        const [one, last] = [from(first), from(end)];
        const below = sizeOf(given.shape.slice(1)) * size;
        const target = f.keep(plus(plus(to, start), times(one, steps[0] ?? 0)), "target");
        const source = f.keep(plus(pointerTo(x), times(one, below)), "source");
        const length = f.keep(op("i32.sub", last, one), "length");
        spread(f, [length, ...given.shape.slice(1)], target, steps, source, size);
      });
    },
  };
};

/** Copies rows, of which there are as many as are left, to places `steps` bytes apart along each axis. */
function spread(
  f: FunctionBuilder,
  [length, ...shape]: readonly [Operand, ...number[]],
  to: Operand,
  steps: readonly number[],
  from: Operand,
  size: number,
): void {
  // The longest run of last axes that stay neighbours.
  let axis = shape.length;
  let run = size;
  while (axis > 0 && steps[axis] === run) run *= shape[--axis]!;
  const [first = run] = steps;
  if (axis === 0 && first === run) {
    f.do(op("memory.copy", to, from, times(length, run)));
    return;
  }
  const walk = (at: number, count: Operand, target: Operand, source: Operand): void => {
    const below = sizeOf(shape.slice(at)) * size;
    f.for(0, count, 1, (i) => {
      const next = f.keep(plus(target, times(i, steps[at]!)));
      const read = f.keep(plus(source, times(i, below)));
      if (at === axis) copyRow(f, next, read, run);
      else walk(at + 1, shape[at]!, next, read);
    });
  };
  walk(0, length, to, from);
}

export const gather: Special<"gather"> = ({
  inputs: [{ type }, { type: chosen }],
  outputs: [{ type: result }],
}) => {
  const row = sizeOf(type.shape.slice(1)) * bytesPerElement(type.dtype);
  const rows = type.shape[0]!;
  return {
    name: "gather",
    units: sizeOf(chosen.shape),
    work: sizeOf(result.shape),
    emit: (context, [x, indices], out) => {
      const { f, lo, hi } = context;
      const [from, at, to] = [x, indices, out].map((place) => f.keep(pointerTo(place)));
      f.for(lo, hi, 1, (unit) => {
        const index = f.keep(load("i32.load", plus(at!, times(unit, 4))), "index");
        checkIndex(context, "gather", index, rows);
        const target = f.keep(plus(to!, times(unit, row)));
        copyRow(f, target, f.keep(plus(from!, times(index, row))), row);
      });
    },
  };
};

/** Stops the program where an index is out of range. */
export function checkIndex(
  { f, module }: KernelContext,
  name: (typeof FAILING)[number],
  index: Operand,
  size: number,
): void {
  const fail = module.import("fail", ["i32", "i32", "i32"], null);
  const code = FAILING.indexOf(name);
  f.if(op("i32.ge_u", index, size), () => f.do(call(fail, code, index, size)));
}

const MOVES = [
  [16, "v128.load", "v128.store"],
  [8, "i64.load", "i64.store"],
  [4, "i32.load", "i32.store"],
  [1, "i32.load8_u", "i32.store8"],
] as const;

/** Copies some bytes from one place to another that does not overlap it. */
function copyRow(f: FunctionBuilder, to: Operand, from: Operand, bytes: number): void {
  if (bytes > SHORT) {
    f.do(op("memory.copy", to, from, bytes));
    return;
  }
  let done = 0;
  for (const [size, read, write] of MOVES) {
    for (; bytes - done >= size; done += size) f.store(write, to, load(read, from, done), done);
  }
}
