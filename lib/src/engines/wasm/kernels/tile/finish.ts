// What becomes of finished sums: they are handed over in memory, row by row, to one function of the
// kernel; where few products were added up, a short epilogue takes them from registers.

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

/** Takes finished vectors, one or two, that stand `ahead` columns further, with their valid lanes. */
export type FinishedVectors = (ahead: number, lanes: number, values: readonly Local[]) => void;

/** What is computed from the sums of a kernel, as it is written in one function. */
export interface Epilogue {
  /** It is given two vectors at once, since the runtime may join what it does with them. */
  readonly paired: boolean;
  /** For one row, then for what stands from a column on: that of every vector, or of every tile. */
  readonly row: (batch: readonly Operand[], row: Operand) => (column: Local) => FinishedVectors;
}

/** The epilogue as it is written in the function of a context. */
export type EpilogueIn = (context: KernelContext) => Epilogue;

/** What is the same for all sums of a kernel. */
export interface SumsForm {
  readonly dtype: Accumulated;
  /** The epilogue is a few instructions. */
  readonly short: boolean;
  /** How many products a sum has. */
  readonly depth: number;
  /** How many columns there are in all. */
  readonly columns: number;
  /** How many indices stand before row and column. */
  readonly rank: number;
}

/** Where some sums stand. */
export interface SumsCorner {
  readonly batch: readonly Operand[];
  readonly row: Operand;
  readonly column: Local;
  /** How many columns are valid: all, or as many as the last block has. */
  readonly columns: Operand;
  readonly lastColumns: number;
}

export interface SumsFinish {
  /**
   * Sums in registers, of which the first rows are known from another tile.
   * @param room memory for one tile
   */
  readonly sums: (corner: SumsCorner, sums: Sums, known: Operand, room: Local) => void;
  /** Rows of sums in memory, `step` bytes from row to row. */
  readonly stored: (corner: SumsCorner, rows: Operand, from: Local, step: number) => void;
}

/** Room for one tile: at most 26 vectors. */
export const TILE_BYTES = 512;

/** Up to this many products take no longer than it takes to hand over their sum in memory. */
const SHALLOW = 256;

export function finisher(
  context: KernelContext,
  form: SumsForm,
  epilogueIn: EpilogueIn,
): SumsFinish {
  const { f, target } = context;
  const lanes = lanesOf(form.dtype);
  let made: FunctionRef | null = null;
  const stored: SumsFinish["stored"] = ({ batch, row, column, columns }, rows, from, step) => {
    made ??= finishFunction(context, form, epilogueIn);
    f.do(call(made, from, step, rows, columns, row, column, ...batch));
  };
  const inMemory: SumsFinish["sums"] = (corner, sums, known, room) => {
    const step = sums[0]!.length * 16;
    storeSums(f, sums, room);
    const from = f.keep(plus(room, times(known, step)), "from");
    const rows = known === 0 ? sums.length : op("i32.sub", sums.length, known);
    stored({ ...corner, row: plus(corner.row, known) }, rows, from, step);
  };
  if (!form.short || form.depth > SHALLOW) return { stored, sums: inMemory };
  const epilogue = epilogueIn(context);
  // Sums that are not stored in pairs would not be added up in pairs either.
  if (target.tiles.paired && !epilogue.paired) return { stored, sums: inMemory };
  const step = epilogue.paired ? 2 : 1;
  const beside = ({ batch, row, column }: SumsCorner, sums: Sums, from: number, to: number) => {
    if (from === to) return;
    sums.forEach((line, p) => {
      const hand = epilogue.row(batch, f.keep(plus(row, p), "row"))(column);
      for (let v = from / lanes; v * lanes < to; v += step) {
        hand(v * lanes, Math.min(step * lanes, to - v * lanes), line.slice(v, v + step));
      }
    });
  };
  // A pair of which not all is valid is stored as a pair as well, since else none would be added up so, and is
  // taken from memory.
  const lastPair = (corner: SumsCorner, sums: Sums, from: number, room: Local) => {
    const { batch, row, column, lastColumns } = corner;
    const first = from / lanes;
    storeSums(
      f,
      sums.map((line) => line.slice(first, first + 2)),
      room,
    );
    f.for(0, sums.length, 1, (p) => {
      const hand = epilogue.row(batch, f.keep(plus(row, p), "row"))(column);
      const line = f.keep(plus(room, times(p, 32)), "line");
      for (let at = from; at < lastColumns; at += lanes) {
        const value = f.keep(load("v128.load", line, ((at - from) / lanes) * 16), "value");
        hand(at, Math.min(lanes, lastColumns - at), [value]);
      }
    });
  };
  return {
    stored,
    sums: (corner, sums, known, room) => {
      const width = sums[0]!.length * lanes;
      const { columns, lastColumns } = corner;
      // The whole pairs of the last block are whole in every block: they are written once for both.
      const shared = epilogue.paired ? lastColumns - (lastColumns % (2 * lanes)) : 0;
      const last = () => {
        if (shared === lastColumns) return;
        if (epilogue.paired) lastPair(corner, sums, shared, room);
        else beside(corner, sums, shared, lastColumns);
      };
      const whole = () => beside(corner, sums, shared, width);
      const all = () => {
        beside(corner, sums, 0, shared);
        if (typeof columns === "number") (columns === width ? whole : last)();
        else f.if(op("i32.eq", columns, width), whole, last);
      };
      const viaMemory = () => inMemory(corner, sums, known, room);
      if (known === 0) all();
      else f.if(known, viaMemory, all);
    },
  };
}

const PARAMETERS = ["from", "step", "rows", "columns", "row", "column"];

/** A function that finishes any sums from memory, so that the epilogue is compiled once. */
function finishFunction(
  context: KernelContext,
  { dtype, columns: all, rank }: SumsForm,
  epilogueIn: EpilogueIn,
): FunctionRef {
  const { module } = context;
  const lanes = lanesOf(dtype);
  const names = [...PARAMETERS, ...Array.from({ length: rank }, (_, axis) => `batch${axis}`)];
  const params = names.map((name) => ({ name, type: "i32" as const }));
  return module.function(`finish_${module.functions.length}`, params, null, (f) => {
    const [from, step, rows, columns, row, first, ...batch] = f.params as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      ...Local[],
    ];
    const epilogue = epilogueIn({ ...context, f });
    const wide = epilogue.paired ? 2 * lanes : lanes;
    const end = f.keep(op("i32.add", first, columns), "end");
    const line = f.keep(from, "line");
    f.for(0, rows, 1, (p) => {
      const from = epilogue.row(batch, f.keep(plus(row, p), "row"));
      const [column, sum] = [f.keep(first, "column"), f.keep(line, "sum")];
      const hand = (count: number) => {
        const values = Array.from({ length: Math.ceil(count / lanes) }, (_, v) =>
          f.keep(load("v128.load", sum, v * 16), "value"),
        );
        from(column)(0, count, values);
      };
      const after = (count: number) => op("i32.le_s", plus(column, count), end);
      const go = (count: number) => {
        hand(count);
        f.set(column, plus(column, count));
        f.set(sum, plus(sum, (count / lanes) * 16));
      };
      if (all >= wide)
        f.while(
          () => after(wide),
          () => go(wide),
        );
      if (all % wide >= lanes) f.if(after(lanes), () => go(lanes));
      if (all % lanes > 0) f.if(op("i32.lt_s", column, end), () => hand(all % lanes));
      f.set(line, op("i32.add", line, step));
    });
  });
}
