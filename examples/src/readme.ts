// The README's example: a network of three hidden units learns XOR.

import { compile, grad, mapTree, random, type Tensor, tensor } from "neurite";

const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);
const y = tensor([[0], [1], [1], [0]]); // XOR

type Net = { w1: Tensor; b1: Tensor; w2: Tensor; b2: Tensor };
const net = (p: Net, x: Tensor) => x.matmul(p.w1).add(p.b1).tanh().matmul(p.w2).add(p.b2).sigmoid();
const loss = (p: Net) => net(p, x).sub(y).square().mean();

const [k1, k2] = random.splitKey(random.key(1));
let p: Net = {
  w1: random.normal(k1, [2, 3]),
  b1: tensor([0, 0, 0]),
  w2: random.normal(k2, [3, 1]),
  b2: tensor([0]),
};
const step = compile((p: Net) => mapTree((w, dw) => w.sub(dw.mul(2)), p, grad(loss)(p)));
for (let i = 0; i < 2000; i++) p = step(p);

console.log(`loss ${loss(p).item().toFixed(5)}`);
console.log(String(net(p, x)));
