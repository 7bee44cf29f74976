// Tracing: ops are added to a graph instead of being run.

import { type DataArray, isFloat } from "../../ir/dtype.ts";
import { Value } from "../../ir/graph.ts";
import { addNode } from "../../ops/builder.ts";
import { leaked, type Tensor, type Tracer } from "../values/tensor.ts";

/** What a trace knows of variables; only compile() has it. */
export interface TraceState {
  readonly reads: Map<object, Value>;
  readonly writes: Map<object, Tensor>;
  readonly gradients: Map<object, Tensor>;
}

export class Trace implements Tracer {
  readonly what: string;
  over = false;
  readonly parent: Trace | null;
  readonly state: TraceState | null;
  /** Tensors from outside that the traced function uses, and the placeholders they got. */
  readonly captured: Map<Tensor, Value> = new Map();
  readonly #constants = new Map<Tensor, Value>();
  readonly #hidden = new Map<Value, Value>();

  constructor(what: string, parent: Trace | null, state: TraceState | null = null) {
    this.what = what;
    this.parent = parent;
    this.state = state;
  }

  /** The place of a tensor in this trace's graph. */
  lift(tensor: Tensor): Value {
    const { trace, value, known, type } = tensor.parts;
    if (trace === this) return value!;
    const seen = this.captured.get(tensor);
    if (seen) return seen;
    if (known && !tensor.tracked) return this.#constant(tensor, known);
    if (!known && !this.within(trace!)) throw leaked(type, trace!);
    const placeholder = new Value(type);
    this.captured.set(tensor, placeholder);
    return placeholder;
  }

  #constant(tensor: Tensor, data: DataArray): Value {
    const seen = this.#constants.get(tensor);
    if (seen) return seen;
    const { dtype, shape } = tensor.type;
    const [value] = addNode("constant", [], { data, dtype, shape });
    this.#constants.set(tensor, value!);
    return value!;
  }

  /** The same value as noGrad() sees it: no derivative looks behind it. */
  hide(value: Value): Value {
    const seen = this.#hidden.get(value);
    if (seen) return seen;
    const isLeaf = !isFloat(value.type.dtype) || value.node?.op === "constant";
    return this.markHidden(value, isLeaf ? value : addNode("stopGradient", [value], null)[0]!);
  }

  /** Tells that a value was computed from hidden ones, and need not be hidden itself. */
  markHidden(value: Value, hidden: Value = value): Value {
    this.#hidden.set(value, hidden);
    return hidden;
  }

  /** The innermost trace around here that keeps variables, this one included. */
  get stateful(): Trace | null {
    return this.state ? this : (this.parent?.stateful ?? null);
  }

  private within(outer: Tracer): boolean {
    for (let t: Trace | null = this.parent; t; t = t.parent) if (t === outer) return true;
    return false;
  }
}
