// NNDL section 4.5: static and dynamic graphs: one program run both ways, an `if` on a value, and inputs of many
// shapes with what each way makes of them.

import { NeuriteError } from "../../../checks/errors.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { valueAndGrad } from "../../../runtime/derivatives/autodiff.ts";
import { cond } from "../../../runtime/loops/cond.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { greater } from "../../../tensor/comparison.ts";
import { fromData, tensor, zeros } from "../../../tensor/create.ts";
import { add, mul, square, sub, tanh } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { matmul } from "../../../tensor/linear.ts";
import { key, normal, splitKey } from "../../../tensor/random.ts";
import { mean } from "../../../tensor/reduce.ts";
import { below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { countedWithin, experimentPoint, type Parameters } from "../../shared/parameters.ts";
import { gap, readTrees } from "./trees.ts";

/** What the experiment may be told instead. */
export interface StaticDynamicPoint {
  readonly leaves: number;
  readonly lengths: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<StaticDynamicPoint> = {
  leaves: countedWithin("leaves of the largest trees", 5, [1, 6]),
  lengths: countedWithin("the longest sequence", 10, [1, 30]),
};

const WIDTH = 4;
const SEED = 1;

interface Weights {
  readonly first: Tensor;
  readonly second: Tensor;
}

/** A training step: the loss of a net of two layers and its gradient. */
function step(weights: Weights, x: Tensor, y: Tensor): [Tensor, Weights] {
  const loss = ({ first, second }: Weights) =>
    mean(square(sub(matmul(tanh(matmul(x, first)), second), y))) as Tensor<[]>;
  return valueAndGrad(loss)(weights);
}

/** The same step as it runs and compiled: the largest difference, and what became of its operations. */
export function bothWays(): {
  readonly difference: number;
  readonly nodes: number;
  readonly kernels: number;
} {
  const [a, b, c, d] = splitKey(key(SEED), 4);
  const weights = { first: normal(a!, [3, WIDTH]), second: normal(b!, [WIDTH, 2]) };
  const [x, y] = [normal(c!, [8, 3]), normal(d!, [8, 2])];
  const compiled = compile(step);
  const [loss, slopes] = step(weights, x, y);
  const [fixedLoss, fixedSlopes] = compiled(weights, x, y);
  const difference = Math.max(
    gap(loss, fixedLoss),
    gap(slopes.first, fixedSlopes.first),
    gap(slopes.second, fixedSlopes.second),
  );
  const { nodes } = compiled.graph(weights, x, y);
  const kernels = compiled.stages(weights, x, y).find(({ name }) => name === "kernels")?.text ?? "";
  return { difference, nodes: nodes.length, kernels: (kernels.match(/^kernel /gm) ?? []).length };
}

/** Doubles what is above 1, in JavaScript's words and in the graph's. */
const byValue = (x: Tensor): Tensor => (x.item() > 1 ? mul(x, 2) : x);
const byGraph = (x: Tensor): Tensor =>
  cond(
    greater(x, 1) as Tensor<[]>,
    (x: Tensor) => mul(x, 2),
    (x: Tensor) => x,
    x,
  );

/** What happens to an `if` on a value that a graph is still to compute. */
export function compiledIf(x: Tensor): "refused" | "compiled" {
  try {
    compile(byValue)(x);
    return "compiled";
  } catch (error) {
    if (error instanceof NeuriteError) return "refused";
    throw error;
  }
}

/** A recurrent net over sequences of 1 to `longest` numbers. */
export function readSequences(
  longest: number,
  seed: number,
): {
  readonly programs: number;
  readonly paddedPrograms: number;
  readonly difference: number;
  readonly steps: number;
  readonly paddedSteps: number;
} {
  const w = normal(key(seed), [2]);
  const move = (h: Tensor, x: Tensor) => tanh(add(mul(h, at(w, 0)), mul(x, at(w, 1))));
  const run = (xs: Tensor) => scan((h: Tensor, x: Tensor) => [move(h, x), null], zeros([]), xs)[0];
  const masked = (xs: Tensor, mask: Tensor) =>
    scan(
      (h: Tensor, { x, on }: { x: Tensor; on: Tensor }) => [
        add(mul(on, move(h, x)), mul(sub(1, on), h)),
        null,
      ],
      zeros([]),
      { x: xs, on: mask },
    )[0];
  const [byLength, padded] = [compile(run), compile(masked)];
  const numbers = normal(key(seed + 1), [longest]);
  const differences = Array.from({ length: longest }, (_, i) => {
    const length = i + 1;
    const mask = Float32Array.from({ length: longest }, (_, t) => Number(t < length));
    const xs = at(numbers, `0:${length}`);
    const found = run(xs);
    return Math.max(
      gap(found, byLength(xs)),
      gap(found, padded(numbers, fromData(mask, [longest]))),
    );
  });
  return {
    programs: byLength.cached(),
    paddedPrograms: padded.cached(),
    difference: Math.max(...differences),
    steps: (longest * (longest + 1)) / 2,
    paddedSteps: longest * longest,
  };
}

const DYNAMIC =
  "A static graph is made for shapes: each other length or tree is another program, or all are padded to the largest " +
  "and steps are computed for nothing. A graph that is recorded as it runs takes each input as it comes, one at a " +
  "time. Theano, DyNet and Chainer have ended; TensorFlow has been dynamic at first sight since 2.0.";
const VALUE =
  "While a graph is made its values are not known yet: an `if` would take one branch for ever. cond() puts both " +
  "branches into the graph.";

/** Both ways of one program, and what each does with values and shapes. */
export function claims(given: Partial<StaticDynamicPoint> = {}): Claim[] {
  const { leaves, lengths } = experimentPoint("static-dynamic", PARAMETERS, given);
  const { difference, nodes, kernels } = bothWays();
  const trees = readTrees(leaves, SEED);
  const sequences = readSequences(lengths, SEED);
  const compiledCond = compile(byGraph);
  const both = [0.5, 3].map((x) => tensor(x));
  const apart = both.map((x) => gap(byValue(x), compiledCond(x)));
  return [
    claim("a training step: as it runs - compiled", 0, difference, 0),
    below(`its kernels, of ${nodes} operations`, nodes, kernels, { places: 0 }),
    claim("an if on a value, compiled", "refused", compiledIf(both[1]!), 0, VALUE),
    claim("cond on a value, compiled - the if as it runs", 0, Math.max(...apart), 0),
    claim("cond: programs for both branches", 1, compiledCond.cached(), 0),
    claim(`sequences of 1 to ${lengths}: programs`, 10, sequences.programs, 0, DYNAMIC),
    claim("padded with a mask: programs", 1, sequences.paddedPrograms, 0),
    claim(
      `padded with a mask: steps, of ${sequences.steps} that are needed`,
      100,
      sequences.paddedSteps,
      0,
    ),
    claim("all ways: largest difference", 0, sequences.difference, 1e-6),
    claim(`all binary trees to ${leaves} leaves: programs`, 23, trees.programsByShape, 0),
    claim("trees as lists of steps: programs", 1, trees.programsByList, 0),
    claim(`trees as lists: steps, of ${trees.nodes} that are needed`, 92, trees.paddedNodes, 0),
    claim("trees: largest difference", 0, trees.difference, 1e-6),
  ];
}
