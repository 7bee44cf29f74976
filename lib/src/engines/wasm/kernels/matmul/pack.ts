// All panels of a product's second factor, made by a kernel of its own, for products that only read them.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Operand, op, plus, times } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { CompileTarget, KernelContext, KernelMeasure } from "../kernel.ts";
import { type ColumnBlock, chooseBlock, columnBlocks } from "../tile/columns.ts";
import { lanesOf } from "../tile/sums.ts";
import { deepPanel, deepPanelAt } from "./kept.ts";
import { emitPanels } from "./panel.ts";
import { groupOf, type MatmulSpec } from "./spec.ts";

/** A unit is a panel. */
export function measurePanels(spec: MatmulSpec, target: CompileTarget): KernelMeasure {
  const units = columnBlocks(spec, target).reduce((sum, { count }) => sum + count, 0);
  return { name: "panels", units, work: spec.k * spec.n };
}

/** Copies the panels [lo, hi) of B to where they stay, neighbours together. */
export function emitAllPanels(
  { f, lo, hi, target }: KernelContext,
  spec: MatmulSpec,
  b: ArrayPlace,
  panels: number,
): void {
  const unit = f.keep(lo, "unit");
  const start = f.keep(pointerTo(b), "start");
  const strideN = b.strides.at(-1)! * bytesPerElement(spec.dtype);
  const isLeft = () => op("i32.lt_s", unit, hi);
  const unitsOf = ({ count }: ColumnBlock) => count;
  f.while(isLeft, () => {
    chooseBlock(f, columnBlocks(spec, target), unit, unitsOf, (columns, own) => {
      const { vectors, count: all } = columns;
      const most = groupOf(spec, columns, target);
      const inKind: Operand = f.min(op("i32.sub", all, own), most);
      const count = most === 1 ? 1 : f.min(op("i32.sub", hi, unit), inKind, "count");
      const width = vectors * lanesOf(spec.dtype);
      const column = f.keep(plus(times(own, width), columns.column), "column");
      emitPanels(f, spec, {
        columns,
        column,
        count,
        depth: spec.k,
        b: f.keep(plus(start, times(column, strideN)), "rows"),
        panels: f.keep(deepPanelAt(spec, panels, column), "panels"),
        step: deepPanel(spec, vectors),
      });
      f.set(unit, plus(unit, count));
    });
  });
}
