// Runs a function on what is known of it, instruction by instruction: loops are gone through, calls are
// followed, and what remains are values, and checks that may fail.

import type {
  CodeStatement,
  Expr,
  FunctionRef,
  Global,
  Local,
  ModuleBuilder,
} from "../code/index.ts";
import type { WasmType } from "../code/instructions.ts";
import type { Cells } from "./cells.ts";
import { NotStraight, numberOf, type PassValue, type PassValues } from "./values.ts";
import { madeOf, wordsIn } from "./words.ts";

/** Ends the program with an error, by a function from outside, where a condition is not 0. */
export interface PassCheck {
  readonly condition: PassValue;
  readonly target: FunctionRef;
  readonly args: readonly PassValue[];
  /** PassValues with lower numbers come before it. */
  readonly before: number;
}

/** Statements of all loops and calls together. */
const MOST_STEPS = 100_000;

type Locals = PassValue[];

export class PassTracer {
  readonly checks: PassCheck[] = [];
  readonly #module: ModuleBuilder;
  readonly #values: PassValues;
  readonly #cells: Cells;
  readonly #globals = new Map<Global, PassValue>();
  /** Whether what is read at an address that is not known lies in an array that was not written. */
  readonly #isUntouched: (address: number) => boolean;
  #steps = 0;
  /** Inside a branch that may not be taken. */
  #isMaybe = false;

  constructor(
    module: ModuleBuilder,
    values: PassValues,
    cells: Cells,
    isUntouched: (address: number) => boolean,
  ) {
    this.#module = module;
    this.#values = values;
    this.#cells = cells;
    this.#isUntouched = isUntouched;
  }

  /** Follows a call of a function of the module. */
  call(target: FunctionRef, args: readonly PassValue[]): PassValue | null {
    const found = this.#module.functions.find(({ ref }) => ref === target);
    if (!found) throw new NotStraight(`no function ${target.name}`);
    const { locals, body, result } = found.builder;
    const own = locals.map(({ type }, i) => args[i] ?? this.#zero(type));
    this.#block(body, own);
    return result && this.#value(result, own);
  }

  #zero(type: WasmType): PassValue {
    return type === "v128" ? this.#values.words([0, 0, 0, 0]) : this.#values.number(type, 0);
  }

  #block(statements: readonly CodeStatement[], locals: Locals): void {
    for (const statement of statements) this.#statement(statement, locals);
  }

  #statement(statement: CodeStatement, locals: Locals): void {
    if (++this.#steps > MOST_STEPS) throw new NotStraight("too many steps");
    switch (statement.kind) {
      case "set": {
        const value = this.#value(statement.value, locals);
        if (statement.to.kind === "global") {
          if (this.#isMaybe) throw new NotStraight("a global in a branch");
          this.#globals.set(statement.to, value);
        } else locals[statement.to.index] = value;
        return;
      }
      case "do":
        this.#do(statement.expr, locals);
        return;
      case "if":
        this.#if(statement, locals);
        return;
      case "loop": {
        let again: number | null;
        do {
          this.#block(statement.body, locals);
          again = numberOf(this.#value(statement.condition, locals));
          if (again === null) throw new NotStraight("a loop of unknown length");
        } while (again !== 0);
        return;
      }
    }
  }

  #if(
    { condition, body, otherwise }: Extract<CodeStatement, { kind: "if" }>,
    locals: Locals,
  ): void {
    const test = this.#value(condition, locals);
    const known = numberOf(test);
    if (known !== null) {
      this.#block(known === 0 ? otherwise : body, locals);
      return;
    }
    const check = this.#checkIn(body);
    if (check && otherwise.length === 0) {
      const args = check.args.map((arg) => this.#value(arg, locals));
      const before = this.#values.all.length;
      if (this.#isMaybe) throw new NotStraight("a check in a branch");
      // What was found in order once is so.
      if (this.checks.some(({ condition }) => condition === test)) return;
      this.checks.push({ condition: test, target: check.target, args, before });
      return;
    }
    const outer = this.#isMaybe;
    this.#isMaybe = true;
    const [first, second] = [[...locals], [...locals]];
    this.#block(body, first);
    this.#block(otherwise, second);
    this.#isMaybe = outer;
    first.forEach((value, i) => {
      locals[i] = value === second[i] ? value : this.#values.select(value, second[i]!, test);
    });
  }

  /** The call of a function from outside that is all that a branch has. */
  #checkIn(body: readonly CodeStatement[]): Extract<Expr, { kind: "call" }> | null {
    const [only, ...more] = body;
    if (more.length > 0 || only?.kind !== "do" || only.expr.kind !== "call") return null;
    return only.expr.target.index < 0 ? only.expr : null;
  }

  #do(expr: Expr, locals: Locals): void {
    if (this.#isMaybe) throw new NotStraight("an effect in a branch");
    if (expr.kind === "call") {
      if (expr.target.index < 0) throw new NotStraight("a call from outside");
      const args = expr.args.map((arg) => this.#value(arg, locals));
      this.call(expr.target, args);
      return;
    }
    if (expr.kind !== "op") throw new NotStraight(expr.kind);
    const args = expr.args.map((arg) => this.#value(arg, locals));
    const numbers = args.map(numberOf);
    const [to, second, third] = numbers as [number | null, number | null, number | null];
    const areKnown = numbers.every((one) => one !== null);
    if (expr.op === "memory.copy" && areKnown) this.#cells.copy(to!, second!, third!);
    else if (expr.op === "memory.fill" && areKnown) this.#cells.fill(to!, second!, third!);
    else if (expr.instruction.alignment !== null && args.length === 2 && to !== null) {
      this.#cells.store(expr.op, to + expr.offset, args[1]!, expr.lanes);
    } else throw new NotStraight(expr.op);
  }

  #value(expr: Expr, locals: Locals): PassValue {
    const values = this.#values;
    switch (expr.kind) {
      case "get":
        return expr.from.kind === "local"
          ? locals[(expr.from as Local).index]!
          : (this.#globals.get(expr.from) ?? this.#zero(expr.from.type));
      case "const":
        return values.number(expr.type, expr.type === "f32" ? Math.fround(expr.value) : expr.value);
      case "v128":
        return values.words(expr.words);
      case "select": {
        const [a, b, condition] = expr.args.map((arg) => this.#value(arg, locals));
        return values.select(a!, b!, condition!);
      }
      case "call":
        return this.#called(expr, locals);
      case "op": {
        const args = expr.args.map((arg) => this.#value(arg, locals));
        if (expr.instruction.alignment !== null) return this.#load(expr, args);
        return this.#moved(expr, args) ?? values.op(expr.op, expr.type!, args, expr.lanes);
      }
    }
  }

  #called({ target, args }: Extract<Expr, { kind: "call" }>, locals: Locals): PassValue {
    const given = args.map((arg) => this.#value(arg, locals));
    if (target.index >= 0) return this.call(target, given)!;
    // It is called in a branch that is not taken, too: what it gives is then let go.
    return this.#values.call(target, given);
  }

  /** What only moves words, put together anew from where they come. */
  #moved(
    { op, lanes, type }: Extract<Expr, { kind: "op" }>,
    args: readonly PassValue[],
  ): PassValue | null {
    const values = this.#values;
    if (op.endsWith(".splat") || op === "i8x16.shuffle" || op.includes("_lane")) {
      if (op.startsWith("i8x16") && op !== "i8x16.shuffle") return null;
      const made = values.op(op, type!, args, lanes);
      return simpler(values, made);
    }
    return null;
  }

  #load(
    { op, type, offset, lanes }: Extract<Expr, { kind: "op" }>,
    [address, onto]: readonly PassValue[],
  ): PassValue {
    const known = numberOf(address!);
    if (known !== null) return this.#cells.load(op, type!, known + offset, lanes, onto);
    if (op.includes("atomic") || onto) throw new NotStraight(op);
    const { at, bytes } = split(address!);
    if (!this.#isUntouched(bytes + offset)) throw new NotStraight("a written array by index");
    // Halves of vectors stay where vectors are.
    if (op === "i64.load") {
      const half = this.#values.load("v128.load64_zero", "v128", at, bytes + offset);
      return this.#values.op("i64x2.extract_lane", "i64", [half], [0]);
    }
    return this.#values.load(op, type!, at, bytes + offset);
  }
}

/** An address as what is not known of it, and the bytes that are added. */
function split(address: PassValue): { at: PassValue; bytes: number } {
  const { what, args } = address;
  if (what.kind === "op" && what.op === "i32.add") {
    for (const [a, b] of [args, [...args].reverse()] as [PassValue, PassValue][]) {
      const bytes = numberOf(a);
      if (bytes === null) continue;
      const rest = split(b);
      return { at: rest.at, bytes: rest.bytes + bytes };
    }
  }
  return { at: address, bytes: 0 };
}

/** The same words from where they come, where that takes no more. */
function simpler(values: PassValues, made: PassValue): PassValue {
  if (made.what.kind !== "op") return made;
  return madeOf(values, made.type, wordsIn(made));
}
