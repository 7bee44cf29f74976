// The three partial derivatives that backpropagation needs, as matrices; and how near the equations come to
// autodiff.

import {
  anything,
  expectArgument,
  expectOptions,
  index,
  type Kinds,
  listOf,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Backpropagation } from "./backpropagation.ts";
import type { LayerEquations } from "./equations.ts";

type Matrix = readonly (readonly number[])[];

/** Of which weight, and for which example. All count from 0. */
export interface PartialsOptions {
  readonly example?: number;
  /** i of w_ij: the unit that the weight leads to. */
  readonly unit?: number;
  /** j of w_ij: the unit below that it comes from. */
  readonly input?: number;
}

const OPTIONS: Kinds<PartialsOptions> = { example: index, unit: index, input: index };

/**
 * NNDL section 4.4, in its layout: numerators along the columns. Times the column delta^l they give dC/dw_ij,
 * dC/db^l and delta^(l-1).
 */
export interface PartialDerivatives {
  /** dz^l/dw_ij = I_i(a_j), a row: the activation a_j^(l-1) at place i, zeros elsewhere. */
  readonly byWeight: readonly number[];
  /** dz^l/db^l = I, the unit matrix [units, units]. */
  readonly byBias: Matrix;
  /** da^(l-1)/dz^(l-1) = diag(f'(z^(l-1))), [units below, units below]; null for the first layer. */
  readonly slopesBelow: Matrix | null;
  /** dz^l/da^(l-1) = (W^l)^T, [units below, units]. */
  readonly weights: Matrix;
  /** dz^l/dz^(l-1) = diag(f'(z^(l-1))) (W^l)^T, [units below, units]; null for the first layer. */
  readonly byNetInputBelow: Matrix | null;
}

/**
 * The three partial derivatives of one layer's net inputs, for one example.
 * @param equations as `equationsOf` gives them
 * @param layer which of them, from 0
 * @throws ArgumentError for a layer, an example, a unit or an input that is not there
 */
export function partialDerivativesOf(
  equations: readonly LayerEquations[],
  layer: number,
  options: PartialsOptions = {},
): PartialDerivatives {
  const where = "partialDerivativesOf";
  expectArgument(where, "equations", equations, listOf(anything));
  expectOptions(where, options, OPTIONS);
  const at = equations[expectPlace(where, "layer", layer, equations.length)]!;
  const below = equations[layer - 1] ?? null;
  const [examples, units] = at.z.shape;
  const inputs = at.aBelow.shape[1]!;
  const example = expectPlace(where, "example", options.example ?? 0, examples);
  const i = expectPlace(where, "unit", options.unit ?? 0, units);
  const j = expectPlace(where, "input", options.input ?? 0, inputs);
  const aj = rowOf(at.aBelow, example)[j]!;
  const weights = rowsOf(at.w);
  const slopes = below?.slope ? rowOf(below.slope, example) : null;
  return {
    byWeight: Array.from({ length: units }, (_, k) => (k === i ? aj : 0)),
    byBias: diagonal(new Array<number>(units).fill(1)),
    slopesBelow: slopes && diagonal(slopes),
    weights,
    byNetInputBelow: slopes && weights.map((row, k) => row.map((w) => slopes[k]! * w)),
  };
}

function expectPlace(where: string, name: string, place: number, count: number): number {
  if (index.fits(place) && place < count) return place;
  throw new ArgumentError(
    `${where}: expected ${name} to be from 0 to ${count - 1}, received ${place}`,
  );
}

function rowOf({ data, shape }: Tensor, row: number): number[] {
  const width = shape[1]!;
  return Array.from({ length: width }, (_, c) => Number(data[row * width + c]));
}

function rowsOf(matrix: Tensor): number[][] {
  return Array.from({ length: matrix.shape[0]! }, (_, row) => rowOf(matrix, row));
}

function diagonal(values: readonly number[]): number[][] {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
}

/**
 * The largest difference between delta, dC/dw and dC/db by the equations and by autodiff, array by array relative
 * to its largest element.
 * @throws ArgumentError where the two are not of one model
 */
export function deviationOf(equations: readonly LayerEquations[], found: Backpropagation): number {
  expectArgument("deviationOf", "equations", equations, listOf(anything));
  const differences = equations.flatMap(({ name, delta, dw, db, b }) => {
    const layer = found.layers.find((other) => other.name === name);
    if (!layer?.delta) throw new ArgumentError(`deviationOf: there is no "${name}" in the other`);
    const pairs: [Tensor, Tensor | undefined][] = [
      [delta, layer.delta],
      [dw, layer.gradients.get("w")],
      ...(b ? [[db, layer.gradients.get("b")] as [Tensor, Tensor | undefined]] : []),
    ];
    return pairs.flatMap(([ours, theirs]) => (theirs ? [relative(ours, theirs)] : []));
  });
  return Math.max(0, ...differences);
}

function relative(ours: Tensor, theirs: Tensor): number {
  let [difference, scale] = [0, 0];
  for (let i = 0; i < ours.size; i++) {
    const [a, b] = [Number(ours.data[i]), Number(theirs.data[i])];
    difference = Math.max(difference, Math.abs(a - b));
    scale = Math.max(scale, Math.abs(b));
  }
  return scale === 0 ? difference : difference / scale;
}
