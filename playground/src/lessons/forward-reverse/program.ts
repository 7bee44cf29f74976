// Forward and reverse mode on figure 4.8, and how many passes each needs for more inputs and outputs.

import { explainExpression } from "neurite/inspect/expression";
import { dense } from "neurite/nn";
import { sequential } from "neurite/train";

export interface Values {
  readonly inputs: number;
  readonly outputs: number;
}

const FIGURE = { text: "1/(exp(-(w*x + b)) + 1)", at: { x: 1, w: 0, b: 0 } };

/** Of a 784-30-10 network, all of whose parameters are inputs of its loss. */
function parametersOfNet(): number {
  const model = sequential();
  model.add(dense(30, { inputShape: [784], activation: "sigmoid" }));
  model.add(dense(10, { activation: "sigmoid" }));
  const sizeOf = ({ shape }: { readonly shape: readonly number[] }) =>
    shape.reduce((product, length) => product * length, 1);
  const variables = [...model.instance.params.variables.values()];
  return variables.reduce((sum, variable) => sum + sizeOf(variable), 0);
}

export function run({ inputs, outputs }: Values) {
  const figure = explainExpression(FIGURE.text, FIGURE.at);
  const byW = figure.forward.find(({ of }) => of === "w")!;
  const back = figure.reverse[0]!;
  const tangents = byW.moves.map(({ value }) => value);
  const adjoints = back.moves.map(({ value }) => value).reverse();

  // A function of as many inputs and outputs as are asked for.
  const names = Array.from({ length: inputs }, (_, i) => `x${i + 1}`);
  const lines = Array.from({ length: outputs }, (_, k) => `y${k + 1} = s^${k + 1}`);
  const point = Object.fromEntries(names.map((name, i) => [name, 0.1 * (i + 1)]));
  const own = explainExpression([`s = ${names.join("*")}`, ...lines].join(";\n"), point);
  // Row k of the Jacobian from the reverse pass of output k, its column i from the forward pass of input i.
  const apart = own.reverse.flatMap(({ derivatives }, k) =>
    derivatives.map(({ value }, i) => Math.abs(value - own.forward[i]!.derivatives[k]!.value)),
  );
  return {
    numbers: {
      forward: own.forward.length,
      reverse: own.reverse.length,
      saved: own.reverse.length - own.forward.length,
      difference: Math.max(...apart),
      h5: adjoints[4]!,
      parameters: parametersOfNet(),
    },
    graphs: { figure: FIGURE },
    tables: { modes: tangents.map((tangent, i) => [tangent, adjoints[i]!]) },
  };
}
