// What generated tests run on: every sample of every op, with operands drawn by a fixed seed.

import { NeuriteError } from "../checks/errors.ts";
import { allocate, type DType, isFloat } from "../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../ir/graph.ts";
import type { OpName, OpParams } from "../ir/op-table.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import { addNode, inferTypes } from "./builder.ts";
import type { NdArray, Random, Sample } from "./define.ts";
import { opOf } from "./table.ts";
import { OP_NAMES } from "./traits.ts";

/** One sample of one op. */
export interface Case {
  readonly name: OpName;
  readonly title: string;
  readonly inputs: readonly Random[];
  readonly params: OpParams<OpName>;
  readonly differentiable: boolean;
}

/** Every sample of every op, as its block gives it. */
export const CASES: readonly Case[] = OP_NAMES.flatMap((name) => {
  const samples: readonly Sample<OpName>[] = opOf(name).samples();
  return samples.map(({ inputs, params, differentiable = true }, i) => {
    const title = `${name} #${i} (${inputs.map(({ type }) => showShape(type.shape)).join(", ")})`;
    return { name, title, inputs, params, differentiable };
  });
});

/** A case whose float64 operands have another element type; null where the op refuses that. */
export function caseIn(dtype: DType, given: Case): Case | null {
  if (!given.inputs.some(({ type }) => type.dtype === "float64")) return null;
  const inputs = given.inputs.map((random) => randomIn(dtype, random));
  const changed = { ...given, inputs, title: `${given.title} in ${dtype}` };
  return accepts(changed) ? changed : null;
}

function randomIn(dtype: DType, random: Random): Random {
  if (random.type.dtype !== "float64") return random;
  const type = { dtype, shape: random.type.shape };
  if (isFloat(dtype)) return { ...random, type };
  // Integers over their whole range, so that products and sums overflow.
  const [low, high] = { int32: [-(2 ** 31), 2 ** 31], uint8: [0, 256], bool: [0, 2] }[
    dtype as "int32"
  ] as [number, number];
  return { ...random, type, low, high };
}

function accepts({ name, inputs, params }: Case): boolean {
  try {
    inferTypes(
      name,
      inputs.map(({ type }) => type),
      params,
    );
    return true;
  } catch (error) {
    if (error instanceof NeuriteError) return false;
    throw error;
  }
}

/** The graph of one op on operands like the case's. */
export function graphOf({ name, inputs, params }: Case): Graph {
  const values = inputs.map(({ type }) => new Value(type));
  return makeGraph(values, addNode(name, values, params));
}

/** A source of numbers in [0, 1), the same for the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One operand. Elements that a sample fixes are rotated by `turn`, to give a batch different ones. */
export function draw({ type, low, high, data }: Random, next: () => number, turn = 0): NdArray {
  const array = { ...type, data: allocate(type.dtype, sizeOf(type.shape)) };
  for (let i = 0; i < array.data.length; i++) {
    const number = low + (high - low) * next();
    const given = data?.[(i + turn) % data.length];
    array.data[i] = given ?? (isFloat(type.dtype) ? number : Math.floor(number));
  }
  return array;
}

/** The operands of a case. */
export function drawInputs({ inputs }: Case, seed = 1, turn = 0): NdArray[] {
  const next = numbersFrom(seed);
  return inputs.map((random) => draw(random, next, turn));
}

/** A direction like `type`: neither zero nor symmetric anywhere. */
export function drawDirection({ dtype, shape }: NdArray | Value["type"], seed: number): NdArray {
  const next = numbersFrom(seed);
  const data = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = (next() < 0.4 ? -1 : 1) * (0.25 + next());
  return { dtype, shape, data };
}
