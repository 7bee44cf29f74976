// Nielsen, chapter 3: a sigmoid neuron that starts saturated learns to turn input 1 into 0.

import { compile, grad, mapTree, scan, sub, type Tensor, tensor } from "neurite";
import { claim, decimals, showClaims } from "neurite/books";

const start = { w: tensor(2, "float64"), b: tensor(2, "float64") };
type Neuron = typeof start;

const output = ({ w, b }: Neuron): Tensor<[]> => w.add(b).sigmoid();
const costs = {
  quadratic: (neuron: Neuron) => output(neuron).square().div(2), // (a - 0)^2 / 2
  crossEntropy: (neuron: Neuron) => sub(1, output(neuron)).log().neg(), // -ln(1 - a)
};

/** The outputs before each of 300 epochs, and the last; the whole loop is one compiled program. */
function learn(cost: (neuron: Neuron) => Tensor<[]>, rate: number): number[] {
  const epoch = (neuron: Neuron): [Neuron, Tensor] => {
    const next = mapTree((p, dp) => p.sub(dp.mul(rate)), neuron, grad(cost)(neuron));
    return [next, output(neuron)];
  };
  const run = compile((neuron: Neuron) => scan(epoch, neuron, null, { length: 300 }));
  const [last, outputs] = run(start);
  return [...outputs.data, output(last).item()];
}

const quadratic = learn(costs.quadratic, 0.15);
const crossEntropy = learn(costs.crossEntropy, 0.15);
console.log("epoch   quadratic   cross-entropy");
for (let epoch = 0; epoch <= 300; epoch += 50) {
  const [q, c] = [quadratic[epoch]!.toFixed(4), crossEntropy[epoch]!.toFixed(4)];
  console.log(`${String(epoch).padStart(5)}${q.padStart(12)}${c.padStart(16)}`);
}

console.log(
  showClaims([
    claim("output at the start", 0.98, quadratic[0]!, decimals(2)),
    claim("quadratic, 300 epochs", 0.203, quadratic[300]!, decimals(3)),
    claim("cross-entropy, 300 epochs", 0.012, crossEntropy[300]!, decimals(4)),
    claim("and at rate .005", 0.78, learn(costs.crossEntropy, 0.005)[300]!, decimals(3)),
  ]),
);
