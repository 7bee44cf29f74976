// What a lowering works with: the names of its operands, and nodes to make its result of.

import { DTypeError } from "../../checks/errors.ts";
import type { DType } from "../../ir/dtype.ts";
import type { Node, Value } from "../../ir/graph.ts";
import type { OpName } from "../../ir/op-table.ts";
import { broadcastDims, type Dim, isFixed, sameDims, withoutOnes } from "./graph/dim.ts";
import { type ElementType, type Known, TYPE_CODES } from "./graph/element-types.ts";
import type { Attributes, GraphWriter } from "./graph/writer.ts";
import type { Bounds, Lengths } from "./same-program.ts";

/** Writes one node of a graph as nodes of ONNX. */
export type Lowering<N extends OpName = OpName> = (site: Site, node: Node<N>) => void;

/**
 * Where the numbers of a value are. Axes that broadcasting brings may be missing: ONNX broadcasts where
 * our primitives want operands of one shape.
 */
export interface Located {
  readonly name: string;
  readonly dims: readonly Dim[];
}

/** What all graphs of a file share. */
export interface Shared {
  readonly lengths: Lengths;
  /** The input whose first axis is the batch, where that is open. */
  readonly batchOf: string | null;
  /** How often each value is read. */
  readonly readers: ReadonlyMap<Value, number>;
}

export class Site {
  readonly writer: GraphWriter;
  readonly shared: Shared;
  readonly #places: Map<Value, Located>;

  constructor(writer: GraphWriter, shared: Shared, places: Iterable<[Value, Located]> = []) {
    this.writer = writer;
    this.shared = shared;
    this.#places = new Map(places);
  }

  /** A site in a graph within this one, which sees what is here. */
  within(writer: GraphWriter): Site {
    return new Site(writer, this.shared, this.#places);
  }

  dims(value: Value): readonly Dim[] {
    return this.shared.lengths.dims.get(value) ?? value.type.shape;
  }

  bounds(node: Node<"slice">): Bounds {
    return this.shared.lengths.bounds.get(node) ?? node.params;
  }

  set(value: Value, name: string, dims: readonly Dim[] = this.dims(value)): void {
    this.#places.set(value, { name, dims });
  }

  /** The numbers of a value, perhaps of fewer axes. */
  place(value: Value): Located {
    return this.#places.get(value)!;
  }

  /** The numbers of a value in its whole shape. */
  whole(value: Value): string {
    const { name, dims } = this.place(value);
    const full = this.dims(value);
    if (sameDims(dims, full)) return name;
    const expanded = this.writer.node("Expand", [name, this.shape(full)]);
    this.set(value, expanded);
    return expanded;
  }

  node(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.writer.node(op, inputs, attributes);
  }

  /** An op element by element: its operands broadcast, and an exchange of axes before it comes behind it. */
  elementwise(
    result: Value,
    operands: readonly Value[],
    compute: (names: readonly string[]) => string,
  ): void {
    const places = operands.map((value) => this.place(value));
    const dims = broadcastDims(places.map((place) => place.dims));
    const moves = places.map(({ name }) => this.writer.madeBy(name, "Transpose"));
    const perm = moves.find((move) => move)?.attributes["perm"] as readonly number[] | undefined;
    const isOne = (place: Located) => withoutOnes(place.dims).length === 0;
    const agree =
      perm &&
      dims.length === perm.length &&
      places.every((place, i) => {
        const other = moves[i]?.attributes["perm"];
        return other ? `${other}` === `${perm}` : isOne(place);
      });
    if (!agree) {
      this.set(result, compute(places.map(({ name }) => name)), dims);
      return;
    }
    const before = places.map(({ name }, i) => moves[i]?.inputs[0] ?? name);
    this.set(result, this.writer.transpose(compute(before), perm), dims);
  }

  /** Whole numbers as a list in the file. */
  ints(numbers: readonly number[]): string {
    const data = BigInt64Array.from(numbers, BigInt);
    return this.writer.small({ type: "int64", dims: [numbers.length], data });
  }

  /** One number, of no axes. */
  number(x: number, dtype: DType): string {
    return this.writer.small({ type: dtype, dims: [], data: typedArray(dtype, [x]) });
  }

  /** A known tensor under a name that tells what it is. */
  known(name: string, known: Known): string {
    return this.writer.add(name, known);
  }

  cast(name: string, to: ElementType): string {
    return this.node("Cast", [name], { to: TYPE_CODES[to] });
  }

  /** A list of lengths, those of the batch read from the input when the program runs. */
  shape(dims: readonly Dim[]): string {
    if (isFixed(dims)) return this.ints(dims);
    const parts = dims.map((dim) => {
      if (typeof dim === "number") return this.ints([dim]);
      const batch = this.node("Shape", [this.shared.batchOf!], { start: 0, end: 1 });
      const product = dim.times === 1 ? batch : this.node("Mul", [batch, this.ints([dim.times])]);
      return dim.plus === 0 ? product : this.node("Add", [product, this.ints([dim.plus])]);
    });
    return parts.length === 1 ? parts[0]! : this.node("Concat", parts, { axis: 0 });
  }

  reshape(x: string, dims: readonly Dim[]): string {
    const open = dims.filter((dim) => typeof dim !== "number");
    const hasZero = dims.some((dim) => dim === 0);
    // One open length follows from the others.
    if (open.length === 1 && !hasZero) {
      const lengths = dims.map((dim) => (typeof dim === "number" ? dim : -1));
      return this.node("Reshape", [x, this.ints(lengths)]);
    }
    return this.node("Reshape", [x, this.shape(dims)], hasZero ? { allowzero: 1 } : {});
  }

  /** The same number everywhere. */
  filled(number: number, dtype: DType, dims: readonly Dim[]): string {
    return this.node("Expand", [this.number(number, dtype), this.shape(dims)]);
  }
}

export function typedArray(dtype: DType, numbers: readonly number[]): Known["data"] {
  switch (dtype) {
    case "float32":
      return Float32Array.from(numbers);
    case "float64":
      return Float64Array.from(numbers);
    case "int32":
      return Int32Array.from(numbers);
    default:
      return Uint8Array.from(numbers);
  }
}

/** @throws DTypeError for an op that ONNX has for floats alone */
export function expectFloatOp(op: string, dtype: DType): void {
  if (dtype === "float32" || dtype === "float64") return;
  throw new DTypeError(`exportOnnx: ONNX has no ${op} of ${dtype}: cast to a float before it`);
}
