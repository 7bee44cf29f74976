// Writes one Wasm function, statement by statement: locals, stores, loops, conditions.

import { NeuriteError } from "../../../checks/errors.ts";
import {
  type CodeStatement,
  type Expr,
  type Global,
  instruction,
  type Local,
  type Operand,
  op,
  select,
  toExpr,
} from "./expr.ts";
import type { WasmType } from "./instructions.ts";

export class FunctionBuilder {
  readonly name: string;
  readonly params: readonly Local[];
  /** The value that the function leaves, set last; null for a function that leaves none. */
  result: Expr | null = null;
  readonly locals: Local[];
  readonly body: CodeStatement[] = [];
  #block: CodeStatement[] = this.body;

  constructor(name: string, params: readonly { name: string; type: WasmType }[]) {
    this.name = name;
    this.params = params.map((param, index) => ({ kind: "local", index, ...param }));
    this.locals = [...this.params];
  }

  /** A new local; the name is for reading only. */
  local(type: WasmType, name = "t"): Local {
    const made: Local = { kind: "local", type, index: this.locals.length, name };
    this.locals.push(made);
    return made;
  }

  set(to: Local | Global, value: Operand): void {
    const expr = toExpr(value);
    if (expr.type !== to.type) {
      throw new NeuriteError(`wasm: ${to.name} is ${to.type}, received ${expr.type}`);
    }
    this.#block.push({ kind: "set", to, value: expr });
  }

  /** A local that holds the value from here on, so that it is computed once. */
  keep(value: Operand, name = "t"): Local {
    const expr = toExpr(value);
    if (expr.type === null) throw new NeuriteError("wasm: there is no value to keep");
    const made = this.local(expr.type, name);
    this.set(made, expr);
    return made;
  }

  /** The smaller of two i32 numbers. */
  min(a: Operand, b: Operand, name = "min"): Local {
    const [x, y] = [this.#named(a), this.#named(b)];
    return this.keep(select(op("i32.lt_s", x, y), x, y), name);
  }

  /** The larger of two i32 numbers. */
  max(a: Operand, b: Operand, name = "max"): Local {
    const [x, y] = [this.#named(a), this.#named(b)];
    return this.keep(select(op("i32.gt_s", x, y), x, y), name);
  }

  /** Something that can be read twice without being computed twice. */
  #named(value: Operand): Operand {
    const { kind } = toExpr(value);
    return kind === "const" || kind === "get" ? value : this.keep(value);
  }

  /** An instruction that writes memory at an address plus `offset` bytes. */
  store(name: string, address: Operand, value: Operand, offset = 0, lane?: number): void {
    this.do(instruction(name, [address, value], offset, lane === undefined ? [] : [lane]));
  }

  /** An expression for its effect. */
  do(expr: Expr): void {
    if (expr.type !== null) throw new NeuriteError("wasm: a statement leaves no value");
    this.#block.push({ kind: "do", expr });
  }

  if(condition: Operand, then: () => void, otherwise: () => void = () => {}): void {
    const [first, second] = [this.#collect(then), this.#collect(otherwise)];
    this.#block.push({ kind: "if", condition: toExpr(condition), body: first, otherwise: second });
  }

  /** Runs the body, and again as long as the condition, computed after it, holds. */
  doWhile(body: () => Operand): void {
    let condition: Operand = 0;
    const statements = this.#collect(() => {
      condition = body();
    });
    this.#block.push({ kind: "loop", body: statements, condition: toExpr(condition) });
  }

  while(condition: () => Operand, body: () => void): void {
    this.if(condition(), () => {
      this.doWhile(() => {
        body();
        return condition();
      });
    });
  }

  /**
   * for (i = from; i < to; i += step), i32. The body always runs where both ends are constants and
   * leave room for it; otherwise the first test is made.
   */
  for(
    from: Operand,
    to: Operand,
    step: number,
    body: (i: Local) => void,
    options: { readonly name?: string } = {},
  ): void {
    const [first, last] = [toExpr(from), toExpr(to)];
    const known = first.kind === "const" && last.kind === "const";
    if (known && first.value >= last.value) return;
    const i = this.local("i32", options.name ?? "i");
    this.set(i, first);
    const loop = () =>
      this.doWhile(() => {
        body(i);
        this.set(i, op("i32.add", i, step));
        return op("i32.lt_s", i, last);
      });
    if (known) loop();
    else this.if(op("i32.lt_s", i, last), loop);
  }

  #collect(write: () => void): CodeStatement[] {
    const outer = this.#block;
    const block: CodeStatement[] = [];
    this.#block = block;
    try {
      write();
    } finally {
      this.#block = outer;
    }
    return block;
  }
}
