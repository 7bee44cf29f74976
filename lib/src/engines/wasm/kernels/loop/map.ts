// The kernel that computes elements of arrays from the elements at the same place of others.

import { type Shape, sizeOf } from "../../../../ir/shape.ts";
import { type Operand, op } from "../../code/index.ts";
import type { KernelContext } from "../kernel.ts";
import { indicesOf } from "./axes.ts";
import { LANES } from "./registers.ts";
import { ElementWriter, type PlacedStore } from "./writer.ts";

/** Elements of a unit where the whole kernel is one row. */
const CHUNK = 1024;

/** The domain is collapsed: its last axis is the row that vectors run along. */
export function mapUnits(domain: Shape): number {
  if (domain.length > 1) return sizeOf(domain.slice(0, -1));
  return Math.ceil(sizeOf(domain) / CHUNK);
}

export function emitMap(
  context: KernelContext,
  domain: Shape,
  stores: readonly PlacedStore[],
): void {
  const { f, lo, hi } = context;
  const elements = stores.map(({ element }) => element);
  const views = stores.map(({ view }) => view);
  const writer = new ElementWriter(context, elements);
  const inner = domain.at(-1) ?? 1;
  const row = (outer: readonly Operand[], from: Operand, to: Operand) => {
    const pointers = writer.hoist(elements, views, outer);
    const point = (j: Operand, lanes: number) => {
      const index = domain.length === 0 ? [] : [...outer, j];
      writer.write(stores, { index, lanes }, pointers);
    };
    const end = (whole: number) => (typeof to === "number" ? whole : f.min(to, whole));
    const last = (at: number, lanes: number) => {
      if (typeof to === "number") point(at, lanes);
      else f.if(op("i32.eq", to, inner), () => point(at, lanes));
    };
    const step = writer.vector ? LANES : 1;
    const wide = writer.paired && inner >= 2 * LANES ? 2 * LANES : step;
    const whole = inner - (inner % wide);
    f.for(from, end(whole), wide, (j) => point(j, wide));
    for (let at = whole; at < inner; at += step) last(at, Math.min(step, inner - at));
  };
  if (domain.length > 1) {
    f.for(lo, hi, 1, (unit) => row(indicesOf(f, unit, domain.slice(0, -1)), 0, inner));
  } else if (inner <= CHUNK) {
    f.if(op("i32.lt_s", lo, hi), () => row([], 0, inner));
  } else {
    const end = f.keep(op("i32.mul", hi, CHUNK), "end");
    const to = f.min(end, inner, "to");
    row([], op("i32.mul", lo, CHUNK), to);
  }
}
