// Trees for a recursive net: read as they are, and as lists of steps that one program carries out.

import { compile } from "../../../runtime/compiled/compile.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, oneHot, zeros } from "../../../tensor/create.ts";
import { add, mul, tanh } from "../../../tensor/elementwise.ts";
import { concat } from "../../../tensor/joining.ts";
import { matmul } from "../../../tensor/linear.ts";
import { reshape } from "../../../tensor/movement.ts";
import { key, normal } from "../../../tensor/random.ts";

const WIDTH = 4;

/** The largest difference between two tensors of one shape. */
export function gap(ours: Tensor, theirs: Tensor): number {
  return Math.max(...Array.from(ours.data, (value, i) => Math.abs(value - theirs.data[i]!)));
}

/** A leaf holds a vector; an inner node holds two trees. */
export type BinaryTree = Tensor | readonly [BinaryTree, BinaryTree];

/** All shapes of binary trees with so many leaves; their leaves are drawn one after the other. */
export function treesOf(leaves: number, next: () => Tensor): BinaryTree[] {
  if (leaves === 1) return [next()];
  return Array.from({ length: leaves - 1 }, (_, i) => i + 1).flatMap((left) =>
    treesOf(left, next).flatMap((l) => treesOf(leaves - left, next).map((r): BinaryTree => [l, r])),
  );
}

function isLeaf(tree: BinaryTree): tree is Tensor {
  return !Array.isArray(tree);
}

function leavesIn(tree: BinaryTree): number {
  return isLeaf(tree) ? 1 : leavesIn(tree[0]) + leavesIn(tree[1]);
}

/** A recursive net (Socher et al. 2011): an inner node is tanh of both its children times w [2 width, width]. */
export function read(w: Tensor, tree: BinaryTree): Tensor {
  if (isLeaf(tree)) return tree;
  return combine(w, read(w, tree[0]), read(w, tree[1]));
}

function combine(w: Tensor, left: Tensor, right: Tensor): Tensor {
  return tanh(reshape(matmul(reshape(concat([left, right]), [1, 2 * WIDTH]), w), [WIDTH]));
}

/** A tree as a list for one program of all shapes: its vectors, and which two each step reads. */
interface Instructions {
  readonly vectors: Tensor;
  /** One-hot rows [steps, slots] of what a step reads, and where it writes; rows of zeros do nothing. */
  readonly left: Tensor;
  readonly right: Tensor;
  readonly into: Tensor;
  readonly root: Tensor;
}

/** Written out as after Looks et al. (2017), padded to the largest tree. */
function instructionsOf(tree: BinaryTree, most: number): Instructions {
  const slots = 2 * most - 1;
  const [vectors, steps]: [Tensor[], [number, number, number][]] = [[], []];
  let inner = leavesIn(tree);
  const place = (part: BinaryTree): number => {
    if (isLeaf(part)) return vectors.push(part) - 1;
    const [l, r] = [place(part[0]), place(part[1])];
    steps.push([l, r, inner]);
    inner += 1;
    return inner - 1;
  };
  const root = place(tree);
  const column = (k: 0 | 1 | 2) => {
    const ones = new Float32Array((most - 1) * slots);
    steps.forEach((step, i) => {
      ones[i * slots + step[k]] = 1;
    });
    return fromData(ones, [most - 1, slots]);
  };
  const padding = zeros([slots - vectors.length, WIDTH]);
  const rows = vectors.map((vector) => reshape(vector, [1, WIDTH]));
  return {
    vectors: concat([...rows, padding]),
    left: column(0),
    right: column(1),
    into: column(2),
    root: oneHot(fromData(Int32Array.of(root), [1]), slots),
  };
}

/** Carries out the steps of any tree; the shape is data, not program. */
function readInstructions(w: Tensor, { vectors, left, right, into, root }: Instructions): Tensor {
  type Row = { left: Tensor; right: Tensor; into: Tensor };
  const pick = (row: Tensor, from: Tensor) => reshape(matmul(reshape(row, [1, -1]), from), [WIDTH]);
  const step = (memory: Tensor, row: Row): [Tensor, null] => {
    const node = combine(w, pick(row.left, memory), pick(row.right, memory));
    return [add(memory, mul(reshape(row.into, [-1, 1]), node)), null];
  };
  const [memory] = scan(step, vectors, { left, right, into });
  return reshape(matmul(root, memory), [WIDTH]);
}

/** All trees up to some leaves, as they run, compiled shape by shape, and by one program. */
export function readTrees(
  leaves: number,
  seed: number,
): {
  readonly trees: number;
  readonly programsByShape: number;
  readonly programsByList: number;
  readonly difference: number;
  /** Nodes that are computed: only those of a tree, or as many as the largest has. */
  readonly nodes: number;
  readonly paddedNodes: number;
} {
  let drawn = seed;
  const next = () => {
    drawn += 1;
    return normal(key(drawn), [WIDTH]);
  };
  const trees = Array.from({ length: leaves }, (_, i) => treesOf(i + 1, next)).flat();
  const w = normal(key(seed), [2 * WIDTH, WIDTH]);
  const byShape = compile(read);
  const byList = compile(readInstructions);
  const differences = trees.map((tree) => {
    const found = read(w, tree);
    const listed = leaves === 1 ? found : byList(w, instructionsOf(tree, leaves));
    return Math.max(gap(found, byShape(w, tree)), gap(found, listed));
  });
  return {
    trees: trees.length,
    programsByShape: byShape.cached(),
    programsByList: byList.cached(),
    difference: Math.max(...differences),
    nodes: trees.reduce((total, tree) => total + leavesIn(tree) - 1, 0),
    paddedNodes: trees.length * (leaves - 1),
  };
}
