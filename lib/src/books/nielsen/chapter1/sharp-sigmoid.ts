// Nielsen, chapter 1: a network of sigmoid neurons becomes one of perceptrons as all weights and biases grow.

import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { tensor } from "../../../tensor/create.ts";
import { add, mul, sigmoid } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { above, below } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { experimentPoint, type Parameters, realAbove0 } from "../../shared/parameters.ts";
import { GATES, twoLayerXor } from "./perceptron.ts";

const BITS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** The output of one sigmoid neuron whose weight and bias are multiplied by c, at z = w x + b. */
export function scaledOutput(c: number, z: number): number {
  return sigmoid(tensor(c * z, "float64")).item();
}

/** The slope of that output over z. */
function slopeAt(c: number, z: number): number {
  return grad(sigmoid)(mul(tensor(z, "float64"), c)).item() * c;
}

/** Exclusive or by NAND, OR and AND, as sigmoid neurons whose weights and biases are multiplied by c. */
export function sigmoidXor(c: number): number[] {
  const x = tensor(
    BITS.map((row) => [...row]),
    "float64",
  );
  const hidden = { w: [GATES.nand.weights, GATES.or.weights], b: [GATES.nand.bias, GATES.or.bias] };
  const w1 = tensor(
    [0, 1].map((input) => hidden.w.map((weights) => c * weights[input]!)),
    "float64",
  );
  const a = sigmoid(
    add(
      matmul(x, w1),
      tensor(
        hidden.b.map((b) => c * b),
        "float64",
      ),
    ),
  );
  const w2 = tensor(
    GATES.and.weights.map((w) => [c * w]),
    "float64",
  );
  return [...sigmoid(add(matmul(a, w2), c * GATES.and.bias)).data];
}

/** The largest distance of that network from the one of perceptrons, over all inputs. */
function distanceFromSteps(c: number): number {
  const outputs = sigmoidXor(c);
  return Math.max(...BITS.map((bits, row) => Math.abs(outputs[row]! - twoLayerXor([...bits]))));
}

/** What the experiment may be told instead. */
export interface SharpSigmoidPoint {
  readonly z: number;
  readonly close: number;
  readonly factor: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<SharpSigmoidPoint> = {
  z: realAbove0("how far from the threshold the output is compared with the step, in z", 0.1),
  close: realAbove0("what counts as equal to the step", 0.01),
  factor: realAbove0("the factor of all weights and biases at the end", 46),
};

const THRESHOLD =
  "At z = 0 itself the output is 1/2 whatever the factor, while a perceptron gives 0: the book asks that no " +
  "neuron's z be 0.";

/** How near the sigmoid is to the step, and when. */
export function claims(given: Partial<SharpSigmoidPoint> = {}): Claim[] {
  const { z, close, factor } = experimentPoint("sharp-sigmoid", PARAMETERS, given);
  const apart = (c: number) => 1 - scaledOutput(c, z);
  // 1 - sigma(c z) = close where c z = ln((1 - close) / close).
  const least = Math.log((1 - close) / close) / z;
  return [
    above(`factor 1: distance from the step at z = ${z}`, close, apart(1), { places: 4 }),
    above(`factor ${factor - 1}: distance there`, close, apart(factor - 1), { places: 5 }),
    below(`factor ${factor}: distance there`, close, apart(factor), { places: 5 }),
    claim("least factor for that", 45.95, least, decimals(2)),
    claim(
      "sides alike: sigma(-cz) - (1 - sigma(cz))",
      0,
      scaledOutput(factor, -z) - apart(factor),
      1e-15,
    ),
    claim("output at z = 0", 0.5, scaledOutput(factor, 0), 0, THRESHOLD),
    claim("slope at z = 0, as a multiple of the factor", 0.25, slopeAt(factor, 0) / factor, 1e-15),
    above("XOR of sigmoid neurons, factor 1: distance from perceptrons", 0.1, distanceFromSteps(1)),
    below(`factor ${factor}: the same`, 1e-9, distanceFromSteps(factor), { places: 12 }),
  ];
}

/** The output over z for some factors, and the step. */
export function curves(given: Partial<SharpSigmoidPoint> = {}): Curves[] {
  const { factor } = experimentPoint("sharp-sigmoid", PARAMETERS, given);
  const at = Array.from({ length: 201 }, (_, i) => (i - 100) / 100);
  const series = [1, 5, factor].map((c) => ({
    name: `factor ${c}`,
    points: at.map((z) => [z, scaledOutput(c, z)] as const),
  }));
  const step = [
    [-1, 0],
    [0, 0],
    [0, 1],
    [1, 1],
  ] as const;
  return [
    {
      title: "A sigmoid neuron whose weights and bias are multiplied",
      x: { label: "z before the factor" },
      y: { label: "output" },
      series: [...series, { name: "perceptron", points: step }],
    },
  ];
}
