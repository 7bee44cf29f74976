// Nielsen, chapter 1: logic gates out of perceptrons, by hand and learnt; exclusive or needs two layers.

import { claim, gates, perceptron, showClaims } from "neurite/books";

const { fire, GATES, trainPerceptron, XOR_CONTRADICTION, twoLayerXor } = perceptron;

const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

// NAND with weights -2, -2 and bias 3 is enough to build every other gate.
console.log("x1 x2  and  or  nand  xor");
for (const x of inputs) {
  const [and, or, nand] = [fire(GATES.and, x), fire(GATES.or, x), fire(GATES.nand, x)];
  console.log(` ${x[0]}  ${x[1]}    ${and}   ${or}     ${nand}    ${twoLayerXor(x)}`);
}

// The perceptron rule: w += (y - output) x, from zero.
for (const gate of ["and", "or", "nand", "xor"] as const) {
  const { perceptron, mistakes, verdict } = trainPerceptron(inputs, gates.TRUTH[gate]);
  const [w1, w2] = perceptron.weights;
  const learnt = `w = ${w1}, ${w2}; b = ${perceptron.bias}`;
  console.log(`${gate.padEnd(4)} ${verdict} after ${mistakes.length} epochs, ${learnt}`);
}

console.log("\nNo perceptron computes exclusive or:");
for (const line of XOR_CONTRADICTION) console.log(`  ${line}`);

const learnt = trainPerceptron(inputs, gates.TRUTH.nand).perceptron;
console.log(
  showClaims([
    claim("nand, learnt", "1 1 1 0", inputs.map((x) => fire(learnt, x)).join(" "), 0),
    claim("xor by two layers", "0 1 1 0", inputs.map(twoLayerXor).join(" "), 0),
  ]),
);
