// Movement ops that move nothing, or that one op can do in the place of two.

import { isFloat } from "../../ir/dtype.ts";
import { sameType } from "../../ir/type.ts";
import { canonicalFill, type Rule, type Rules } from "./context.ts";

const reshape: Rule<"reshape"> = (context, { inputs: [x], outputs: [y], params }) => {
  if (sameType(x.type, y.type)) return x;
  const before = context.made(x, "reshape");
  return before && context.o.reshape(before.inputs[0], params);
};

const transpose: Rule<"transpose"> = (context, { inputs: [x], params: { perm } }) => {
  if (perm.every((axis, i) => axis === i)) return x;
  const before = context.made(x, "transpose");
  if (before) {
    const both = perm.map((axis) => before.params.perm[axis]!);
    return context.o.transpose(before.inputs[0], { perm: both });
  }
  // Axes of length 1 may stand anywhere: the numbers stay where they are in memory.
  const { shape } = x.type;
  const long = perm.filter((axis) => shape[axis] !== 1);
  const inOrder = long.every((axis, i) => i === 0 || long[i - 1]! < axis);
  return inOrder ? context.o.reshape(x, { shape: perm.map((axis) => shape[axis]!) }) : null;
};

const expand: Rule<"expand"> = (context, { inputs: [x], outputs: [y], params }) => {
  if (sameType(x.type, y.type)) return x;
  const before = context.made(x, "expand");
  return before && context.o.expand(before.inputs[0], params);
};

const slice: Rule<"slice"> = (context, { inputs: [x], outputs: [y], params: { start, step } }) => {
  if (sameType(x.type, y.type)) return x;
  const before = context.made(x, "slice");
  if (!before || y.type.shape.includes(0)) return null;
  const { params } = before;
  const first = start.map((at, i) => params.start[i]! + at * params.step[i]!);
  const steps = step.map((by, i) => by * params.step[i]!);
  const end = y.type.shape.map((length, i) => first[i]! + (length - 1) * steps[i]! + 1);
  return context.o.slice(before.inputs[0], { start: first, end, step: steps });
};

const flip: Rule<"flip"> = (context, { inputs: [x], params }) => {
  const { shape } = x.type;
  const axes = params.axes.filter((axis) => shape[axis]! > 1);
  if (axes.length === 0) return x;
  const before = context.made(x, "flip");
  if (before) {
    const turned = before.params.axes;
    const once = shape.flatMap((_, i) => (axes.includes(i) === turned.includes(i) ? [] : [i]));
    return context.o.flip(before.inputs[0], { axes: once });
  }
  return axes.length < params.axes.length ? context.o.flip(x, { axes }) : null;
};

const concat: Rule<"concat"> = (context, { inputs, params }) => {
  const [first] = inputs;
  const full = inputs.filter(({ type }) => type.shape[params.axis]! > 0);
  if (full.length <= 1) return full[0] ?? first!;
  return full.length < inputs.length ? context.o.concat(...full, params) : null;
};

/** The reduction of one number each is that number, but for the sum of -0, which is 0. */
const reduceMax: Rule<"reduceMax"> = (context, { inputs: [x], outputs: [y], params: { axes } }) =>
  axes.every((axis) => x.type.shape[axis] === 1)
    ? context.o.reshape(x, { shape: y.type.shape })
    : null;

const sum: Rule<"sum"> = (context, { inputs: [x], outputs: [y], params: { axes } }) => {
  if (!axes.every((axis) => x.type.shape[axis] === 1)) return null;
  const source = context.made(x, "reshape")?.inputs[0] ?? x;
  // Integers know no -0, and no sum of floats is -0; of others 0 + x makes the 0 that the sum gives.
  const isSafe = !isFloat(x.type.dtype) || context.made(source, "sum");
  if (isSafe) return context.o.reshape(x, { shape: y.type.shape });
  if (axes.length === 0) return null;
  const positive = context.o.add(x, canonicalFill(context.o, x.type, 0));
  return context.o.reshape(positive, { shape: y.type.shape });
};

export const MOVEMENT_RULES: Rules = {
  reshape,
  transpose,
  expand,
  slice,
  flip,
  concat,
  pad: (_site, { inputs: [x], outputs: [y] }) => (sameType(x.type, y.type) ? x : null),
  reduceMax,
  sum,
};
