// vmap: a function of single examples becomes a function of batches.

import {
  anything,
  either,
  expectOptions,
  func,
  type Kinds,
  listOf,
  oneOf,
  show,
  whole,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { otherAxes, showShape } from "../../ir/shape.ts";
import { checkedGraph } from "../../transforms/checked.ts";
import { TRANSFORMS } from "../../transforms/table.ts";
import { prims, runGraph } from "../interpreter/apply.ts";
import { explained, numbersIn } from "../interpreter/explained.ts";
import { traceGraph } from "../interpreter/tracing.ts";
import type { Tensor } from "../values/tensor.ts";
import { type Flat, flattenTree, type TreeFunction } from "../values/tree.ts";

/** Options of vmap(). */
export interface VmapOptions {
  /** The mapped axis of each argument, or null for one that all examples share; 0 by default. */
  readonly inAxes?: readonly (number | null)[];
}

const VMAP: Kinds<VmapOptions> = {
  inAxes: worded(
    "a list of axes, null where examples share an argument",
    listOf(either(whole, oneOf(null))),
  ),
};
const checkVmap = signature<typeof vmap>("vmap(f, { inAxes })", func, anything);

/**
 * f over a batch: every tensor of a mapped argument has one axis more, and so has every result, in
 * front. The function is traced, so it cannot read values.
 */
export function vmap<F extends TreeFunction>(f: F, options: VmapOptions = {}): F {
  checkVmap(arguments);
  expectOptions("vmap", options, VMAP);
  const { inAxes } = options;
  const mapped = (...args: unknown[]): unknown => {
    if (inAxes && inAxes.length !== args.length) {
      throw new ArgumentError(
        `vmap: expected an axis or null for each of ${args.length} arguments, ` +
          `received inAxes ${JSON.stringify(inAxes)}`,
      );
    }
    const flats = args.map((arg) => flattenTree(arg));
    const axes = flats.flatMap(({ leaves }, i) => {
      const axis = inAxes ? inAxes[i] : 0;
      return leaves.map(() => axis ?? null);
    });
    const leaves = flats.flatMap((flat) => flat.leaves);
    expectLeaves(args, leaves);
    const size = batchSize(leaves, axes);
    const batched = axes.map((axis) => axis !== null);
    const inputs = leaves.map((leaf, i) => (batched[i] ? toFront(leaf, axes[i]!) : leaf));
    const types = inputs.map(({ type }, i) =>
      batched[i] ? { dtype: type.dtype, shape: type.shape.slice(1) } : type,
    );
    let outputs: Flat | undefined;
    const { graph, captured } = traceGraph("vmap", types, (tensors) => {
      let next = 0;
      const rebuilt = flats.map(({ rebuild, leaves: own }) => {
        next += own.length;
        return rebuild(tensors.slice(next - own.length, next));
      });
      const outcome = explained("vmap", f, rebuilt);
      outputs = flattenTree(outcome);
      if (outputs.leaves.length === 0) {
        throw new ArgumentError(
          `vmap: expected the function to return tensors, received ${show(outcome)}`,
        );
      }
      return outputs.leaves;
    });
    const flags = graph.inputs.map((_, i) => batched[i] ?? false);
    const many = checkedGraph(TRANSFORMS.batch(graph, flags, size));
    return outputs!.rebuild(runGraph(many, [...inputs, ...captured]));
  };
  return mapped as F;
}

function expectLeaves(args: readonly unknown[], leaves: readonly Tensor[]): void {
  const numbers = args.map(numbersIn).find((written) => written !== undefined);
  if (leaves.length > 0 || numbers === undefined) return;
  throw new ArgumentError(
    `vmap: expected tensors to map over, received numbers. Write ${numbers}.`,
  );
}

function batchSize(leaves: readonly Tensor[], axes: readonly (number | null)[]): number {
  const sizes = new Set<number>();
  leaves.forEach((leaf, i) => {
    const axis = axes[i];
    if (axis === null || axis === undefined) return;
    const size = leaf.type.shape.at(axis);
    if (size === undefined) {
      throw new ShapeError(`vmap: ${showShape(leaf.shape)} has no axis ${axis} to map over`);
    }
    sizes.add(size);
  });
  if (sizes.size === 1) return [...sizes][0]!;
  throw sizes.size === 0
    ? new ArgumentError("vmap: expected at least one mapped argument, received none")
    : new ShapeError(`vmap: the mapped axes differ in length: ${[...sizes].join(" and ")}`);
}

function toFront(x: Tensor, axis: number): Tensor {
  const from = axis < 0 ? axis + x.rank : axis;
  if (from === 0) return x;
  return prims.transpose(x, { perm: [from, ...otherAxes(x.rank, [from])] });
}
