// Elementwise ops on arrays of any size: programs over blocks of a few sizes, one block after the other.

import { allocate, type DataArray } from "../../../ir/dtype.ts";
import type { Graph } from "../../../ir/graph.ts";
import { makeGraph, Node, Value } from "../../../ir/graph.ts";
import type { OpName, OpParams } from "../../../ir/op-table.ts";
import type { NdArray } from "../../../ops/define.ts";
import type { WasmProgram } from "../run/program.ts";

/** Elements of a block; what is left of an array takes the smallest block that holds it. */
const SIZES = [16, 256, 4096] as const;
const LARGEST = 4096;

export class Blocks {
  readonly #compile: (graph: Graph) => WasmProgram;
  readonly #programs = new Map<string, WasmProgram>();

  constructor(compile: (graph: Graph) => WasmProgram) {
    this.#compile = compile;
  }

  /** An elementwise op; its result has the shape of its operands. */
  run<N extends OpName>(
    name: N,
    operands: readonly NdArray[],
    params: OpParams<N>,
    to: NdArray["dtype"],
  ): DataArray {
    const args = operands.map(({ data }) => data);
    const length = args[0]!.length;
    const result = allocate(to, length);
    for (let from = 0; from < length; ) {
      const rest = length - from;
      const size = SIZES.find((one) => one >= rest) ?? LARGEST;
      const count = Math.min(size, rest);
      this.#program(name, operands, params, to, size).runPart(args, result, from, count);
      from += count;
    }
    return result;
  }

  #program<N extends OpName>(
    name: N,
    operands: readonly NdArray[],
    params: OpParams<N>,
    to: NdArray["dtype"],
    size: number,
  ): WasmProgram {
    const key = `${name} ${operands.at(-1)!.dtype} ${to} ${size}`;
    const known = this.#programs.get(key);
    if (known) return known;
    const shape = [size];
    const values = operands.map(({ dtype }) => new Value({ dtype, shape }));
    const { outputs } = new Node(name, values, params, [{ dtype: to, shape }]);
    const program = this.#compile(makeGraph(values, outputs));
    this.#programs.set(key, program);
    return program;
  }
}
