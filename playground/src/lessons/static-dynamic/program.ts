// A step of gradient descent, run as it is written (dynamic) and compiled to a graph first (static).

import { compile, cond, grad, graphOf, type Tensor, tensor } from "neurite";

export interface Values {
  readonly way: "dynamic" | "static" | "cond";
  readonly w: number;
  readonly steps: number;
}

const x: Tensor = tensor([[1], [2], [3]], "float64");
const y: Tensor = tensor([[0.5], [-0.5], [0.2]], "float64");
const loss = (w: Tensor): Tensor<[]> => x.mul(w).tanh().sub(y).square().mean();
const large = (w: Tensor): Tensor => w.sub(grad(loss)(w).mul(0.5)) as Tensor;
const small = (w: Tensor): Tensor => w.sub(grad(loss)(w).mul(0.1)) as Tensor;

/** An `if` of the language: it has to read the number. */
const withIf = (w: Tensor): Tensor => (loss(w).item() > 1 ? large(w) : small(w));
/** An op that holds both branches. */
const withCond = (w: Tensor): Tensor => cond(loss(w).greater(1), large, small, w);

const WAYS = {
  dynamic: () => withIf,
  static: () => compile(withIf),
  cond: () => compile(withCond),
};

function follow(way: Values["way"], from: number, steps: number): number {
  const step = WAYS[way]();
  let w: Tensor = tensor([from], "float64");
  for (let i = 0; i < steps; i++) w = step(w);
  return w.data[0]!;
}

/** Whether it runs at all. */
function runs(way: Values["way"]): boolean {
  try {
    follow(way, 1, 1);
    return true;
  } catch {
    return false;
  }
}

export function run({ way, w, steps }: Values) {
  const can = { dynamic: runs("dynamic"), static: runs("static"), cond: runs("cond") };
  const end = can[way] ? follow(way, w, steps) : Number.NaN;
  // What the compiler makes of the step with the small rate.
  const at: Tensor = tensor([w], "float64");
  const stages = compile(small).stages(at);
  return {
    numbers: {
      // 1 dynamic alone, 2 static alone, 3 both, 0 neither.
      which: (can.dynamic ? 1 : 0) + (can.static ? 2 : 0),
      works: can[way] ? 1 : 0,
      compiled: way === "dynamic" ? 0 : 1,
      end,
      difference: Math.abs(end - follow("dynamic", w, steps)),
      nodes: graphOf(small, [at]).nodes.length,
      kernels: stages.find(({ name }) => name === "kernels")!.text.match(/^kernel \d+:/gm)!.length,
    },
    tables: { ways: [can.dynamic, can.static, can.cond].map((it) => [it ? 1 : 0]) },
  };
}
