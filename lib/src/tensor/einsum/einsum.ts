// Einstein summation: any product of tensors, written by naming their axes.

import { text, worded } from "../../checks/arguments.ts";
import { signature } from "../../checks/signature.ts";
import { sizeOf } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { type AxisName, readEquation } from "./equation.ts";

/** A tensor whose axes have names. */
interface Named {
  readonly axes: readonly AxisName[];
  readonly x: Tensor;
}

const equationKind = worded('an equation such as "ij,jk->ik"', text);
const checkEinsum = signature<typeof einsum>(
  "einsum(equation, ...operands)",
  equationKind,
  tensorKind,
);

/**
 * `einsum("ij,jk->ik", a, b)`: axes of equal letters run together; letters missing on the right are
 * summed. Without `->` the result has the letters that occur once, in alphabetical order. A letter
 * twice in one operand takes the diagonal. `...` stands for all axes that have no letter, which
 * broadcast: "...ij,...jk->...ik" multiplies stacks of matrices. Operands are contracted from left to
 * right.
 */
export function einsum(equation: string, ...operands: Tensor[]): Tensor {
  checkEinsum(arguments);
  const { inputs, output, sizes } = readEquation(
    equation,
    operands.map(({ type }) => type.shape),
  );
  const named = operands.map((x, i) => diagonal(shrunk({ axes: inputs[i]!, x }, sizes)));
  const result = named.reduce((left, right, i) => {
    const later = new Set([...output, ...inputs.slice(i + 1).flat()]);
    return contract(left, right, (letter) => later.has(letter));
  });
  const summed = sumOut(result, (letter) => output.includes(letter));
  const perm = output.map((letter) => summed.axes.indexOf(letter));
  return broadcastTo(
    prims.transpose(summed.x, { perm }),
    output.map((letter) => sizes.get(letter)!),
  );
}

/** Axes of length 1 that `...` stretches go: the result gets their length from the other operands. */
function shrunk({ axes, x }: Named, sizes: ReadonlyMap<AxisName, number>): Named {
  const kept = axes.flatMap((name, i) => (x.type.shape[i] === sizes.get(name) ? [i] : []));
  if (kept.length === axes.length) return { axes, x };
  const shape = kept.map((i) => x.type.shape[i]!);
  return { axes: kept.map((i) => axes[i]!), x: prims.reshape(x, { shape }) };
}

/** A repeated letter kept once: the elements where its axes agree. */
function diagonal({ axes, x }: Named): Named {
  const again = axes.findIndex((letter, i) => axes.indexOf(letter) < i);
  if (again < 0) return { axes, x };
  const first = axes.indexOf(axes[again]!);
  const rest = axes.flatMap((_, i) => (i === first || i === again ? [] : [i]));
  const n = x.type.shape[first]!;
  const others = rest.map((axis) => x.type.shape[axis]!);
  const square = prims.transpose(x, { perm: [first, again, ...rest] });
  const rows = prims.reshape(square, { shape: [n * n, ...others] });
  const step = prims.iota({ length: n, dtype: "int32" });
  const places = prims.mul(step, spread(step, n + 1));
  const taken = prims.gather(rows, places);
  return diagonal({ axes: [axes[first]!, ...rest.map((axis) => axes[axis]!)], x: taken });
}

/** `value` in every element of an int32 vector like `x`. */
function spread(x: Tensor, value: number): Tensor {
  const constant = { data: new Int32Array([value]), dtype: "int32", shape: [1] } as const;
  return prims.expand(prims.constant(constant), { shape: x.type.shape });
}

/** Sums over every axis that is not wanted. */
function sumOut({ axes, x }: Named, wanted: (letter: AxisName) => boolean): Named {
  const gone = axes.flatMap((letter, i) => (wanted(letter) ? [] : [i]));
  if (gone.length === 0) return { axes, x };
  return { axes: axes.filter(wanted), x: prims.sum(x, { axes: gone }) };
}

/** Two operands to one, as a batched matrix product: [shared kept, left only, summed] x [.., right]. */
function contract(a: Named, b: Named, kept: (letter: AxisName) => boolean): Named {
  const left = sumOut(a, (letter) => kept(letter) || b.axes.includes(letter));
  const right = sumOut(b, (letter) => kept(letter) || a.axes.includes(letter));
  const shared = left.axes.filter((letter) => right.axes.includes(letter));
  const batch = shared.filter(kept);
  const inner = shared.filter((letter) => !kept(letter));
  const onlyLeft = left.axes.filter((letter) => !shared.includes(letter));
  const onlyRight = right.axes.filter((letter) => !shared.includes(letter));
  const product = prims.matmul(
    grouped(left, [batch, onlyLeft, inner]),
    grouped(right, [batch, inner, onlyRight]),
  );
  const axes = [...batch, ...onlyLeft, ...onlyRight];
  const size = (letter: AxisName) =>
    left.axes.includes(letter)
      ? left.x.type.shape[left.axes.indexOf(letter)]!
      : right.x.type.shape[right.axes.indexOf(letter)]!;
  return { axes, x: prims.reshape(product, { shape: axes.map(size) }) };
}

/** The axes in the order of the groups, each group merged into one axis. */
function grouped({ axes, x }: Named, groups: readonly (readonly AxisName[])[]): Tensor {
  const perm = groups.flat().map((letter) => axes.indexOf(letter));
  const shape = groups.map((group) => sizeOf(group.map((l) => x.type.shape[axes.indexOf(l)]!)));
  return prims.reshape(prims.transpose(x, { perm }), { shape });
}
