// A pass as the body of a loop: each value computed once, in locals that are used again when it is done.

import {
  call,
  type Expr,
  type FunctionBuilder,
  f32,
  f64,
  i32,
  i32x4,
  i64,
  instruction,
  type Local,
  load,
  ModuleBuilder,
  select,
  toExpr,
} from "../code/index.ts";
import type { WasmType } from "../code/instructions.ts";
import type { NumberPool } from "../kernels/kernel.ts";
import type { Pass } from "./pass.ts";
import { inTurns, type Step } from "./schedule.ts";
import { type FinalStore, finalStores } from "./stores.ts";
import type { PassCheck } from "./trace.ts";
import type { PassValue } from "./values.ts";
import { madeOf } from "./words.ts";

const RUN = ["times", "thread", "threads"].map((name) => ({ name, type: "i32" }) as const);
/** Expressions are not nested deeper. */
const DEEPEST = 24;

const NUMBERS = { i32, i64, f32, f64 };

/**
 * A module whose function run(times, thread, threads) is so many passes.
 * @param numbers where they are to be read; null where they are to be written in the code
 */
export function moduleOf(
  pass: Pass,
  numbers: NumberPool | null,
  sharedMemory: boolean,
): ModuleBuilder {
  const module = new ModuleBuilder({ sharedMemory });
  const run = module.function("run", RUN, null, (f) => {
    new PassWriter(module, f, pass, numbers).write();
  });
  module.export("run", run);
  return module;
}

class PassWriter {
  readonly #module: ModuleBuilder;
  readonly #f: FunctionBuilder;
  readonly #pass: Pass;
  readonly #numbers: NumberPool | null;
  /** Always 0: the runtime makes one instruction of a load from it, with all the rest as an offset. */
  readonly #zero: Local;
  readonly #stores: readonly FinalStore[];
  readonly #carried: readonly { readonly value: PassValue; readonly next: PassValue }[];
  /** PassValues that another reads, of those that are needed, each time. */
  readonly #uses = new Map<PassValue, number>();
  readonly #locals = new Map<PassValue, Local>();
  readonly #depths = new Map<PassValue, number>();
  /** How often each local value is still read. */
  readonly #left = new Map<PassValue, number>();
  readonly #free = new Map<WasmType, Local[]>();

  constructor(module: ModuleBuilder, f: FunctionBuilder, pass: Pass, numbers: NumberPool | null) {
    this.#numbers = numbers;
    this.#module = module;
    this.#f = f;
    this.#pass = pass;
    this.#zero = f.local("i32", "zero");
    this.#carried = pass.carried.map(({ value, words }) => {
      return { value, next: madeOf(pass.values, value.type, words) };
    });
    this.#stores = pass.stores.flatMap((store) => finalStores(pass, store));
  }

  write(): void {
    const f = this.#f;
    this.#countUses();
    for (const { value } of this.#carried)
      this.#locals.set(value, f.keep(this.#load(value), "carried"));
    const steps = this.#steps();
    f.for(0, f.params[0]!, 1, () => {
      for (const step of this.#numbers ? inTurns(steps) : steps) {
        if ("id" in step) this.#keep(step);
        else this.#check(step);
      }
      const nexts = this.#carried
        .filter(({ value }) => this.#uses.has(value))
        .map(({ value, next }) => [value, f.keep(this.#read(next), "next")] as const);
      for (const { op: name, address, value, lane } of this.#stores) {
        f.store(name, this.#zero, this.#read(value), address, lane ?? undefined);
      }
      for (const [value, next] of nexts) f.set(this.#locals.get(value)!, next);
    });
  }

  /** Checks and the values that have locals of their own, in the order in which they were made. */
  #steps(): Step[] {
    const { checks, values } = this.#pass;
    const waiting = [...checks];
    const steps: Step[] = [];
    for (const value of values.all) {
      if (!this.#uses.has(value)) continue;
      while (waiting.length > 0 && waiting[0]!.before <= value.id) steps.push(waiting.shift()!);
      if (this.#isKept(value)) steps.push(value);
    }
    return [...steps, ...waiting];
  }

  /** Everything that stores, checks and the next pass need, and how often. */
  #countUses(): void {
    const { checks } = this.#pass;
    const waiting: PassValue[] = [];
    const use = (value: PassValue) => {
      const before = this.#uses.get(value);
      this.#uses.set(value, (before ?? 0) + 1);
      if (before === undefined) waiting.push(value);
    };
    const follow = () => {
      for (let value = waiting.pop(); value; value = waiting.pop()) value.args.forEach(use);
    };
    for (const { value } of this.#stores) use(value);
    for (const { condition, args } of checks) [condition, ...args].forEach(use);
    follow();
    // A next value may need what else is carried.
    const done = new Set<unknown>();
    const next = () => this.#carried.find((one) => !done.has(one) && this.#uses.has(one.value));
    for (let one = next(); one; one = next()) {
      done.add(one);
      use(one.next);
      follow();
    }
  }

  #check({ condition, target, args }: PassCheck): void {
    const f = this.#f;
    const fail = this.#module.import(target.name, target.params, target.result);
    const test = this.#read(condition);
    const given = args.map((arg) => this.#read(arg));
    f.if(test, () => f.do(call(fail, ...given)));
  }

  /** Whether a value has a local of its own. */
  #isKept(value: PassValue): boolean {
    if (this.#locals.has(value)) return false;
    const { what, args } = value;
    if (what.kind === "number" || what.kind === "words") return false;
    if (what.kind === "load") return args.length > 0;
    // What is written inside of another is computed there, and not in its turn.
    if (this.#numbers) return true;
    const depth = 1 + Math.max(0, ...args.map((arg) => this.#depths.get(arg) ?? 0));
    if (what.kind === "call" || this.#uses.get(value)! > 1 || depth > DEEPEST) return true;
    this.#depths.set(value, depth);
    return false;
  }

  #keep(value: PassValue): void {
    const expr = this.#computed(value);
    const free = this.#free.get(value.type)?.pop();
    const local = free ?? this.#f.local(value.type);
    this.#f.set(local, expr);
    this.#locals.set(value, local);
    this.#left.set(value, this.#uses.get(value)!);
  }

  #read(value: PassValue): Expr {
    const local = this.#locals.get(value);
    if (!local) return this.#computed(value);
    const left = this.#left.get(value);
    if (left !== undefined) {
      this.#left.set(value, left - 1);
      const free = this.#free.get(local.type) ?? [];
      this.#free.set(local.type, free);
      if (left === 1) free.push(local);
    }
    return toExpr(local);
  }

  #computed(value: PassValue): Expr {
    const { what, type, args } = value;
    switch (what.kind) {
      case "number":
        return NUMBERS[type as keyof typeof NUMBERS](what.value);
      case "words":
        return this.#words(what.words);
      case "load":
        return this.#load(value);
      case "op":
        return instruction(
          what.op,
          args.map((arg) => this.#read(arg)),
          0,
          what.lanes,
        );
      case "select": {
        const [a, b, condition] = args.map((arg) => this.#read(arg));
        return select(condition!, a!, b!);
      }
      case "call": {
        const { name, params, result } = what.target;
        const target = this.#module.import(name, params, result);
        return call(target, ...args.map((arg) => this.#read(arg)));
      }
    }
  }

  #words([bits, ...others]: readonly number[]): Expr {
    const isOne = others.every((word) => word === bits);
    if (!this.#numbers || !isOne || bits === 0 || bits === -1) return i32x4(bits!, ...others);
    return load("v128.load", this.#zero, this.#numbers.addressOf(bits!));
  }

  #load({ what, args: [at] }: PassValue): Expr {
    const { op, offset } = what as Extract<PassValue["what"], { kind: "load" }>;
    return load(op, at ? this.#read(at) : this.#zero, offset);
  }
}
