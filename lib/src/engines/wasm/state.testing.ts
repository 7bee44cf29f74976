// Random programs with state.

import { type Graph, makeGraph, type Value } from "../../ir/graph.ts";
import { sameType } from "../../ir/type.ts";
import { numbersFrom } from "../../ops/samples.testing.ts";

/** Some inputs become variables, some values of the program their next ones. */
export function withState(
  graph: Graph,
  seed: number,
): { readonly whole: Graph; readonly state: readonly Value[]; readonly written: readonly Value[] } {
  const draw = numbersFrom(seed);
  const isState = graph.inputs.map(() => draw() < 0.7);
  const given = graph.inputs.filter((_, i) => !isState[i]);
  const state = graph.inputs.filter((_, i) => isState[i]);
  const values = [...graph.inputs, ...graph.nodes.flatMap(({ outputs }) => outputs)];
  const written = state.filter(() => draw() < 0.8);
  const next = written.map((old) => {
    const like = values.filter(({ type }) => sameType(type, old.type));
    return like[Math.floor(draw() * like.length)]!;
  });
  const whole = makeGraph([...given, ...state], [...graph.outputs, ...next]);
  return { whole, state, written };
}
