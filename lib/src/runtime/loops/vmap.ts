// vmap: a function of single examples becomes a function of batches.

import {
  anything,
  expectOptions,
  func,
  type Kind,
  type Kinds,
  show,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { dependents, type Graph } from "../../ir/graph.ts";
import { otherAxes, showShape } from "../../ir/shape.ts";
import { showType } from "../../ir/type.ts";
import { checkedGraph } from "../../transforms/checked.ts";
import { TRANSFORMS } from "../../transforms/table.ts";
import { prims, runGraph } from "../interpreter/apply.ts";
import { explained, numbersIn } from "../interpreter/explained.ts";
import { traceGraph } from "../interpreter/tracing.ts";
import type { Tensor } from "../values/tensor.ts";
import { type Flat, flattenTree, type TreeFunction } from "../values/tree.ts";
import { leafAxes, type MappedAxes } from "./axes.ts";

/** Options of vmap(). */
export interface VmapOptions {
  /**
   * The mapped axis, or null where examples share an argument; 0 by default. One for all arguments, or a
   * list with one for each, where a tree of axes tells the tensors of an argument apart:
   * `[{ w: null, x: 1 }, 0]`. An axis counts from the end where it is negative, and holds for all below it.
   */
  readonly inAxes?: MappedAxes;
  /**
   * Where the examples' axis stands in the results; 0 by default. One for all results or a tree of them;
   * null for results that are the same for all examples, which then have no such axis.
   */
  readonly outAxes?: MappedAxes;
}

const axesKind: Kind<Exclude<MappedAxes, null>> = {
  says: "a number, null, or a tree of these",
  fits: (x) => x === null || Number.isInteger(x) || typeof x === "object",
};
const VMAP: Kinds<VmapOptions> = { inAxes: axesKind, outAxes: axesKind };
const checkVmap = signature<typeof vmap>("vmap(f, { inAxes, outAxes })", func, anything);

/**
 * f over a batch: every tensor of a mapped argument has one axis more, and so has every result, in
 * front unless `outAxes` says otherwise. The function is traced, so it cannot read values.
 * @throws ShapeError where an axis is out of range or mapped axes differ in length; ArgumentError where
 * axes do not fit the arguments or results, or null stands for a result that differs between examples
 */
export function vmap<F extends TreeFunction>(f: F, options: VmapOptions = {}): F {
  checkVmap(arguments);
  expectOptions("vmap", options, VMAP);
  const { inAxes = 0, outAxes = 0 } = options;
  const mapped = (...args: unknown[]): unknown => {
    if (Array.isArray(inAxes) && inAxes.length !== args.length) {
      throw new ArgumentError(
        `vmap: expected an axis or null for each of ${args.length} arguments, ` +
          `received inAxes ${JSON.stringify(inAxes)}`,
      );
    }
    const flats = args.map((arg) => flattenTree(arg));
    const axes = leafAxes("inAxes", inAxes, args);
    const leaves = flats.flatMap((flat) => flat.leaves);
    expectLeaves(args, leaves);
    const size = batchSize(leaves, axes);
    const batched = axes.map((axis) => axis !== null);
    const inputs = leaves.map((leaf, i) => (batched[i] ? toFront(leaf, axes[i]!) : leaf));
    const types = inputs.map(({ type }, i) =>
      batched[i] ? { dtype: type.dtype, shape: type.shape.slice(1) } : type,
    );
    let places: readonly (number | null)[] = [];
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
      places = leafAxes("outAxes", outAxes, outcome);
      return outputs.leaves;
    });
    const flags = graph.inputs.map((_, i) => batched[i] ?? false);
    expectShared(graph, flags, places);
    const many = checkedGraph(TRANSFORMS.batch(graph, flags, size));
    const results = runGraph(many, [...inputs, ...captured]);
    return outputs!.rebuild(results.map((y, i) => fromFront(y, places[i]!)));
  };
  return mapped as F;
}

/** @throws ArgumentError where a result that is to be the same for all examples depends on them */
function expectShared(
  { inputs, nodes, outputs }: Graph,
  flags: readonly boolean[],
  places: readonly (number | null)[],
): void {
  const differs = dependents(
    nodes,
    inputs.filter((_, i) => flags[i]),
  );
  const wrong = outputs.findIndex((output, i) => places[i] === null && differs.has(output));
  if (wrong < 0) return;
  throw new ArgumentError(
    `vmap: outAxes says null for result ${wrong}, ${showType(outputs[wrong]!.type)}, ` +
      "which differs from example to example: give it an axis",
  );
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

/** The examples' axis moved from the front to its place; gone where there is none, with one row kept. */
function fromFront(y: Tensor, axis: number | null): Tensor {
  const { shape } = y.type;
  if (axis === null) {
    const [, ...rest] = shape;
    const start = shape.map(() => 0);
    const row = prims.slice(y, { start, end: [1, ...rest], step: start.map(() => 1) });
    return prims.reshape(row, { shape: rest });
  }
  const to = axis < 0 ? axis + shape.length : axis;
  if (to < 0 || to >= shape.length) {
    throw new ShapeError(
      `vmap: outAxes ${axis} is out of range for a result ${showShape(shape)}, examples' axis included`,
    );
  }
  if (to === 0) return y;
  const perm = otherAxes(shape.length, [0]).toSpliced(to, 0, 0);
  return prims.transpose(y, { perm });
}
