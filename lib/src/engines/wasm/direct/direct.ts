// Eager ops without a compilation for their shapes: which of them, and how each keeps a program's bits.

import type { DataArray } from "../../../ir/dtype.ts";
import type { OpName, OpParams } from "../../../ir/op-table.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { NdArray } from "../../../ops/define.ts";
import { opOf } from "../../../ops/table.ts";
import { traitsOf } from "../../../ops/traits.ts";
import { evaluateOp } from "../../reference/evaluate.ts";
import type { Blocks } from "./blocks.ts";
import type { Products } from "./product.ts";
import { sumFloat32 } from "./sum.ts";

/** What ops do on arrays of any shape. */
export interface Means {
  readonly blocks: Blocks;
  readonly products: () => Products;
}

/** From how many elements on a program is faster than the ops' own definitions. */
const MOST_ELEMENTS = 2 ** 14;
/** From how many on a block is, for an elementwise op. */
const WORTH_A_BLOCK = 64;
/** Multiply-adds of a product that take less time than a program's call. */
const SMALL_PRODUCT = 2 ** 13;
/** And those of one that is worth a program if it comes often. */
const LARGE_PRODUCT = 2 ** 19;
const OFTEN = 8;
/** How many shapes of products are counted at a time. */
const MOST_COUNTED = 1024;

/** Arithmetic that the reference engine has loops of its own for. */
const LOOPS: ReadonlySet<OpName> = new Set(["add", "sub", "mul", "div"]);
/** Movement in whole rows: as fast as memory. */
const ROWS: ReadonlySet<OpName> = new Set(["expand", "slice", "concat", "gather"]);
/** Those whose definition is much slower than a kernel, or rounds otherwise. */
const COMPILED: ReadonlySet<OpName> = new Set(["conv", "convGradInput", "convGradKernel"]);

export class Direct {
  readonly #means: Means;
  /** How often products of one shape came. */
  readonly #counts = new Map<string, number>();

  constructor(means: Means) {
    this.#means = means;
  }

  /** The results, or null where only a program gives them, or where it is faster. */
  run<N extends OpName>(
    op: N,
    operands: readonly NdArray[],
    params: OpParams<N>,
    types: readonly TensorType[],
  ): DataArray[] | null {
    if (op === "reshape" || op === "stopGradient") return [operands[0]!.data];
    if (opOf(op).meaning.kind === "scalar") {
      return this.#elementwise(op, operands, params, types);
    }
    if (op === "matmul") return this.#matmul(operands as [NdArray, NdArray], types[0]!);
    if (op === "sum" && types[0]!.dtype === "float32") {
      return [sumFloat32(operands[0]!, (params as OpParams<"sum">).axes)];
    }
    if (traitsOf(op).graphs || COMPILED.has(op)) return null;
    let most = sizeOf(types[0]!.shape);
    for (const { data } of operands) most = Math.max(most, data.length);
    if (most > MOST_ELEMENTS && !ROWS.has(op)) return null;
    return evaluateOp(op, operands, params, types);
  }

  #elementwise<N extends OpName>(
    op: N,
    operands: readonly NdArray[],
    params: OpParams<N>,
    types: readonly TensorType[],
  ): DataArray[] {
    const [{ data, dtype }] = operands as [NdArray];
    const isExact = traitsOf(op).exact === true;
    const isFloat64 = dtype === "float64";
    const isLoop = LOOPS.has(op) && (isFloat64 || dtype === "float32");
    // Functions of float64 are the ops' definitions in kernels, too.
    const isSmall = data.length < WORTH_A_BLOCK;
    const isDefinition = isExact ? isSmall || isLoop : isFloat64;
    if (isDefinition) return evaluateOp(op, operands, params, types);
    return [this.#means.blocks.run(op, operands, params, types[0]!.dtype)];
  }

  #matmul([a, b]: readonly [NdArray, NdArray], type: TensorType): DataArray[] | null {
    const work = a.data.length * b.shape.at(-1)!;
    if (type.dtype !== "float32") {
      return work < SMALL_PRODUCT ? evaluateOp("matmul", [a, b], null, [type]) : null;
    }
    if (work >= LARGE_PRODUCT || (work >= SMALL_PRODUCT && this.#isFrequent(a, b))) return null;
    return [this.#means.products().run(a, b)];
  }

  #isFrequent(a: NdArray, b: NdArray): boolean {
    const key = `${a.shape} ${b.shape}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    if (this.#counts.size >= MOST_COUNTED) this.#counts.clear();
    this.#counts.set(key, count);
    return count > OFTEN;
  }
}
