// A tensor as the runtime sees it: an immutable value, known or traced, perhaps with a history.
// Its arithmetic is added in tensor/methods.ts.

import { ArgumentError, GradientError, ShapeError, TraceError } from "../../checks/errors.ts";
import type { DataArray, DType } from "../../ir/dtype.ts";
import type { Value } from "../../ir/graph.ts";
import { dataToJSON, type ElementJSON } from "../../ir/json/data.ts";
import { showShape } from "../../ir/shape.ts";
import { showType, type TensorType } from "../../ir/type.ts";
import type { Shape } from "../../shapes/index.ts";
import type { formatArray } from "./format.ts";
import { type Nested, nest } from "./nested.ts";

/** What prints the numbers of a tensor, where an entry point brought it. */
let format: typeof formatArray | null = null;

/** From now on tensors print their numbers. */
export function bringFormat(print: typeof formatArray): void {
  format = print;
}

/** A running differentiation. What depends on its arguments is recorded while it is live. */
export interface Scope {
  live: boolean;
}

/** What traced a tensor; see trace.ts. */
export interface Tracer {
  /** What is tracing, as errors name it: "compile", "vmap", … */
  readonly what: string;
  /** True when the traced function has returned: its tensors mean nothing any more. */
  readonly over: boolean;
}

/** The error for a tensor that is used after the function that made it was traced. */
export function leaked(type: TensorType, { what }: Tracer): TraceError {
  return new TraceError(
    `A tensor ${showType(type)} left the ${what}() that traced it. ` +
      "Return it from the traced function instead of storing it outside.",
  );
}

/** A tensor's own elements, which nobody may change. @throws TraceError while tracing */
export function elementsOf(tensor: Tensor): DataArray {
  const { known, trace } = tensor.read().parts;
  if (known) return known;
  if (trace?.over) throw leaked(tensor.type, trace);
  throw new TraceError(
    `The value of ${showType(tensor.type)} was read while tracing, when only its type is known. ` +
      "Inside compile(), vmap() and scan() use where() in place of if, or read the value outside.",
  );
}

/** A tensor as JSON writes it. */
export interface TensorJSON extends TensorType {
  readonly data: readonly ElementJSON[];
}

export interface TensorParts {
  readonly type: TensorType;
  /** The numbers; null while tracing. */
  readonly known?: DataArray | null;
  /** Where this tensor stands in the graph of `trace`, or in what was recorded. */
  readonly value?: Value | null;
  readonly trace?: Tracer | null;
  readonly scopes?: readonly Scope[];
}

/**
 * An n-dimensional array of one element type. Tensors never change, and are never freed by hand.
 * @typeParam S the shape, where the compiler knows it; see docs/decisions on the default
 */
// biome-ignore lint/suspicious/noExplicitAny: an untyped tensor goes anywhere
export class Tensor<out S extends Shape = any> {
  readonly type: TensorType;
  readonly #parts: TensorParts;
  #copy: DataArray | null = null;

  constructor(parts: TensorParts) {
    if (!parts?.type)
      throw new ArgumentError(
        "Tensor: expected what the runtime knows of a tensor. Make tensors with tensor(), zeros() or ones()",
      );
    this.type = parts.type;
    this.#parts = parts;
  }

  get shape(): S {
    return this.type.shape as S;
  }

  get dtype(): DType {
    return this.type.dtype;
  }

  /** Number of axes. */
  get rank(): number {
    return this.type.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return this.type.shape.reduce((size, dim) => size * dim, 1);
  }

  /** What an op reads: the tensor itself, or a variable's present value. */
  read(): Tensor<S> {
    return this;
  }

  /** What the runtime knows beyond the type. */
  get parts(): TensorParts {
    return this.#parts;
  }

  /** True when what is computed from this tensor belongs to a running differentiation. */
  get tracked(): boolean {
    return this.#parts.scopes?.some((scope) => scope.live) ?? false;
  }

  /**
   * A copy of the elements, row-major: made at the first reading, and the same array from then on.
   * What is written into it changes no tensor. @throws TraceError while tracing
   */
  get data(): DataArray {
    const source = this.read();
    source.#copy ??= elementsOf(source).slice();
    return source.#copy;
  }

  /** The only element of a tensor of size 1. Booleans read as 0 or 1. */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(`item: expected one element, received shape ${showShape(this.shape)}`);
    }
    return elementsOf(this)[0]!;
  }

  /** The elements as nested arrays; a scalar gives a number. Booleans give true and false. */
  toArray(): Nested {
    return nest(elementsOf(this), this.type);
  }

  /**
   * What JSON.stringify writes, exact for every element type; `tensorFromJSON` reads it back.
   * @throws TraceError while tracing
   */
  toJSON(): TensorJSON {
    const { dtype, shape } = this.type;
    return { dtype, shape: [...shape], data: dataToJSON(elementsOf(this), dtype) };
  }

  /**
   * In a template the text of toString(); where JavaScript wants a number, a scalar's. A tensor in
   * `a + b` or `a < b` is refused if it has axes, or a derivative, which would be lost in silence.
   */
  [Symbol.toPrimitive](hint: "number" | "string" | "default"): string | number {
    if (hint === "string") return this.toString();
    if (this.rank > 0) {
      throw new ShapeError(
        `A tensor ${showType(this.type)} is no number: JavaScript's operators do not work on tensors. ` +
          "Write a.add(b), a.less(b) and so on, and for text String(a) or a template.",
      );
    }
    if (this.read().tracked) {
      throw new GradientError(
        `A tensor ${showType(this.type)} would lose its derivative as a number. ` +
          "Write a.add(b) and so on, or a.item() for the number alone.",
      );
    }
    return this.item();
  }

  /** As NumPy prints it, with the shape and element type where they do not show. */
  toString(): string {
    const { known } = this.read().#parts;
    if (!known) return `Tensor(traced ${showType(this.type)})`;
    return format?.(known, this.type) ?? `Tensor ${showType(this.type)}`;
  }
}

// console.log in Node shows toString().
Object.defineProperty(Tensor.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: Tensor): string {
    return this.toString();
  },
});
