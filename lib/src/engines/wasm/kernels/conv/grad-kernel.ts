// The gradient of a convolution by its kernel: tiles of taps by vectors of output channels, over the
// pixels of one image after the other, so that an image stays near while all tiles use it.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Local, type Operand, op, plus, times } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { CompileTarget, KernelContext } from "../kernel.ts";
import { type ColumnBlock, chooseBlock, columnBlocks, validColumns } from "../tile/columns.ts";
import { type EpilogueIn, finisher } from "../tile/finish.ts";
import { accumulate, accumulateEach, lanesOf, loadSums, storeSums } from "../tile/sums.ts";
import {
  type ConvSpec,
  convAxisOf,
  convSizesOf,
  formOf,
  isDepthwise,
  type PlacedConv,
  rangeLength,
  resultsOf,
} from "./geometry.ts";

/** Rows of a unit: the taps of one kernel row, or the channels of one tap where taps differ. */
interface Rows {
  /** How many runs of rows a kernel row has, and how many rows a run. */
  readonly runs: number;
  readonly count: number;
}

/** Taps of a kernel row are one run of memory unless they are spread, or some fall on padding. */
function rowsOf(spec: ConvSpec): Rows {
  const { kw, inner } = convSizesOf(spec);
  const { dilation, clipped } = convAxisOf(spec, 1);
  const joined = dilation === 1 && !clipped && spec.params.groups === 1;
  return joined ? { runs: 1, count: kw * inner } : { runs: kw, count: inner };
}

interface UnitLayout {
  readonly blocks: readonly ColumnBlock[];
  readonly rows: Rows;
  /** Units of one group of channels in one run. */
  readonly perRun: number;
  readonly units: number;
  /** Bytes of a unit's sums. */
  readonly bytes: number;
}

function layoutOf(spec: ConvSpec, target: CompileTarget): UnitLayout {
  const { kh, parts, outs } = convSizesOf(spec);
  const rows = rowsOf(spec);
  const blocks = columnBlocks({ dtype: spec.dtype, m: rows.count, n: outs }, target);
  const perRun = blocks.reduce((sum, { count }) => sum + count, 0);
  const widest = Math.max(0, ...blocks.map(({ vectors }) => vectors));
  const empty = spec.w.some((length) => length === 0);
  const units = empty ? 0 : kh * rows.runs * parts * perRun;
  return { blocks, rows, perRun, units, bytes: rows.count * widest * 16 };
}

export function gradKernelUnits(spec: ConvSpec, target: CompileTarget): number {
  return layoutOf(spec, target).units;
}

export function gradKernelScratch(spec: ConvSpec, target: CompileTarget): number {
  const { units, bytes } = layoutOf(spec, target);
  return units * bytes;
}

/** What is the same in all of a unit's tiles. */
interface Unit {
  readonly block: ColumnBlock;
  readonly ky: Local;
  readonly kx: Operand;
  /** The number of the group of channels. */
  readonly part: Operand;
  /** The first output channel, and how many of the block there are. */
  readonly column: Local;
  readonly columns: Operand;
  /** Its sums. */
  readonly sums: Local;
}

export function emitGradKernel(
  context: KernelContext,
  spec: PlacedConv,
  scratch: ArrayPlace | null,
  epilogueIn: EpilogueIn,
): void {
  const { f, lo, hi, target } = context;
  const layout = layoutOf(spec, target);
  const { rows, bytes } = layout;
  const all = f.keep(scratch ? pointerTo(scratch) : 0, "sums");
  const { outs } = convSizesOf(spec);
  const finish = finisher(context, formOf(spec, Infinity, outs), epilogueIn);
  const clear = f.keep(plus(all, times(lo, bytes)), "clear");
  f.do(op("memory.fill", clear, 0, times(op("i32.sub", hi, lo), bytes)));
  f.for(0, convSizesOf(spec).images, 1, (image) => {
    f.for(lo, hi, 1, (number) => {
      eachGroup(context, spec, layout, number, all, (unit) => {
        f.for(0, rows.count - (rows.count % unit.block.rows), unit.block.rows, (row) =>
          emitTaps(context, spec, unit, image, row, unit.block.rows),
        );
        const rest = rows.count % unit.block.rows;
        if (rest > 0) emitTaps(context, spec, unit, image, rows.count - rest, rest);
      });
    });
  });
  f.for(lo, hi, 1, (number) => {
    eachGroup(context, spec, layout, number, all, (unit) => {
      const { block, ky, kx, column, columns, sums } = unit;
      const step = block.vectors * 16;
      const { lastColumns } = block;
      const { inner } = convSizesOf(spec);
      f.for(0, rows.count / inner, 1, (tap) => {
        const batch = [ky, f.keep(plus(kx, tap), "kx")];
        const from = f.keep(plus(sums, times(tap, inner * step)), "from");
        finish.stored({ batch, row: 0, column, columns, lastColumns }, inner, from, step);
      });
    });
  });
}

/** Finds out what a unit is, and writes its code for each kind of column block. */
function eachGroup(
  { f }: KernelContext,
  spec: ConvSpec,
  { blocks, rows, perRun, bytes }: UnitLayout,
  number: Local,
  all: Local,
  write: (unit: Unit) => void,
): void {
  const { parts, outs } = convSizesOf(spec);
  const lanes = lanesOf(spec.dtype);
  const run = f.keep(op("i32.div_u", number, perRun), "run");
  const within = f.keep(op("i32.rem_u", number, perRun), "within");
  const part = parts === 1 ? 0 : f.keep(op("i32.rem_u", run, parts), "part");
  const tap = parts === 1 ? run : f.keep(op("i32.div_u", run, parts), "tap");
  const ky = rows.runs === 1 ? tap : f.keep(op("i32.div_u", tap, rows.runs), "ky");
  const kx = rows.runs === 1 ? 0 : f.keep(op("i32.rem_u", tap, rows.runs), "kx");
  const sums = f.keep(plus(all, times(number, bytes)), "sums");
  const count = (block: ColumnBlock) => block.count;
  chooseBlock(f, blocks, within, count, (block, own) => {
    const first = f.keep(plus(times(own, block.vectors * lanes), block.column), "first");
    const column = f.keep(plus(first, times(part, outs)), "column");
    const columns = validColumns(f, block, { dtype: spec.dtype, n: outs }, first);
    write({ block, ky, kx, part, column, columns, sums });
  });
}

/** Adds the products of one image to the sums of some taps. */
function emitTaps(
  context: KernelContext,
  spec: PlacedConv,
  { block, ky, kx, part, column, sums: all }: Unit,
  image: Local,
  row: Operand,
  count: number,
): void {
  const { f } = context;
  const { dtype } = spec;
  const size = bytesPerElement(dtype);
  const { h, w, ci, inner, oh, ow, co } = convSizesOf(spec);
  const [vertical, horizontal] = [convAxisOf(spec, 0), convAxisOf(spec, 1)];
  const [x, dy] = spec.operands.map((place) => pointerTo(place)) as [Operand, Operand];
  const place = f.keep(plus(all, times(row, block.vectors * 16)), "place");
  const sums = loadSums(f, count, block.vectors, place);
  const [rows, columns] = [resultsOf(f, vertical, ky), resultsOf(f, horizontal, kx)];
  const left = plus(times(kx, horizontal.dilation), -horizontal.padding);
  const start = plus(times(ky, vertical.dilation), -vertical.padding);
  const pixel = plus(times(plus(times(image, h), start), w), left);
  const isEach = isDepthwise(spec);
  const channel = isEach ? times(column, size) : plus(times(part, inner * size), times(row, size));
  const corner = f.keep(plus(plus(times(pixel, ci * size), x), channel), "corner");
  const results = plus(dy, times(column, size));
  const first = f.keep(plus(results, times(image, oh * ow * co * size)), "first");
  f.for(rows.from, rows.to, 1, (oy) => {
    const { from } = columns;
    const line = plus(corner, times(oy, vertical.stride * w * ci * size));
    const stepX = horizontal.stride * ci * size;
    const operands = {
      left: { from: f.keep(plus(line, times(from, stepX))), stepK: stepX, stepM: size },
      right: {
        from: f.keep(plus(plus(first, times(oy, ow * co * size)), times(from, co * size))),
        stepK: co * size,
        stepM: 0,
      },
    };
    const add = isEach ? accumulateEach : accumulate;
    add(context, dtype, sums, operands, rangeLength(f, columns));
  });
  storeSums(f, sums, place);
}
