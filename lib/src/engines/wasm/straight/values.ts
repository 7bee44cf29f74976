// What a program computes in one pass, as a graph of instructions: the same one on the same operands once.

import type { FunctionRef } from "../code/index.ts";
import type { WasmType } from "../code/instructions.ts";
import { folded } from "./fold.ts";

/** One value of a pass; it never changes. */
export interface PassValue {
  /** PassValues are numbered in the order in which they are computed. */
  readonly id: number;
  readonly type: WasmType;
  readonly args: readonly PassValue[];
  readonly what:
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "words"; readonly words: readonly number[] }
    | { readonly kind: "op"; readonly op: string; readonly lanes: readonly number[] }
    /** Of memory as it was before the pass; without `args` at a place that is known. */
    | { readonly kind: "load"; readonly op: string; readonly offset: number }
    | { readonly kind: "call"; readonly target: FunctionRef }
    | { readonly kind: "select" };
}

/** A program that is not worth it, or not able to, run as one straight line. */
export class NotStraight extends Error {}

/** The most values that there may be: more would be code that no cache holds. Three of their numbers fit into a double. */
const MOST = 20_000;

export class PassValues {
  /** In the order in which they were made. */
  readonly all: PassValue[] = [];
  /** By the instruction with all that is written into it, then by its operands. */
  readonly #known = new Map<string, Map<number, PassValue>>();
  readonly #i32s = new Map<number, PassValue>();

  number(type: Exclude<WasmType, "v128">, value: number): PassValue {
    if (type === "i32") return this.i32(value);
    const exact = Object.is(value, -0) ? "-0" : String(value);
    return this.#make(`${type} ${exact}`, type, [], { kind: "number", value });
  }

  i32(value: number): PassValue {
    const whole = value | 0;
    const known = this.#i32s.get(whole);
    if (known) return known;
    const made = this.#add("i32", [], { kind: "number", value: whole });
    this.#i32s.set(whole, made);
    return made;
  }

  words(words: readonly number[]): PassValue {
    return this.#make(`words ${words.join(" ")}`, "v128", [], { kind: "words", words });
  }

  op(
    op: string,
    type: WasmType,
    args: readonly PassValue[],
    lanes: readonly number[] = [],
  ): PassValue {
    if (type === "i32") {
      const numbers = args.map(numberOf);
      const known = folded(op, numbers);
      if (known !== null) return this.i32(known);
      if (op === "i32.add" && numbers[0] === 0) return args[1]!;
      if (op === "i32.add" && numbers[1] === 0) return args[0]!;
    }
    const name = lanes.length > 0 ? `${op} ${lanes.join()}` : op;
    return this.#make(name, type, args, { kind: "op", op, lanes });
  }

  /** @param at what is not known of the address; null where all of it is in the offset */
  load(op: string, type: WasmType, at: PassValue | null, offset: number): PassValue {
    return this.#make(`${op} ${offset}`, type, at ? [at] : [], { kind: "load", op, offset });
  }

  call(target: FunctionRef, args: readonly PassValue[]): PassValue {
    return this.#make(`call ${target.name}`, target.result!, args, { kind: "call", target });
  }

  select(a: PassValue, b: PassValue, condition: PassValue): PassValue {
    const known = numberOf(condition);
    if (known !== null) return known === 0 ? b : a;
    if (a === b) return a;
    return this.#make("select", a.type, [a, b, condition], { kind: "select" });
  }

  /** The value that this instruction gives of these operands: a new one where there is none yet. */
  #make(
    instruction: string,
    type: WasmType,
    args: readonly PassValue[],
    what: PassValue["what"],
  ): PassValue {
    if (args.length > 3) throw new NotStraight(`${instruction} of ${args.length} operands`);
    let same = this.#known.get(instruction);
    if (!same) {
      same = new Map();
      this.#known.set(instruction, same);
    }
    let operands = 0;
    for (let i = 0; i < 3; i++) operands = operands * (MOST + 1) + (args[i] ? args[i]!.id + 1 : 0);
    const known = same.get(operands);
    if (known) return known;
    const made = this.#add(type, args, what);
    same.set(operands, made);
    return made;
  }

  #add(type: WasmType, args: readonly PassValue[], what: PassValue["what"]): PassValue {
    const id = this.all.length;
    if (id >= MOST) throw new NotStraight("too many values");
    const made: PassValue = { id, type, args, what };
    this.all.push(made);
    return made;
  }
}

/** An i32 that is known before the program runs, or null. */
export function numberOf({ type, what }: PassValue): number | null {
  return type === "i32" && what.kind === "number" ? what.value : null;
}
