// What becomes of finished sums: a short epilogue is inlined, a long one is one function.

import {
  call,
  type FunctionRef,
  type Local,
  load,
  type Operand,
  op,
  plus,
  times,
} from "../../code/index.ts";
import type { KernelContext } from "../kernel.ts";
import { type Accumulated, lanesOf, type Sums, storeSums } from "./sums.ts";

/** Called once for each finished vector: `lanes` columns from `column` on are valid. */
export type Epilogue = (
  at: {
    readonly batch: readonly Operand[];
    readonly row: Operand;
    readonly column: Operand;
    readonly lanes: number;
  },
  value: Local,
) => void;

/** The epilogue as it is written in the function of a context. */
export type EpilogueIn = (context: KernelContext) => Epilogue;

/** What is the same for all sums of a kernel. */
export interface Form {
  readonly dtype: Accumulated;
  /** The epilogue is a few instructions. */
  readonly short: boolean;
  /** Valid lanes of a last vector that is not full; 0 where all are. */
  readonly rest: number;
  /** How many indices stand before row and column. */
  readonly rank: number;
}

/** Where some sums stand: their columns start at `column`, the last vector may not be full. */
export interface Corner {
  readonly batch: readonly Operand[];
  readonly row: Operand;
  readonly column: Operand;
  readonly lastLanes: number;
}

export interface Finish {
  /** Sums in registers. `room` is memory for one tile. */
  readonly sums: (corner: Corner, sums: Sums, room: Local) => void;
  /** Rows of `vectors` sums in memory, `step` bytes from row to row. */
  readonly stored: (
    corner: Corner,
    rows: Operand,
    vectors: number,
    from: Local,
    step: number,
  ) => void;
}

/** Room for one tile: at most 15 vectors. */
export const TILE_BYTES = 256;

export function finisher(context: KernelContext, form: Form, epilogueIn: EpilogueIn): Finish {
  return form.short
    ? besideEach(context, form, epilogueIn(context))
    : inFunction(context, form, epilogueIn);
}

function besideEach({ f }: KernelContext, { dtype }: Form, epilogue: Epilogue): Finish {
  const lanes = lanesOf(dtype);
  const hand = (corner: Corner, vectors: number, row: Local, v: number, sum: Local) => {
    const { batch, column, lastLanes } = corner;
    const valid = v === vectors - 1 ? lastLanes : lanes;
    epilogue({ batch, row, column: f.keep(plus(column, v * lanes), "at"), lanes: valid }, sum);
  };
  return {
    sums: (corner, sums) => {
      sums.forEach((line, p) => {
        const row = f.keep(plus(corner.row, p), "row");
        line.forEach((sum, v) => hand(corner, line.length, row, v, sum));
      });
    },
    stored: (corner, rows, vectors, from, step) => {
      f.for(0, rows, 1, (p) => {
        const row = f.keep(plus(corner.row, p), "row");
        const line = f.keep(plus(from, times(p, step)), "line");
        for (let v = 0; v < vectors; v++) {
          hand(corner, vectors, row, v, f.keep(load("v128.load", line, v * 16), "sum"));
        }
      });
    },
  };
}

function inFunction(context: KernelContext, form: Form, epilogueIn: EpilogueIn): Finish {
  const { f } = context;
  const lanes = lanesOf(form.dtype);
  const finish = finishFunction(context, form, epilogueIn);
  const stored: Finish["stored"] = ({ batch, row, column, lastLanes }, rows, vectors, from, step) =>
    f.do(call(finish, from, step, rows, vectors, lastLanes < lanes ? 1 : 0, row, column, ...batch));
  return {
    stored,
    sums: (corner, sums, room) => {
      const vectors = sums[0]!.length;
      storeSums(f, sums, room);
      stored(corner, sums.length, vectors, room, vectors * 16);
    },
  };
}

const PARAMETERS = ["from", "step", "rows", "vectors", "overhangs", "row", "column"];

/** A function that finishes any sums from memory, so that the epilogue is compiled once. */
function finishFunction(
  context: KernelContext,
  { dtype, rest, rank }: Form,
  epilogueIn: EpilogueIn,
): FunctionRef {
  const { module } = context;
  const lanes = lanesOf(dtype);
  const names = [...PARAMETERS, ...Array.from({ length: rank }, (_, axis) => `batch${axis}`)];
  const params = names.map((name) => ({ name, type: "i32" as const }));
  return module.function(`finish_${module.functions.length}`, params, null, (f) => {
    const [from, step, rows, vectors, overhangs, row, column, ...batch] = f.params as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      ...Local[],
    ];
    const epilogue = epilogueIn({ ...context, f });
    const whole = rest === 0 ? vectors : f.keep(op("i32.sub", vectors, overhangs), "whole");
    const line = f.keep(from, "line");
    f.for(0, rows, 1, (p) => {
      const at = { batch, row: f.keep(plus(row, p), "row") };
      const place = f.keep(column, "at");
      const sum = f.keep(line, "sum");
      f.for(0, whole, 1, () => {
        epilogue({ ...at, column: place, lanes }, f.keep(load("v128.load", sum), "value"));
        f.set(place, plus(place, lanes));
        f.set(sum, plus(sum, 16));
      });
      if (rest > 0) {
        f.if(overhangs, () => {
          const value = f.keep(load("v128.load", sum), "value");
          epilogue({ ...at, column: place, lanes: rest }, value);
        });
      }
      f.set(line, op("i32.add", line, step));
    });
  });
}
