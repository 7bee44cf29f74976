// Random programs with state.

import { type Graph, makeGraph, type Value } from "../../ir/graph.ts";
import { sameType } from "../../ir/type.ts";
import type { NdArray } from "../../ops/define.ts";
import { numbersFrom } from "../../ops/samples.testing.ts";
import type { Engine } from "../engine.ts";

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

/** Runs a program with state once, then three times in one call: results, and what state comes to. */
export function runWithState(on: Engine, graph: Graph, inputs: readonly NdArray[], seed: number) {
  const { whole, state, written } = withState(graph, seed);
  const dataOf = new Map(graph.inputs.map((input, i) => [input, inputs[i]!.data]));
  const storages = new Map(
    state.map((input) => [input, on.storage(input.type, dataOf.get(input)!)]),
  );
  const wiring = {
    reads: state.map((input) => storages.get(input)!),
    writes: written.map((input) => storages.get(input)!),
  };
  const args = whole.inputs.slice(0, -state.length || undefined).map((x) => dataOf.get(x)!);
  const program = on.compile(whole, wiring);
  const results = [program.run(args), program.run(args, 3)];
  return { results, state: [...storages.values()].map((storage) => storage.read()) };
}
