// A unit with w = 1, b = 0 meets x = 20 with the target 0, steps once, and then learns y = x on [0, 1].

import { compile, grad, linspace, scan, type Tensor, tensor } from "neurite";
import { activationOf } from "neurite/nn";

export interface Values {
  readonly activation: "relu" | "leaky" | "elu";
  readonly eta: number;
  readonly steps: number;
}

const ACTIVATIONS = {
  relu: activationOf("relu"),
  leaky: activationOf({ name: "leakyRelu", alpha: 0.01 }),
  elu: activationOf("elu"),
};

const x = linspace(0, 1, 101, "float64");

export function run({ activation, eta, steps }: Values) {
  const f = ACTIVATIONS[activation];
  const netInput = (at: Tensor, input: Tensor | number): Tensor =>
    at.at(0).mul(input).add(at.at(1));
  const shock = (at: Tensor): Tensor<[]> => f.apply(netInput(at, 20)).square().div(2).sum();
  const cost = (at: Tensor): Tensor<[]> => f.apply(netInput(at, x)).sub(x).square().mean().div(2);

  const start: Tensor = tensor([1, 0], "float64");
  const hit = start.sub(grad(shock)(start).mul(eta)) as Tensor;
  // Afterwards: gradient descent on all of [0, 1], with the rate 1.
  const descend = (at: Tensor): [Tensor, Tensor] => [at.sub(grad(cost)(at)) as Tensor, tensor(0)];
  const learn = compile((from: Tensor) => scan(descend, from, null, { length: steps })[0]);
  const end = steps > 0 ? learn(hit) : hit;

  const [w, b] = hit.data as unknown as [number, number];
  const curve = (at: Tensor) => ({
    x: Array.from(x.data),
    y: Array.from(f.apply(netInput(at, x)).data),
  });
  return {
    numbers: {
      w,
      b,
      alive: netInput(hit, x).greater(0).cast("float64").mean().item(),
      gradient: Math.hypot(...Array.from(grad(cost)(hit).data)),
      loss: cost(end).item(),
    },
    curves: { beforeCurve: curve(start), hitCurve: curve(hit), endCurve: curve(end) },
  };
}
