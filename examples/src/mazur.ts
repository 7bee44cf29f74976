// Mazur's worked example: one gradient step of a 2-2-2 sigmoid network, and ten thousand.

import { compile, grad, mapTree, type Tensor, tensor } from "neurite";
import { claim, decimals, mazur, showClaims } from "neurite/books";

const x = tensor([0.05, 0.1], "float64");
const target = tensor([0.01, 0.99], "float64");
const start = {
  hidden: tensor(
    [
      [0.15, 0.2],
      [0.25, 0.3],
    ],
    "float64",
  ), // w1 w2 into h1, w3 w4 into h2
  output: tensor(
    [
      [0.4, 0.45],
      [0.5, 0.55],
    ],
    "float64",
  ), // w5 w6 into o1, w7 w8 into o2
};
type Weights = typeof start;

/** The two outputs; the biases .35 and .60 are fixed. */
function forward({ hidden, output }: Weights): Tensor<[2]> {
  const h = hidden.matmul(x).add(0.35).sigmoid();
  return output.matmul(h).add(0.6).sigmoid();
}

/** E = sum (target - out)^2 / 2 */
function error(weights: Weights): Tensor<[]> {
  return target.sub(forward(weights)).square().sum().div(2);
}

/** w becomes w - 0.5 dE/dw, for all weights at once. */
const update = compile((weights: Weights) =>
  mapTree((w, dw) => w.sub(dw.mul(0.5)), weights, grad(error)(weights)),
);

const gradient = grad(error)(start);
const once = update(start);
let weights = start;
for (let i = 0; i < 10_000; i++) weights = update(weights);
const [o1, o2] = forward(weights).data;
const sequential = mazur.train({ scheme: "sequential" });

console.log(
  showClaims([
    claim("E at the start", 0.2983711088, error(start).item(), decimals(10)),
    claim("dE/dw1", 0.00043856773, gradient.hidden.at(0, 0).item(), decimals(11)),
    claim("dE/dw5", 0.08216704056, gradient.output.at(0, 0).item(), decimals(11)),
    claim("w1 after one update", 0.1497807161, once.hidden.at(0, 0).item(), decimals(10)),
    claim("w5 after one update", 0.3589164797, once.output.at(0, 0).item(), decimals(10)),
    claim("E after one update", 0.2910277737, error(once).item(), decimals(10)),
    claim("o1 after 10,000", 0.0159136204, o1!, decimals(10)),
    claim("o2 after 10,000", 0.9840642735, o2!, decimals(10)),
    claim("E after 10,000", 3.510188e-5, error(weights).item(), decimals(11)),
  ]),
);

console.log(`
Some retellings print E = 0.291027924 after one update. They update w5..w8 first and send the
error back through the new ones, which is not the gradient of E:`);
console.log(
  showClaims([
    claim("E after one update", 0.2910279239, sequential.afterOne.error, decimals(10)),
    claim("E after 10,000", 3.508479e-5, sequential.afterAll.error, decimals(11)),
  ]),
);
