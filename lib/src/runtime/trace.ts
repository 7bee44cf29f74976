// Tracing: ops are added to a graph instead of being run.

import { TraceError } from "../ir/errors.ts";
import { Value } from "../ir/graph.ts";
import { showType } from "../ir/type.ts";
import { addNode } from "../ops/builder.ts";
import type { Tensor, Tracer } from "./tensor.ts";

/** What a trace knows of variables; only compile() has it. */
export interface TraceState {
  readonly reads: Map<object, Value>;
  readonly writes: Map<object, Tensor>;
  readonly gradients: Map<object, Tensor>;
}

export class Trace implements Tracer {
  readonly what: string;
  readonly parent: Trace | null;
  readonly state: TraceState | null;
  /** Tensors from outside that the traced function uses, and the placeholders they got. */
  readonly captured: Map<Tensor, Value> = new Map();

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
    if (known && !tensor.tracked) {
      return addNode("constant", [], { data: known, dtype: type.dtype, shape: type.shape })[0]!;
    }
    if (!known && !this.within(trace!)) {
      throw new TraceError(
        `A tensor ${showType(type)} left the ${trace!.what} that traced it. ` +
          "Return it from the traced function instead of storing it outside.",
      );
    }
    const placeholder = new Value(type);
    this.captured.set(tensor, placeholder);
    return placeholder;
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
