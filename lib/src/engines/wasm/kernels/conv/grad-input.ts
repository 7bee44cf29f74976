// The gradient of a convolution by its images, row by row: tap after tap, products of results and
// kernel are added to the pixels that the tap saw, so borders need no special case.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Local, type Operand, op, plus, times } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { CompileTarget, KernelContext } from "../kernel.ts";
import { type ColumnBlock, columnBlocks, vectorsOf } from "../tile/columns.ts";
import { type EpilogueIn, finisher } from "../tile/finish.ts";
import { accumulate, accumulateEach, lanesOf, loadSums, storeSums } from "../tile/sums.ts";
import {
  type ConvSpec,
  convAxisOf,
  convSizesOf,
  formOf,
  isDepthwise,
  type PlacedConv,
  resultsOf,
} from "./geometry.ts";

/** A row of pixels has its sums side by side, the channels of each group filled up to whole vectors. */
interface RowLayout {
  readonly blocks: readonly ColumnBlock[];
  /** Bytes of a pixel's sums of one group of channels, and of a row's of all groups. */
  readonly pixel: number;
  readonly bytes: number;
}

function layoutOf(spec: ConvSpec, target: CompileTarget): RowLayout {
  const { w, ow, ins } = convSizesOf(spec);
  const blocks = columnBlocks({ dtype: spec.dtype, m: Math.max(1, ow), n: ins }, target);
  const pixel = vectorsOf({ dtype: spec.dtype, n: ins }, target) * 16;
  return { blocks, pixel, bytes: w * pixel };
}

export function gradInputUnits(spec: ConvSpec): number {
  const { images, h } = convSizesOf(spec);
  return spec.x.some((length) => length === 0) ? 0 : images * h;
}

export function gradInputScratch(spec: ConvSpec, target: CompileTarget): number {
  return layoutOf(spec, target).bytes;
}

/** The operands are dy [n, oh, ow, co] and the kernel as [kh, kw, co, ci / groups]. */
export function emitGradInput(
  context: KernelContext,
  spec: PlacedConv,
  scratch: ArrayPlace | null,
  epilogueIn: EpilogueIn,
): void {
  const { f, lo, hi, target } = context;
  const { h, w, parts, ins } = convSizesOf(spec);
  const layout = layoutOf(spec, target);
  const sums = f.keep(pointerTo(scratch!), "sums");
  const finish = finisher(context, formOf(spec, Infinity, ins), epilogueIn);
  f.for(lo, hi, 1, (unit) => {
    const image = f.keep(op("i32.div_u", unit, h), "image");
    const row = f.keep(op("i32.rem_u", unit, h), "row");
    f.for(0, parts, 1, (part) => {
      f.do(op("memory.fill", sums, 0, layout.bytes));
      emitTaps(context, spec, layout, { image, row, part, sums });
      const column = f.keep(times(part, ins), "column");
      const corner = { batch: [image, row], row: 0, column, columns: ins, lastColumns: ins };
      finish.stored(corner, w, sums, layout.pixel);
    });
  });
}

/** A row of pixels, in one group of channels. */
interface Line {
  readonly image: Local;
  readonly row: Local;
  readonly part: Local;
  readonly sums: Local;
}

/** Results in row-major order: kernel rows and columns are walked backwards. */
function emitTaps(context: KernelContext, spec: PlacedConv, layout: RowLayout, line: Line): void {
  const { f } = context;
  const { kh, kw, oh } = convSizesOf(spec);
  const { stride, padding, dilation } = convAxisOf(spec, 0);
  f.for(0, kh, 1, (back) => {
    const ky = f.keep(op("i32.sub", kh - 1, back), "ky");
    const above = op("i32.sub", plus(line.row, padding), times(ky, dilation));
    const seen = f.keep(above, "seen");
    const oy = f.keep(stride === 1 ? seen : op("i32.div_s", seen, stride), "oy");
    const inside = op("i32.and", op("i32.ge_s", seen, 0), op("i32.lt_s", oy, oh));
    const meets =
      stride === 1 ? inside : op("i32.and", inside, op("i32.eq", times(oy, stride), seen));
    f.if(meets, () => {
      f.for(0, kw, 1, (from) => {
        emitTap(context, spec, layout, line, oy, ky, f.keep(op("i32.sub", kw - 1, from), "kx"));
      });
    });
  });
}

/** Adds what one tap took from the row. */
function emitTap(
  context: KernelContext,
  spec: PlacedConv,
  { blocks, pixel }: RowLayout,
  { image, part, sums: all }: Line,
  oy: Local,
  ky: Local,
  kx: Local,
): void {
  const { f } = context;
  const { dtype } = spec;
  const size = bytesPerElement(dtype);
  const lanes = lanesOf(dtype);
  const isEach = isDepthwise(spec);
  const { kw, oh, ow, co, inner, outer } = convSizesOf(spec);
  const { stride, padding, dilation } = convAxisOf(spec, 1);
  const { from, to } = resultsOf(f, convAxisOf(spec, 1), kx);
  const [dy, kernel] = spec.operands.map((place) => pointerTo(place)) as [Operand, Operand];
  const resultRow = times(plus(times(image, oh), oy), ow * co * size);
  const results = f.keep(plus(plus(dy, resultRow), times(part, outer * size)), "results");
  const tap = times(plus(times(ky, kw), kx), co * inner * size);
  const taps = f.keep(plus(plus(kernel, tap), times(part, outer * inner * size)), "taps");
  const seen = plus(times(kx, dilation), -padding);
  const pixels = f.keep(plus(all, times(seen, pixel)), "pixels");
  for (const { column, vectors, count, rows } of blocks) {
    f.for(0, count, 1, (number) => {
      const first = plus(times(number, vectors * lanes), column);
      const right = f.keep(plus(taps, times(first, size)), "right");
      const sumsAt = f.keep(plus(pixels, times(first, 16 / lanes)), "at");
      const tile = (ox: Operand, height: number) => {
        const place = f.keep(plus(sumsAt, times(ox, stride * pixel)), "place");
        const sums = loadSums(f, height, vectors, place, stride * pixel);
        const result = plus(results, times(ox, co * size));
        const left = f.keep(isEach ? plus(result, times(first, size)) : result, "dy");
        const operands = {
          left: { from: left, stepK: size, stepM: co * size },
          right: { from: right, stepK: inner * size, stepM: 0 },
        };
        if (isEach) accumulateEach(context, dtype, sums, operands, 1);
        else accumulate(context, dtype, sums, operands, outer);
        storeSums(f, sums, place, stride * pixel);
      };
      if (typeof from === "number" && typeof to === "number") {
        const whole = to - (to % rows);
        f.for(from, whole, rows, (ox) => tile(ox, rows));
        if (whole < to) tile(whole, to - whole);
        return;
      }
      const ox = f.keep(from, "ox");
      const fits = () => op("i32.le_s", plus(ox, rows), to);
      f.while(fits, () => {
        tile(ox, rows);
        f.set(ox, plus(ox, rows));
      });
      f.for(ox, to, 1, (last) => tile(last, 1));
    });
  }
}
