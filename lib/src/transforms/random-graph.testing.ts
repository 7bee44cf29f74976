// Random programs over floats, for property tests: small, of many ops, with numbers that stay small.

import fc from "fast-check";
import { allocate } from "../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../ir/graph.ts";
import { print } from "../ir/print.ts";
import { graphBuilder } from "../ops/builder.ts";
import type { NdArray } from "../ops/define.ts";
import { drawDirection, numbersFrom } from "../ops/samples.testing.ts";
import { Draft } from "./random-draft.testing.ts";
import { MOVES } from "./random-moves.testing.ts";

export interface RandomGraphOptions {
  /** float64 by default. */
  readonly dtype?: "float32" | "float64";
  /** How many moves are made; a move adds one node or a few. */
  readonly moves?: readonly [least: number, most: number];
  /** Which moves to choose from, by name; all by default. */
  readonly of?: readonly (keyof typeof MOVES)[];
  /** The longest axis of an input, and the most elements of any array; 4 and 48 by default. */
  readonly size?: readonly [longest: number, elements: number];
}

/** A program, and the recipe it was made by. */
export interface RandomGraph {
  readonly graph: Graph;
  /** Numbers for its inputs: neither zero nor symmetric. */
  readonly inputs: readonly NdArray[];
  readonly recipe: Recipe;
  /** What a failed property prints. */
  readonly [fc.toStringMethod]: () => string;
}

interface Recipe {
  readonly shapes: readonly (readonly number[])[];
  readonly steps: readonly { readonly move: keyof typeof MOVES; readonly seed: number }[];
  readonly seed: number;
}

/** Programs that shrink by losing steps. */
export function randomGraphs(options: RandomGraphOptions = {}): fc.Arbitrary<RandomGraph> {
  const { dtype = "float64", moves = [12, 20], size = [4, 48] } = options;
  const names = options.of ?? (Object.keys(MOVES) as (keyof typeof MOVES)[]);
  const length = fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: 1, max: size[0] }) },
    { weight: 1, arbitrary: fc.constant(0) },
  );
  const seed = fc.nat();
  return fc
    .record({
      shapes: fc.array(fc.array(length, { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      steps: fc.array(fc.record({ move: fc.constantFrom(...names), seed }), {
        minLength: moves[0],
        maxLength: moves[1],
        size: "max",
      }),
      seed,
    })
    .map((recipe) => follow(recipe, dtype, size[1]));
}

function follow(recipe: Recipe, dtype: "float32" | "float64", most: number): RandomGraph {
  const inputs = recipe.shapes.map((shape) => new Value({ dtype, shape }));
  const draft = new Draft(graphBuilder(), dtype, inputs, most);
  for (const { move, seed } of recipe.steps) {
    draft.draw = numbersFrom(seed);
    MOVES[move](draft);
  }
  // The last value and one from the middle, sometimes the same.
  draft.draw = numbersFrom(recipe.seed);
  const outputs = [draft.newest(), draft.any()];
  const graph = makeGraph(inputs, outputs);
  return {
    graph,
    inputs: inputs.map(({ type }, i) => numbersLike(type, recipe.seed + i)),
    recipe,
    [fc.toStringMethod]: () => `${JSON.stringify(recipe)}\n${print(graph)}`,
  };
}

function numbersLike(type: Value["type"], seed: number): NdArray {
  const { data, ...rest } = drawDirection(type, seed);
  const half = allocate(type.dtype, data.length);
  for (let i = 0; i < data.length; i++) half[i] = 0.7 * data[i]!;
  return { ...rest, data: half };
}
