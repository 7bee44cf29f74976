// NNDL section 4.5: forward and reverse mode on the graph of figure 4.8, how many passes each needs, and paths
// that meet.

import { computationOf } from "../../../inspect/expression/evaluate.ts";
import { parseExpression } from "../../../inspect/expression/expression.ts";
import type { Computation } from "../../../inspect/graph/computation.ts";
import {
  type ChainPass,
  forwardPasses,
  knownAfter,
  reversePasses,
} from "../../../inspect/graph/passes.ts";
import { pathsBetween } from "../../../inspect/graph/paths.ts";
import { grad, jvp } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { fromData, zerosLike } from "../../../tensor/create.ts";
import { sigmoid, square } from "../../../tensor/elementwise.ts";
import { key, normal } from "../../../tensor/random.ts";
import { sum } from "../../../tensor/reduce.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  counts,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import { drawNet, netInputs, type SmallNet } from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface ForwardReversePoint {
  readonly x: number;
  readonly w: number;
  readonly b: number;
  readonly meeting: number;
  readonly sizes: readonly number[];
  readonly small: readonly number[];
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<ForwardReversePoint> = {
  x: real("the input of figure 4.8", 1),
  w: real("its weight", 0),
  b: real("its bias", 0),
  meeting: real("where x x + x is taken", 3),
  sizes: counts("layers of the net whose passes are counted", [784, 30, 10]),
  small: counts("layers of the net on which all passes are made", [3, 4, 1]),
  seed: natural("what its weights are drawn by", 1),
};

/** Figure 4.8, its steps by name. */
export function figure48(x: number, w: number, b: number): Computation {
  const steps = "h1 = w*x; h2 = h1 + b; h3 = -h2; h4 = exp(h3); h5 = h4 + 1; h6 = 1/h5";
  return computationOf(parseExpression(steps), { x, w, b });
}

/** What a pass knows of h1 to h6 in the end. */
function along(computation: Computation, pass: ChainPass): string {
  const known = knownAfter(computation, pass, pass.moves.length);
  return [...known].flatMap(([name, value]) => (/^h\d$/.test(name) ? [`${value}`] : [])).join(", ");
}

/** How many numbers a net of these layers learns. */
export function parametersOf(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((total, units, l) => total + (sizes[l]! + 1) * units, 0);
}

/** The gradient of a small net's loss by one forward pass for each of its parameters. */
export function gradientByForwardPasses(
  loss: (net: SmallNet) => Tensor<[]>,
  net: SmallNet,
): { readonly passes: number; readonly slopes: readonly number[] } {
  const slopes: number[] = [];
  for (const part of ["weights", "biases"] as const) {
    net[part].forEach((p, l) => {
      for (let i = 0; i < p.size; i++) {
        const direction: SmallNet = mapTree((tensor) => zerosLike(tensor), net);
        const one = new Float64Array(p.size);
        one[i] = 1;
        const tangents = { ...direction, [part]: direction[part].with(l, fromData(one, p.shape)) };
        slopes.push(jvp(loss, [net], [tangents])[1].item());
      }
    });
  }
  return { passes: slopes.length, slopes };
}

const MODES =
  "Forward mode needs a pass for each input, reverse mode one for each output. A net has one loss and many " +
  "parameters: backpropagation is the reverse mode of a layered net.";

/** Both modes, by their numbers and by their passes. */
export function claims(given: Partial<ForwardReversePoint> = {}): Claim[] {
  const point = experimentPoint("forward-reverse", PARAMETERS, given);
  const { x, w, b, meeting, sizes, small, seed } = point;
  const graph = figure48(x, w, b);
  const forward = forwardPasses(graph).find(({ of }) => of === "w")!;
  const reverse = reversePasses(graph)[0]!;
  const byW = reverse.derivatives.find(({ name }) => name === "w")!.value;
  const twice = pathsBetween(computationOf(parseExpression("x*x + x"), { x: meeting }), "x", "f");
  const input = normal(key(seed + 1), [5, small[0]!], { dtype: "float64" });
  const loss = (net: SmallNet) =>
    sum(square(sigmoid(netInputs(net, input, sigmoid)))) as Tensor<[]>;
  const net = drawNet(small, seed);
  const { passes, slopes } = gradientByForwardPasses(loss, net);
  const { weights, biases } = grad(loss)(net);
  const atOnce = [...weights, ...biases].flatMap(({ data }) => [...data]) as number[];
  const gap = Math.max(...slopes.map((slope, i) => Math.abs(slope - atOnce[i]!)));
  const name = small.join("-");
  return [
    claim("forward by w: h1 ... h6", "1, 1, -1, -1, -1, 0.25", along(graph, forward), 0),
    claim(
      "reverse from h6: h1 ... h6",
      "0.25, 0.25, -0.25, -0.25, -0.25, 1",
      along(graph, reverse),
      0,
    ),
    claim("reverse: df/dw", 0.25, byW, 0),
    claim(`x x + x at ${meeting}: paths`, 3, twice.count, 0),
    claim(`x x + x at ${meeting}: their products add up to`, 7, twice.sum ?? Number.NaN, 0),
    claim(`${sizes.join("-")}: forward passes`, 23_860, parametersOf(sizes), 0, MODES),
    claim("reverse passes, one for each number that the loss gives", 1, loss(net).size, 0),
    claim(`${name}: forward passes made`, parametersOf(small), passes, 0),
    claim(`${name}: their gradient against one reverse pass`, 0, gap, 1e-12),
  ];
}
