// The convolution itself: tiles of neighbouring pixels by vectors of output channels. Each sum is one
// chain of products over kernel rows, columns and input channels; taps on padding are left out.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Local, type Operand, op, plus, select, times } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { CompileTarget, KernelContext } from "../kernel.ts";
import { type ColumnBlock, columnBlocks, validColumns } from "../tile/columns.ts";
import { type EpilogueIn, finisher, type SumsFinish, TILE_BYTES } from "../tile/finish.ts";
import { accumulate, accumulateEach, lanesOf, zeroSums } from "../tile/sums.ts";
import {
  type ConvSizes,
  type ConvSpec,
  convAxisOf,
  convSizesOf,
  formOf,
  type IndexRange,
  interiorOf,
  isDepthwise,
  type PlacedConv,
  rangeLength,
  tapsAt,
} from "./geometry.ts";

/** Fewer units than this would leave threads idle; then images are cut into bands of rows, and long rows in parts. */
const ENOUGH_UNITS = 32;
/** Pixels of a part of a row, at least. */
const LEAST_PIXELS = 128;

/** Bands of an image, rows of a band, and into how many parts rows are cut. */
function bandsOf({ images, oh, ow }: ConvSizes): { bands: number; rows: number; parts: number } {
  const wanted = Math.min(oh, Math.ceil(ENOUGH_UNITS / Math.max(1, images)));
  const rows = Math.ceil(oh / Math.max(1, wanted));
  const bands = Math.ceil(oh / Math.max(1, rows));
  const missing = Math.ceil(ENOUGH_UNITS / Math.max(1, images * bands));
  return { bands, rows, parts: Math.max(1, Math.min(missing, Math.floor(ow / LEAST_PIXELS))) };
}

export function forwardUnits(spec: ConvSpec): number {
  const sizes = convSizesOf(spec);
  const empty = spec.y.some((length) => length === 0);
  const { bands, parts } = bandsOf(sizes);
  return empty ? 0 : sizes.images * bands * parts;
}

export const forwardScratch = (): number => TILE_BYTES;

export function emitForward(
  context: KernelContext,
  spec: PlacedConv,
  scratch: ArrayPlace | null,
  epilogueIn: EpilogueIn,
): void {
  const { f, lo, hi, target } = context;
  const sizes = convSizesOf(spec);
  const { bands, rows, parts } = bandsOf(sizes);
  const room = f.keep(scratch ? pointerTo(scratch) : 0, "room");
  const depth = sizes.kh * sizes.kw * sizes.inner;
  const finish = finisher(context, formOf(spec, depth, sizes.outs), epilogueIn);
  f.for(lo, hi, 1, (number) => {
    const cut = parts === 1 ? 0 : f.keep(op("i32.rem_u", number, parts), "cut");
    const unit = parts === 1 ? number : f.keep(op("i32.div_u", number, parts), "unit");
    const image = f.keep(op("i32.div_u", unit, bands), "image");
    const first = f.keep(times(op("i32.rem_u", unit, bands), rows), "first");
    const last = f.min(plus(first, rows), sizes.oh, "last");
    f.for(0, sizes.parts, 1, (part) => {
      for (const block of blocksOf(spec, target)) {
        f.for(0, block.count, 1, (number) => {
          const width = block.vectors * lanesOf(spec.dtype);
          const within = f.keep(plus(times(number, width), block.column), "within");
          const column = f.keep(plus(within, times(part, sizes.outs)), "column");
          const columns = validColumns(f, block, { dtype: spec.dtype, n: sizes.outs }, within);
          const strip = {
            context,
            spec,
            finish,
            room,
            block,
            image,
            part,
            column,
            columns,
            cut,
            parts,
          };
          f.for(first, last, 1, (row) => emitRow(strip, row));
        });
      }
    });
  });
}

function blocksOf(spec: ConvSpec, target: CompileTarget): ColumnBlock[] {
  const { from, to } = interiorOf(convAxisOf(spec, 1));
  const { outs } = convSizesOf(spec);
  return columnBlocks({ dtype: spec.dtype, m: Math.max(1, to - from), n: outs }, target);
}

/** Some output channels of one image. */
interface Strip {
  readonly context: KernelContext;
  readonly spec: PlacedConv;
  readonly finish: SumsFinish;
  /** Memory for one tile. */
  readonly room: Local;
  readonly block: ColumnBlock;
  readonly image: Local;
  /** The number of the group of channels. */
  readonly part: Local;
  /** The first channel, and how many of the block there are. */
  readonly column: Local;
  readonly columns: Operand;
  /** Into how many parts rows are cut, and the number of this one. */
  readonly parts: number;
  readonly cut: Operand;
}

/** One row of results: at its ends pixel by pixel, as far as taps fall on padding, else in tiles. */
function emitRow(strip: Strip, row: Local): void {
  const { spec, block, parts, cut } = strip;
  const { f } = strip.context;
  const [vertical, horizontal] = [convAxisOf(spec, 0), convAxisOf(spec, 1)];
  const start = f.keep(plus(times(row, vertical.stride), -vertical.padding), "y");
  const taps = tapsAt(f, vertical, start);
  const interior = interiorOf(horizontal);
  const { rows } = block;
  const length = rows * Math.ceil((interior.to - interior.from) / parts / rows);
  const from = cut === 0 ? interior.from : f.keep(plus(times(cut, length), interior.from), "from");
  const to = cut === 0 ? interior.to : f.min(plus(from, length), interior.to, "to");
  f.for(from, to, rows, (nominal) => {
    // The last tile ends with the last pixel, and so knows some from the tile before it.
    const isEven = (interior.to - interior.from) % rows === 0;
    const first = isEven ? nominal : f.min(nominal, interior.to - rows, "first");
    const known = isEven ? 0 : f.keep(op("i32.sub", nominal, first), "known");
    const columns = { from: 0, to: horizontal.kernel };
    emitPixels(strip, row, start, taps, { first, known, count: rows, columns });
  });
  const before = interior.from;
  const edges = before + horizontal.result - interior.to;
  f.for(0, cut === 0 ? edges : select(cut, 0, edges), 1, (edge) => {
    const isLeft = op("i32.lt_s", edge, before);
    const right = op("i32.add", edge, interior.to - before);
    const first = f.keep(select(isLeft, edge, right), "first");
    const left = f.keep(plus(times(first, horizontal.stride), -horizontal.padding));
    const columns = tapsAt(f, horizontal, left);
    emitPixels(strip, row, start, taps, { first, known: 0, count: 1, columns });
  });
}

/** Neighbouring pixels of a row, of which another tile has finished some. */
interface Pixels {
  readonly first: Local;
  readonly known: Operand;
  readonly count: number;
  /** The kernel's columns that fall on the image. */
  readonly columns: IndexRange;
}

/** Some pixels over the given kernel rows and columns. */
function emitPixels(
  strip: Strip,
  row: Local,
  y: Local,
  rows: IndexRange,
  { first, known, count, columns }: Pixels,
): void {
  const { context, spec, finish, room, block, image, part, column } = strip;
  const { f } = context;
  const { dtype } = spec;
  const size = bytesPerElement(dtype);
  const { h, w, ci, kw, inner, co } = convSizesOf(spec);
  const [vertical, horizontal] = [convAxisOf(spec, 0), convAxisOf(spec, 1)];
  const [x, kernel] = spec.operands.map((place) => pointerTo(place)) as [Operand, Operand];
  const sums = zeroSums(f, count, block.vectors);
  const left = plus(times(first, horizontal.stride), -horizontal.padding);
  const pixel = plus(times(plus(times(image, h), y), w), left);
  const isEach = isDepthwise(spec);
  const group = isEach ? times(column, size) : times(part, inner * size);
  const channels = plus(times(pixel, ci * size), group);
  const origin = f.keep(plus(channels, x), "origin");
  const weights = f.keep(plus(kernel, times(column, size)), "weights");
  f.for(rows.from, rows.to, 1, (ky) => {
    const line = f.keep(plus(origin, times(ky, vertical.dilation * w * ci * size)), "line");
    const taps = f.keep(plus(weights, times(ky, kw * inner * co * size)), "taps");
    const run = (kx: Operand, depth: Operand) => {
      const steps = { stepK: size, stepM: horizontal.stride * ci * size };
      const from = f.keep(plus(line, times(kx, horizontal.dilation * ci * size)));
      const right = f.keep(plus(taps, times(kx, inner * co * size)));
      const operands = {
        left: { ...steps, from },
        right: { from: right, stepK: co * size, stepM: 0 },
      };
      accumulate(context, dtype, sums, operands, depth);
    };
    if (isEach) {
      const stepK = horizontal.dilation * ci * size;
      const left = f.keep(plus(line, times(columns.from, stepK)));
      const right = f.keep(plus(taps, times(columns.from, co * size)));
      const operands = {
        left: { from: left, stepK, stepM: horizontal.stride * ci * size },
        right: { from: right, stepK: co * size, stepM: 0 },
      };
      accumulateEach(context, dtype, sums, operands, rangeLength(f, columns));
    }
    // Neighbouring taps are one run of memory, in the image as in the kernel.
    else if (horizontal.dilation === 1 && spec.params.groups === 1) {
      run(columns.from, times(rangeLength(f, columns), inner));
    } else f.for(columns.from, columns.to, 1, (kx) => run(kx, inner));
  });
  const { columns: valid } = strip;
  const { lastColumns } = block;
  const corner = { batch: [image, row], row: first, column, columns: valid, lastColumns };
  finish.sums(corner, sums, known, room);
}
