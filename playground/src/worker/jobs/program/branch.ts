// The job `branch`: one function with an `if` on a value, recorded as it runs, compiled, and written with cond.

import { compile, cond, graphOf, greater, type Tensor, tensor, valueAndGrad } from "neurite";
import type { Job } from "../job.ts";

type Scalar = Tensor<[]>;

const squared = (x: Scalar) => x.mul(x) as Scalar;
const logarithm = (y: Scalar) => y.log() as Scalar;
const rest = (y: Scalar) => y.neg().add(1) as Scalar;

/** ln y where y = x x is above 1, else 1 - y: JavaScript's own `if`, which reads the value. */
function withIf(x: Scalar): Scalar {
  const y = squared(x);
  if (y.item() > 1) return logarithm(y);
  return rest(y);
}

/** The same with both branches in the program. */
function withCond(x: Scalar): Scalar {
  const y = squared(x);
  return cond(greater(y, 1) as Tensor<[]>, logarithm, rest, y);
}

export const branch: Job<"branch"> = ({ x: at }) => {
  const x = tensor(at, "float64") as Scalar;
  const [value, derivative] = valueAndGrad(withIf)(x);
  const isAbove = at * at > 1;
  const both = compile(valueAndGrad(withCond));
  const [same, slope] = both(x);
  return {
    dynamic: {
      isAbove,
      ops: opsOf((x) => (isAbove ? logarithm : rest)(squared(x))),
      value: value.item(),
      derivative: derivative.item(),
    },
    refused: refusalOf(x),
    compiled: { ops: opsOf(withCond), value: same.item(), derivative: slope.item() },
  };
};

/** The library's sentence. */
function refusalOf(x: Scalar): string | null {
  try {
    compile(withIf)(x);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function opsOf(f: (x: Scalar) => Scalar): string[] {
  const graph = graphOf(f, [tensor(1, "float64") as Scalar]);
  return graph.nodes.map(({ op }) => op).filter((op) => op !== "constant");
}
