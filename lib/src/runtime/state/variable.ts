// The only thing that has state: a tensor that can be assigned.

import {
  either,
  expectArgument,
  expectOptions,
  flag,
  type Kinds,
  oneOf,
  text,
} from "../../checks/arguments.ts";
import { DTypeError, ShapeError, TraceError } from "../../checks/errors.ts";
import type { Engine, Storage } from "../../engines/engine.ts";
import { type DataArray, isFloat } from "../../ir/dtype.ts";
import { Value } from "../../ir/graph.ts";
import { sameType, showType } from "../../ir/type.ts";
import type { Shape } from "../../shapes/index.ts";
import { remember } from "../interpreter/apply.ts";
import { current } from "../interpreter/current.ts";
import { tensorKind } from "../values/kinds.ts";
import { elementsOf, type Scope, Tensor } from "../values/tensor.ts";

/** What depends on trainable variables is always recorded. */
const ALWAYS: readonly Scope[] = [{ live: true }];

/** The variable that a leaf of a recording stands for. */
const leaves = new WeakMap<Value, Variable>();

/** Options of a variable. */
export interface VariableOptions {
  /** False for state that is not learnt, as a step counter; default true for floats. */
  readonly trainable?: boolean;
  readonly name?: string;
}

export const VARIABLE_OPTIONS: Kinds<VariableOptions> = { trainable: flag, name: text };

const gradientKind = either(tensorKind, oneOf(null));

/**
 * A tensor with state. Ops read its present value; `assign` gives it another. Under compile() a
 * variable that is read becomes an input and one that is assigned an output.
 */
// biome-ignore lint/suspicious/noExplicitAny: as for Tensor
export class Variable<out S extends Shape = any> extends Tensor<S> {
  readonly trainable: boolean;
  readonly name: string | undefined;
  /** Where its memory is: programs of other engines cannot reach it. */
  readonly engine: Engine;
  readonly storage: Storage;
  #present: Tensor<S> | null = null;
  #grad: Tensor<S> | null = null;

  constructor(initial: Tensor<S>, options: VariableOptions = {}) {
    expectArgument("Variable", "initial", initial, tensorKind);
    expectOptions("Variable", options, VARIABLE_OPTIONS);
    super({ type: initial.type });
    this.trainable = options.trainable ?? isFloat(initial.dtype);
    this.name = options.name;
    this.engine = current.engine;
    this.storage = this.engine.storage(initial.type, elementsOf(initial));
    if (this.trainable && !isFloat(initial.dtype)) {
      throw new DTypeError(
        `variable: ${showType(initial.type)} cannot be trained; only floats can`,
      );
    }
  }

  /** The present value: in a compiled function's trace its input, else the numbers. */
  override read(): Tensor<S> {
    const trace = current.trace?.stateful;
    if (trace) {
      const written = trace.state!.writes.get(this);
      if (written) return written;
      let value = trace.state!.reads.get(this);
      if (!value) {
        value = new Value(this.type, null, 0, this.name);
        trace.state!.reads.set(this, value);
      }
      return new Tensor<S>({ type: this.type, value, trace });
    }
    this.#present ??= this.#leaf(this.storage.read());
    return this.#present;
  }

  /** The variable's value becomes that of `next`, without its history. */
  assign(next: Tensor): void {
    expectArgument("assign", "next", next, tensorKind);
    if (!sameType(next.type, this.type)) {
      const Wrong = next.dtype === this.dtype ? ShapeError : DTypeError;
      throw new Wrong(
        `assign: expected ${showType(this.type)}, received ${showType(next.type)}` +
          (this.name ? ` for "${this.name}"` : ""),
      );
    }
    const trace = current.trace;
    if (!trace) {
      this.storage.write(elementsOf(next));
      this.changed();
    } else if (trace.state) {
      trace.state.writes.set(this, next.read());
    } else {
      throw new TraceError(
        `assign: a variable cannot be assigned inside ${trace.what}(). ` +
          "Return the new value, and assign it outside.",
      );
    }
  }

  /** The gradient that backward() left, or null. */
  get grad(): Tensor<S> | null {
    const state = current.trace?.stateful?.state;
    return state ? (state.gradients.get(this) ?? null) : this.#grad;
  }

  set grad(grad: Tensor<S> | null) {
    expectArgument("grad", "a variable's gradient", grad, gradientKind);
    const state = current.trace?.stateful?.state;
    if (!state) this.#grad = grad;
    else if (grad) state.gradients.set(this, grad);
    else state.gradients.delete(this);
  }

  /** Forgets the value read last: its memory holds another one now. */
  changed(): void {
    this.#present = null;
  }

  #leaf(known: DataArray): Tensor<S> {
    if (!this.trainable) return new Tensor<S>({ type: this.type, known });
    const value = new Value(this.type, null, 0, this.name);
    leaves.set(value, this);
    return remember(new Tensor<S>({ type: this.type, known, value, scopes: ALWAYS }));
  }
}

/** The trainable variable behind a leaf of what was recorded or is being traced. */
export function variableOf(value: Value): Variable | undefined {
  const state = current.trace?.stateful?.state;
  for (const [variable, read] of state?.reads ?? []) {
    if (read === value && (variable as Variable).trainable) return variable as Variable;
  }
  return leaves.get(value);
}
