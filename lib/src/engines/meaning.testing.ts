// The ops' definitions, applied as directly as can be: what engines are compared with.

import { allocate, isFloat } from "../ir/dtype.ts";
import { sizeOf } from "../ir/shape.ts";
import type { NdArray } from "../ops/define.ts";
import { type Case, graphOf } from "../ops/samples.testing.ts";
import { opOf } from "../ops/table.ts";

/** What the definition of the case's op makes of `inputs`. */
export function meaningOf(given: Case, inputs: readonly NdArray[]): NdArray[] {
  const { meaning } = opOf(given.name);
  const outputs = graphOf(given).outputs.map(({ type }) => {
    return { ...type, data: allocate(type.dtype, sizeOf(type.shape)) };
  });
  if (meaning.kind === "array") {
    const noGraphs = () => {
      throw new Error(`${given.name}: samples hold no graphs`);
    };
    const context = { params: given.params as never, run: noGraphs };
    meaning.eval(inputs as never, outputs, context);
    return outputs;
  }
  const out = outputs[0]!;
  const f = given.name === "cast" ? (x: number) => stored(x, inputs[0]!, out) : scalarOf();
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = f(...(inputs.map(({ data }) => data[i]!) as [number]));
  }
  return outputs;

  function scalarOf(): (...elements: number[]) => number {
    if (meaning.kind !== "scalar") throw new Error("expected a scalar meaning");
    return isFloat(out.dtype) ? meaning.eval : (meaning.evalInt ?? meaning.eval);
  }
}

/** An element of `from` as one of `to`: floats truncate and clamp, NaN is 0, true is "not zero". */
function stored(x: number, from: NdArray, to: NdArray): number {
  if (to.dtype === "bool") return x === 0 ? 0 : 1;
  if (isFloat(to.dtype) || !isFloat(from.dtype)) return x;
  const [low, high] = to.dtype === "int32" ? [-(2 ** 31), 2 ** 31 - 1] : [0, 255];
  if (Number.isNaN(x)) return 0;
  return Math.max(low, Math.min(high, Math.trunc(x)));
}
