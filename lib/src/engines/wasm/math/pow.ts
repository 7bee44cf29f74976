// pow: JavaScript's own, with the special cases of IEEE 754 that it lacks.

import { op } from "../code/index.ts";
import { choose, type VectorFunction } from "./context.ts";
import { byDefinition } from "./definition.ts";

/** 1 to any power is 1, and so is -1 to an infinite one; JavaScript says NaN. */
export const pow: VectorFunction = (m, first, second) => {
  const { splat } = m;
  const [a, b] = [first!, second!];
  const isOne = op("f32x4.eq", a, splat(1));
  const isEndless = op("f32x4.eq", op("f32x4.abs", b), splat(Infinity));
  const isMinusOne = op("v128.and", op("f32x4.eq", a, splat(-1)), isEndless);
  return choose(op("v128.or", isOne, isMinusOne), splat(1), byDefinition("pow")(m, a, b));
};
