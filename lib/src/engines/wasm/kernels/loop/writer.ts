// Writes the code of elements at a point of a kernel's index space: loads, ops, stores.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import {
  type Expr,
  f32x4,
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
import { type ArrayPlace, addressOf } from "../../memory/place.ts";
import type { KernelContext } from "../kernel.ts";
import {
  LANES,
  scalarLoad,
  scalarNumber,
  scalarStore,
  splatLoad,
  stridedLoad,
  vectorLoad,
  vectorNumber,
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

/** A point, or up to four side by side along one axis. */
export interface Point {
  readonly index: readonly Operand[];
  readonly lanes: number;
  /** The axis along which lanes run: by default the last. */
  readonly axis?: number;
  /** What the head of the kernel gave here. */
  readonly head?: Local | undefined;
}

type Pointers = ReadonlyMap<
  BufferView<ArrayPlace>,
  { base: Expr; offset: number; splat: Local | null }
>;

export class ElementWriter {
  readonly #context: KernelContext;
  readonly #m: ScalarContext;
  /** Four elements at once, or one. */
  readonly vector: boolean;

  constructor(context: KernelContext, roots: readonly PlacedElement[]) {
    const { f, module } = context;
    const imported = (name: string, arity: number) =>
      module.import(name, new Array<"f64">(arity).fill("f64"), "f64");
    this.#context = context;
    this.vector = elementsBelow(roots).every(isVector);
    this.#m = {
      f,
      splat: f32x4,
      imported,
      definition: (name, arity, ...args) => ({
        kind: "call",
        type: "f64",
        target: imported(name, arity),
        args: args.map(toExpr),
      }),
    };
  }

  /** Pointers to the row of each view, and what is the same all along it, computed once. */
  hoist(
    roots: readonly PlacedElement[],
    stores: readonly BufferView<ArrayPlace>[],
    outer: readonly Operand[],
  ): Pointers {
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

  /** The values of some elements at a point. */
  values(roots: readonly PlacedElement[], point: Point, pointers?: Pointers): Local[] {
    const { f } = this.#context;
    const done = new Map<PlacedElement, Local>();
    for (const element of elementsBelow(roots)) {
      done.set(element, this.#value(element, point, done, pointers));
    }
    return roots.map((root) => done.get(root) ?? f.local("i32"));
  }

  /** Computes and stores everything at a point. */
  write(stores: readonly PlacedStore[], point: Point, pointers?: Pointers): void {
    const { f } = this.#context;
    const values = this.values(
      stores.map(({ element }) => element),
      point,
      pointers,
    );
    stores.forEach(({ view }, i) => {
      const { dtype } = view.buffer;
      const { address, offset } = this.#address(view, point, pointers);
      if (this.vector) vectorStore(f, dtype, address, toExpr(values[i]!), offset, point.lanes);
      else scalarStore(f, dtype, address, values[i]!, offset);
    });
  }

  #value(
    element: PlacedElement,
    point: Point,
    done: ReadonlyMap<PlacedElement, Local>,
    pointers: Pointers | undefined,
  ): Local {
    const { f } = this.#context;
    const { dtype } = element;
    switch (element.kind) {
      case "number":
        return f.keep(
          this.vector ? vectorNumber(dtype, element.value) : scalarNumber(dtype, element.value),
          "c",
        );
      case "head":
        return point.head!;
      case "index":
        return f.keep(this.#index(element.view, dtype, point), "index");
      case "load":
        return this.#load(element.view, point, pointers);
      case "op": {
        const args = element.args.map((arg) => done.get(arg)!);
        const from = element.args.at(-1)!.dtype;
        const expr = this.vector
          ? vectorOp(element.op, from, dtype)!(this.#m, args, from, dtype)
          : scalarOp(this.#m, element.op, args, from, dtype);
        return f.keep(expr, element.op);
      }
    }
  }

  #load(view: BufferView<ArrayPlace>, point: Point, pointers: Pointers | undefined): Local {
    const { f } = this.#context;
    const known = pointers?.get(view)?.splat;
    if (known) return known;
    const { dtype } = view.buffer;
    const { address, offset } = this.#address(view, point, pointers);
    if (!this.vector) return f.keep(scalarLoad(dtype, address, offset), "x");
    const stride = view.strides[axisOf(point)] ?? 0;
    if (stride === 1) return f.keep(vectorLoad(dtype, address, offset), "x");
    if (stride === 0 || point.lanes === 1) return f.keep(splatLoad(dtype, address, offset), "x");
    const pointer = f.keep(address, "at");
    const bytes = stride * bytesPerElement(dtype);
    return f.keep(stridedLoad(dtype, pointer, offset, bytes, point.lanes), "x");
  }

  #address(view: BufferView<ArrayPlace>, { index }: Point, pointers: Pointers | undefined) {
    const row = pointers?.get(view);
    if (!row) {
      const { base, offset } = rowOf(view, index);
      return { address: base, offset };
    }
    const last = index.length - 1;
    if (last < 0) return { address: row.base, offset: row.offset };
    const step = view.strides[last]! * bytesPerElement(view.buffer.dtype);
    return { address: plus(row.base, times(index[last]!, step)), offset: row.offset };
  }

  #index(view: BufferView<null>, dtype: Element["dtype"], point: Point): Expr {
    const { index } = point;
    const start = index.reduce<Expr>(
      (sum, at, axis) => plus(sum, times(at, view.strides[axis]!)),
      toExpr(view.offset),
    );
    if (!this.vector) {
      if (dtype === "float64") return op("f64.convert_i32_s", start);
      return dtype === "float32" ? op("f32.convert_i32_s", start) : start;
    }
    const stride = view.strides[axisOf(point)] ?? 0;
    const lanes = Array.from({ length: LANES }, (_, i) => i * stride);
    const counts = op("i32x4.add", op("i32x4.splat", start), i32x4(...lanes));
    return dtype === "float32" ? op("f32x4.convert_i32x4_s", counts) : counts;
  }
}

function axisOf({ axis, index }: Point): number {
  return axis ?? index.length - 1;
}

/** Where the row of a view starts that these indices of the outer axes choose. */
function rowOf(
  view: BufferView<ArrayPlace>,
  outer: readonly Operand[],
): { base: Expr; offset: number } {
  const size = bytesPerElement(view.buffer.dtype);
  const start = addressOf(view.buffer);
  let { base } = start;
  outer.forEach((at, axis) => {
    base = plus(base, times(at, view.strides[axis]! * size));
  });
  const offset = start.offset + view.offset * size;
  // An address is not taken modulo 2^32, so what runs backwards must start with its offset added.
  if (view.strides.some((stride) => stride < 0)) return { base: plus(base, offset), offset: 0 };
  if (base.kind === "const") return { base: toExpr(0), offset: base.value + offset };
  return { base, offset };
}
