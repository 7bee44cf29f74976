// Writes the code of elements at a point of a kernel's index space: loads, ops, stores.

import { bytesPerElement, type DType } from "../../../../ir/dtype.ts";
import {
  type Expr,
  i32x4,
  type Local,
  type Operand,
  op,
  plus,
  times,
  toExpr,
} from "../../code/index.ts";
import { type Element, elementsBelow } from "../../lower/element.ts";
import type { BufferView } from "../../lower/view.ts";
import type { MathContext } from "../../math/index.ts";
import type { ArrayPlace } from "../../memory/place.ts";
import type { KernelContext } from "../kernel.ts";
import { addressAt, laneAxisOf, type Point, type RowPointers, rowOf } from "./addresses.ts";
import { areJoined } from "./joins.ts";
import { limitOp } from "./limits.ts";
import { numbersFrom, WRITTEN } from "./numbers.ts";
import {
  LANES,
  scalarLoad,
  scalarNumber,
  scalarStore,
  splatLoad,
  stridedLoad,
  vectorLoad,
  vectorStore,
} from "./registers.ts";
import { type ScalarContext, scalarOp } from "./scalar-ops.ts";
import { isVector, vectorOp } from "./vector-ops.ts";

export type PlacedElement = Element<ArrayPlace>;

/** An element and where it goes; the place has the strides of the kernel's domain. */
export interface PlacedStore {
  readonly element: PlacedElement;
  readonly view: BufferView<ArrayPlace>;
}

export class ElementWriter {
  readonly #context: KernelContext;
  /** For the lower and for the higher four lanes. */
  readonly #halves: readonly [ScalarContext, ScalarContext];
  /** Four elements at once, or one. */
  readonly vector: boolean;
  /** Eight elements at once, as two vectors, since the runtime joins all that is done with them. */
  readonly paired: boolean;

  constructor(context: KernelContext, roots: readonly PlacedElement[]) {
    const { f, module, target } = context;
    const imported = (name: string, arity: number) =>
      module.import(name, new Array<"f64">(arity).fill("f64"), "f64");
    this.#context = context;
    this.vector = elementsBelow(roots).every(isVector);
    this.paired = target.tiles.paired && this.vector && areJoined(roots);
    const { numbers } = target;
    const zero = f.local("i32", "zero");
    const half = (at: 0 | 1): ScalarContext => ({
      f,
      ...(numbers ? numbersFrom(numbers, zero, at) : WRITTEN),
      imported,
      definition: (name, arity, ...args) => ({
        kind: "call",
        type: "f64",
        target: imported(name, arity),
        args: args.map(toExpr),
      }),
    });
    this.#halves = [half(0), half(1)];
  }

  /** Pointers to the row of each view, and what is the same all along it, computed once. */
  hoist(
    roots: readonly PlacedElement[],
    stores: readonly BufferView<ArrayPlace>[],
    outer: readonly Operand[],
  ): RowPointers {
    const { f } = this.#context;
    const pointers = new Map<
      BufferView<ArrayPlace>,
      { base: Expr; offset: number; splat: Local | null }
    >();
    const add = (view: BufferView<ArrayPlace>, isLoad: boolean) => {
      const { base, offset } = rowOf(view, outer);
      const kept = base.kind === "const" ? base : toExpr(f.keep(base, "row"));
      const still = isLoad && this.vector && view.strides.at(-1) === 0;
      const splat = still ? f.keep(splatLoad(view.buffer.dtype, kept, offset), "same") : null;
      pointers.set(view, { base: kept, offset, splat });
    };
    for (const element of elementsBelow(roots))
      if (element.kind === "load") add(element.view, true);
    for (const view of stores) add(view, false);
    return pointers;
  }

  /** The values of some elements at a point of at most four lanes. */
  values(roots: readonly PlacedElement[], point: Point, pointers?: RowPointers): Local[] {
    return this.#atEach(roots, [point], pointers)[0]!;
  }

  /** Computes and stores everything at a point. */
  write(stores: readonly PlacedStore[], point: Point, pointers?: RowPointers): void {
    const { f } = this.#context;
    const roots = stores.map(({ element }) => element);
    const points = point.lanes > LANES ? bothHalves(point) : [point];
    const values = this.#atEach(roots, points, pointers);
    stores.forEach(({ view }, i) => {
      const { dtype } = view.buffer;
      // The runtime joins two stores if the higher comes first.
      for (let half = points.length - 1; half >= 0; half--) {
        const { lanes } = points[half]!;
        const value = values[half]![i]!;
        const { address, offset } = addressAt(f, view, points[half]!, pointers);
        if (this.vector) vectorStore(f, dtype, address, toExpr(value), offset, lanes);
        else scalarStore(f, dtype, address, value, offset);
      }
    });
  }

  /** The values at each of some points; what is the same at all is computed once. */
  #atEach(
    roots: readonly PlacedElement[],
    points: readonly Point[],
    pointers: RowPointers | undefined,
  ): Local[][] {
    const { f } = this.#context;
    const done = points.map(() => new Map<PlacedElement, Local>());
    for (const element of elementsBelow(roots)) {
      points.forEach((point, half) => {
        const known = half > 0 && isStill(element, point) ? done[0]!.get(element) : undefined;
        const m = this.#halves[half]!;
        done[half]!.set(element, known ?? this.#value(m, element, point, done[half]!, pointers));
      });
    }
    return done.map((values) => roots.map((root) => values.get(root) ?? f.local("i32")));
  }

  #value(
    m: ScalarContext,
    element: PlacedElement,
    point: Point,
    done: ReadonlyMap<PlacedElement, Local>,
    pointers: RowPointers | undefined,
  ): Local {
    const { f } = this.#context;
    const { dtype } = element;
    switch (element.kind) {
      case "number":
        return f.keep(
          this.vector ? vectorNumber(m, dtype, element.value) : scalarNumber(dtype, element.value),
          "c",
        );
      case "head":
        return point.heads![0]!;
      case "index":
        return f.keep(this.#index(element.view, dtype, point), "index");
      case "load":
        return this.#load(element.view, point, pointers);
      case "op": {
        const args = element.args.map((arg) => done.get(arg)!);
        const from = element.args.at(-1)!.dtype;
        const expr = this.vector
          ? (limitOp(element, args) ?? vectorOp(element.op, from, dtype)!(m, args, from, dtype))
          : scalarOp(m, element.op, args, from, dtype);
        return f.keep(expr, element.op);
      }
    }
  }

  #load(view: BufferView<ArrayPlace>, point: Point, pointers: RowPointers | undefined): Local {
    const { f } = this.#context;
    const known = pointers?.get(view)?.splat;
    if (known) return known;
    const { dtype } = view.buffer;
    const { address, offset } = addressAt(f, view, point, pointers);
    if (!this.vector) return f.keep(scalarLoad(dtype, address, offset), "x");
    const stride = view.strides[laneAxisOf(point)] ?? 0;
    if (stride === 1) return f.keep(vectorLoad(dtype, address, offset), "x");
    if (stride === 0 || point.lanes === 1) return f.keep(splatLoad(dtype, address, offset), "x");
    const pointer = f.keep(address, "at");
    const bytes = stride * bytesPerElement(dtype);
    return f.keep(stridedLoad(dtype, pointer, offset, bytes, point.lanes), "x");
  }

  #index(view: BufferView<null>, dtype: Element["dtype"], point: Point): Expr {
    const { index, ahead = 0 } = point;
    const start = index.reduce<Expr>(
      (sum, at, axis) => plus(sum, times(at, view.strides[axis]!)),
      toExpr(view.offset + ahead * (view.strides[laneAxisOf(point)] ?? 0)),
    );
    if (!this.vector) {
      if (dtype === "float64") return op("f64.convert_i32_s", start);
      return dtype === "float32" ? op("f32.convert_i32_s", start) : start;
    }
    const stride = view.strides[laneAxisOf(point)] ?? 0;
    const lanes = Array.from({ length: LANES }, (_, i) => i * stride);
    const counts = op("i32x4.add", op("i32x4.splat", start), i32x4(...lanes));
    return dtype === "float32" ? op("f32x4.convert_i32x4_s", counts) : counts;
  }
}

function vectorNumber({ splat, word }: MathContext, dtype: DType, value: number): Expr {
  if (dtype === "float32") return splat(value);
  if (dtype === "bool") return word(value === 0 ? 0 : -1);
  return word(value | 0);
}

/** Eight lanes as four and four; both find their addresses by the same local variable. */
function bothHalves(point: Point): readonly [Point, Point] {
  const { ahead = 0, heads = [], kept = new Map() } = point;
  const half = (at: 0 | 1): Point => ({
    ...point,
    lanes: LANES,
    ahead: ahead + at * LANES,
    heads: heads.slice(at),
    kept,
  });
  return [half(0), half(1)];
}

/** True for what is read once for all points along the axis of lanes. */
function isStill(element: PlacedElement, point: Point): boolean {
  return element.kind === "load" && (element.view.strides[laneAxisOf(point)] ?? 0) === 0;
}
