// Wasm expressions and statements as trees, each checked against the instruction table when built.

import { NeuriteError } from "../../../checks/errors.ts";
import { INSTRUCTIONS, type Instruction, type WasmType } from "./instructions.ts";

/** A local variable of a function; the first ones are its parameters. */
export interface Local {
  readonly kind: "local";
  readonly type: WasmType;
  readonly index: number;
  readonly name: string;
}

/** A global variable of a module. */
export interface Global {
  readonly kind: "global";
  readonly type: WasmType;
  readonly index: number;
  readonly name: string;
}

/** What a call needs to know about a function. */
export interface FunctionRef {
  readonly index: number;
  readonly name: string;
  readonly params: readonly WasmType[];
  readonly result: WasmType | null;
}

/** A tree of instructions that leaves one value, or none where `type` is null. */
export type Expr =
  | {
      readonly kind: "op";
      readonly op: string;
      readonly instruction: Instruction;
      readonly type: WasmType | null;
      readonly args: readonly Expr[];
      /** The bytes to add to the address. */
      readonly offset: number;
      readonly lanes: readonly number[];
    }
  | { readonly kind: "const"; readonly type: "i32" | "i64" | "f32" | "f64"; readonly value: number }
  /** Four int32 lanes, or what is as many bits. */
  | { readonly kind: "v128"; readonly type: "v128"; readonly words: readonly number[] }
  | { readonly kind: "get"; readonly type: WasmType; readonly from: Local | Global }
  | {
      readonly kind: "call";
      readonly type: WasmType | null;
      readonly target: FunctionRef;
      readonly args: readonly Expr[];
    }
  | {
      readonly kind: "select";
      readonly type: WasmType;
      readonly args: readonly [a: Expr, b: Expr, condition: Expr];
    };

export type CodeStatement =
  | { readonly kind: "do"; readonly expr: Expr }
  | { readonly kind: "set"; readonly to: Local | Global; readonly value: Expr }
  | {
      readonly kind: "if";
      readonly condition: Expr;
      readonly body: readonly CodeStatement[];
      readonly otherwise: readonly CodeStatement[];
    }
  /** Runs its body, and again as long as the condition holds after it. */
  | { readonly kind: "loop"; readonly body: readonly CodeStatement[]; readonly condition: Expr };

/** An expression, a variable's value, or an i32 constant. */
export type Operand = Expr | Local | Global | number;

export function toExpr(operand: Operand): Expr {
  if (typeof operand === "number") return i32(operand);
  if (operand.kind === "local" || operand.kind === "global") {
    return { kind: "get", type: operand.type, from: operand };
  }
  return operand;
}

export const i32 = (value: number): Expr => ({ kind: "const", type: "i32", value });
export const i64 = (value: number): Expr => ({ kind: "const", type: "i64", value });
export const f32 = (value: number): Expr => ({ kind: "const", type: "f32", value });
export const f64 = (value: number): Expr => ({ kind: "const", type: "f64", value });

function v128(...words: readonly [number, number, number, number]): Expr {
  return { kind: "v128", type: "v128", words };
}

/** Where floats are looked at as words: a kernel has thousands, and an array for each takes time. */
const FLOATS = new Float32Array(1);
const DOUBLES = new Float64Array(1);
const WORD = new Int32Array(FLOATS.buffer) as unknown as readonly [number];
const WORDS = new Int32Array(DOUBLES.buffer) as unknown as readonly [number, number];

/** The same number in all four float lanes. */
export const f32x4 = (value: number): Expr => {
  FLOATS[0] = value;
  return v128(WORD[0], WORD[0], WORD[0], WORD[0]);
};
/** The same number in both double lanes. */
export const f64x2 = (value: number): Expr => {
  DOUBLES[0] = value;
  return v128(...WORDS, ...WORDS);
};
/** One int32 for all four lanes, or four. */
export const i32x4 = (...values: readonly number[]): Expr => {
  const [a = 0, b = a, c = a, d = a] = values.map((value) => value | 0);
  return v128(a, b, c, d);
};

/** An instruction without immediates. @throws NeuriteError where operands do not fit */
export function op(name: string, ...operands: readonly Operand[]): Expr {
  return instruction(name, operands, 0, []);
}

/** An instruction that reads memory at an address plus `offset` bytes. */
export function load(name: string, address: Operand, offset = 0): Expr {
  return instruction(name, [address], offset, []);
}

/** An instruction with lane numbers: extract, replace, shuffle. */
export function lane(
  name: string,
  lanes: number | readonly number[],
  ...operands: Operand[]
): Expr {
  return instruction(name, operands, 0, typeof lanes === "number" ? [lanes] : lanes);
}

/** a where the condition is not 0, else b; both are computed. */
export function select(condition: Operand, a: Operand, b: Operand): Expr {
  const [x, y] = [toExpr(a), toExpr(b)];
  if (x.type === null || x.type !== y.type) throw new NeuriteError("wasm: select of two types");
  return { kind: "select", type: x.type, args: [x, y, toExpr(condition)] };
}

export function call(target: FunctionRef, ...operands: readonly Operand[]): Expr {
  const args = operands.map(toExpr);
  expectTypes(target.name, args, target.params);
  return { kind: "call", type: target.result, target, args };
}

/** Any instruction, with all it may need. */
export function instruction(
  name: string,
  operands: readonly Operand[],
  offset: number,
  lanes: readonly number[],
): Expr {
  const known = INSTRUCTIONS.get(name);
  if (!known) throw new NeuriteError(`wasm: unknown instruction ${name}`);
  const args = operands.map(toExpr);
  expectTypes(name, args, known.operands);
  return { kind: "op", op: name, instruction: known, type: known.result, args, offset, lanes };
}

function expectTypes(name: string, args: readonly Expr[], types: readonly WasmType[]): void {
  let fits = args.length === types.length;
  for (let i = 0; i < types.length; i++) fits &&= args[i]?.type === types[i];
  if (fits) return;
  const received = args.map(({ type }) => type ?? "nothing").join(" ");
  throw new NeuriteError(`wasm: ${name} expects ${types.join(" ")}, received ${received}`);
}

/** a + b on addresses and indices, folded where both are constants or one is 0. */
export function plus(a: Operand, b: Operand): Expr {
  const [x, y] = [toExpr(a), toExpr(b)];
  if (x.kind === "const" && y.kind === "const") return i32((x.value + y.value) | 0);
  if (x.kind === "const" && x.value === 0) return y;
  if (y.kind === "const" && y.value === 0) return x;
  return op("i32.add", x, y);
}

/** a * factor on addresses and indices. */
export function times(a: Operand, factor: number): Expr {
  const x = toExpr(a);
  if (x.kind === "const") return i32(Math.imul(x.value, factor));
  if (factor === 0) return i32(0);
  if (factor === 1) return x;
  const shift = Math.log2(factor);
  return Number.isInteger(shift) ? op("i32.shl", x, shift) : op("i32.mul", x, factor);
}
