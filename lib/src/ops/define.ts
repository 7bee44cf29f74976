// What an op's block contains: type rule, derivative, batching, meaning, and samples to test it by.

import { ArgumentError, DTypeError, ShapeError } from "../checks/errors.ts";
import type { DataArray, DType } from "../ir/dtype.ts";
import type { Graph, Value } from "../ir/graph.ts";
import type { Builder, Inputs, OpName, OpParams, Result } from "../ir/op-table.ts";
import { type Shape, sameShape, showShape } from "../ir/shape.ts";
import type { TensorType } from "../ir/type.ts";

/** A dense row-major array, as the reference engine passes it to `eval`. */
export interface NdArray {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: DataArray;
}

/** A tangent or cotangent; null means zero. */
export type Tangent = Value | null;

/** The transforms that ops with graphs inside (scan, custom) need; passed in, so ops import none. */
export interface GraphTransforms {
  /** Tangents of a graph's outputs, for tangents of those inputs that `wrt` marks. */
  linearize(graph: Graph, wrt: readonly boolean[]): Linearized;
  /** Cotangents of `inputs`, given those of `outputs`, which depend on them linearly. */
  transposeLinear(
    inputs: readonly Value[],
    outputs: readonly Tangent[],
    cotangents: readonly Tangent[],
  ): Tangent[];
  /** The graph over a new leading axis of those inputs that `batched` marks; all outputs get it. */
  batch(graph: Graph, batched: readonly boolean[], size: number): Graph;
}

export interface Linearized {
  /** The graph's outputs, perhaps rebuilt so that they save what the tangents need. */
  readonly primals: readonly Value[];
  /** One placeholder for each input marked in `wrt`, in order. */
  readonly tangentInputs: readonly Value[];
  readonly tangents: readonly Tangent[];
}

export interface JvpContext<N extends OpName> {
  readonly params: OpParams<N>;
  readonly outputs: readonly Value[];
  readonly transforms: GraphTransforms;
}

export interface TransposeContext<N extends OpName> {
  readonly params: OpParams<N>;
  /** Marks the operands in which the node is linear here; only these get cotangents. */
  readonly linear: readonly boolean[];
  readonly outputs: readonly Value[];
  readonly transforms: GraphTransforms;
}

export interface BatchContext<N extends OpName> {
  readonly params: OpParams<N>;
  readonly batched: readonly boolean[];
  readonly size: number;
  readonly transforms: GraphTransforms;
}

export interface EvalContext<N extends OpName> {
  readonly params: OpParams<N>;
  /** Runs a graph that lies inside the op. */
  readonly run: (graph: Graph, inputs: readonly NdArray[]) => NdArray[];
}

/** Tangents alone, or with primal results that replace the node's own (scan saves more of them). */
export type JvpResult<N extends OpName> =
  | Result<N, Tangent>
  | { readonly primals: readonly Value[]; readonly tangents: readonly Tangent[] };

/** Same operand tuple, other content: one `T` for each operand of op `N`. */
export type Operands<N extends OpName, T> = Inputs<N, T>;

/** Loops over scalars: the reference engine applies `eval` to each element. */
export interface ScalarMeaning {
  readonly kind: "scalar";
  readonly eval: (...elements: number[]) => number;
  /** What integers do instead, where rounding to a double would lose bits. */
  readonly evalInt?: ((...elements: number[]) => number) | undefined;
}

/** Fills whole arrays. */
export interface ArrayMeaning<N extends OpName> {
  readonly kind: "array";
  readonly eval: (
    inputs: Operands<N, NdArray>,
    outputs: readonly NdArray[],
    context: EvalContext<N>,
  ) => void;
}

/** One test case of an op: the types and ranges of its operands, and its parameters. */
export interface Sample<N extends OpName> {
  readonly inputs: readonly Random[];
  readonly params: OpParams<N>;
  /** False where finite differences do not apply at this point, as on a kink. */
  readonly differentiable?: boolean;
}

/** How a sample operand is drawn: uniform in [low, high), integers floored; or the data itself. */
export interface Random {
  readonly type: TensorType;
  readonly low: number;
  readonly high: number;
  readonly data?: readonly number[];
}

/** What an op says itself; `Op` adds what kinds of ops have in common. */
export interface OpRules<N extends OpName> {
  readonly name: N;
  readonly type: (
    inputs: Operands<N, TensorType>,
    params: OpParams<N>,
  ) => TensorType | readonly TensorType[];
  /** Tangents of the results; null for an op whose results carry none. Nonlinear and linear ops alike. */
  readonly jvp:
    | ((
        o: Builder<Value>,
        inputs: Operands<N, Value>,
        tangents: Operands<N, Tangent>,
        context: JvpContext<N>,
      ) => JvpResult<N>)
    | null;
  /** Cotangents of the operands marked linear; only linear (and bilinear) ops have it. */
  readonly transpose?: (
    o: Builder<Value>,
    cotangents: readonly [Tangent, ...Tangent[]],
    inputs: Operands<N, Value>,
    context: TransposeContext<N>,
  ) => readonly Tangent[];
  readonly samples: () => readonly Sample<N>[];
}

export interface Op<N extends OpName = OpName> extends OpRules<N> {
  /** True for the ops that have a list of results. */
  readonly many?: boolean;
  /** The op over a new axis 0 of some operands; the results have it too. */
  readonly batch: (
    o: Builder<Value>,
    inputs: Operands<N, Value>,
    context: BatchContext<N>,
  ) => Result<N, Value>;
  readonly meaning: ScalarMeaning | ArrayMeaning<N>;
}

/** A sample operand, uniform in [low, high). */
export function uniformSample(shape: Shape, low = -1, high = 1, dtype: DType = "float64"): Random {
  return { type: { dtype, shape }, low, high };
}

/** A sample operand of integers in [low, high). */
export function integerSample(shape: Shape, low: number, high: number): Random {
  return { type: { dtype: "int32", shape }, low, high };
}

/** A sample operand with these very elements. */
export function exactly(shape: Shape, data: readonly number[], dtype: DType = "float64"): Random {
  return { type: { dtype, shape }, low: 0, high: 0, data };
}

/** The sum of two tangents, either of which may be zero. */
export function addTangents(o: Builder<Value>, a: Tangent, b: Tangent): Tangent {
  if (!a) return b;
  return b ? o.add(a, b) : a;
}

/** @throws ShapeError or DTypeError unless all operands have one type */
export function expectSame(op: string, types: readonly TensorType[]): void {
  const first = types[0];
  for (let i = 1; i < types.length; i++) {
    const type = types[i]!;
    if (type.dtype !== first!.dtype) {
      throw new DTypeError(
        `${op}: element types differ: ${types.map((t) => t.dtype).join(" and ")}. ` +
          "Convert one of them with cast().",
      );
    }
    if (!sameShape(type.shape, first!.shape)) {
      throw new ShapeError(
        `${op}: shapes differ: ${types.map((t) => showShape(t.shape)).join(" and ")}`,
      );
    }
  }
}

/** @throws DTypeError unless `type` is one of the given element types */
export function expectDType(op: string, type: TensorType, allowed: readonly DType[]): void {
  if (!allowed.includes(type.dtype)) {
    throw new DTypeError(
      `${op}: expected ${allowed.join(" or ")}, received ${type.dtype}${showShape(type.shape)}`,
    );
  }
}

/** @throws ArgumentError unless `axes` are axes of `shape`, each at most once */
export function expectAxes(op: string, shape: Shape, axes: readonly number[]): void {
  const wrong = axes.find((axis) => !(Number.isInteger(axis) && axis >= 0 && axis < shape.length));
  if (wrong !== undefined) {
    throw new ArgumentError(`${op}: axis ${wrong} is out of range for ${showShape(shape)}`);
  }
  if (new Set(axes).size !== axes.length) {
    throw new ArgumentError(`${op}: axes ${showShape(axes)} name an axis twice`);
  }
}

/** @throws ShapeError unless all lengths are whole numbers of 0 or more */
export function expectShape(op: string, shape: Shape): void {
  if (!shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
    throw new ShapeError(
      `${op}: ${showShape(shape)} is not a shape: lengths are whole numbers >= 0`,
    );
  }
}

export const FLOATS: readonly DType[] = ["float32", "float64"];
export const NUMBERS: readonly DType[] = ["float32", "float64", "int32", "uint8"];
