// Several models asked as one: by the mean of their outputs, or by vote.

import { expectArgument, instance, type Kind, listOf, worded } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { sameShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { add, div } from "../../tensor/elementwise.ts";
import type { RowsOf } from "../batches/rows.ts";
import { Model } from "../model/model.ts";

const MODELS: Kind<readonly Model[]> = worded(
  "a list of models",
  listOf(instance("a model", Model)),
);

/**
 * The mean of what the models predict: probabilities or values (Nielsen, chapter 6: five nets that vote are better
 * than any of them; the mean takes into account how sure each is).
 * @returns as predict() of one of them: [batch, ...]
 * @throws ArgumentError for no models, or models of different outputs
 */
export async function ensembleMean(models: readonly Model[], x: RowsOf): Promise<Tensor> {
  const outputs = await outputsOf("ensembleMean", models, x);
  return div(
    outputs.reduce((a, b) => add(a, b)),
    outputs.length,
  );
}

/**
 * The class that most models predict; where several have as many votes, the one whose outputs add up to more. With
 * one output a class is 1 above the threshold, and 0 up to it.
 * @param threshold where a single output is split, 0.5 by default
 * @returns int32 [batch]
 * @throws ArgumentError for no models, or models of different outputs
 */
export async function ensembleVote(
  models: readonly Model[],
  x: RowsOf,
  threshold = 0.5,
): Promise<Tensor> {
  const outputs = await outputsOf("ensembleVote", models, x);
  const [batch, ...row] = outputs[0]!.type.shape;
  if (row.length > 1) {
    throw new ArgumentError(
      `ensembleVote: expected outputs [batch, classes], received [batch, ${row.join(", ")}]`,
    );
  }
  const width = row[0] ?? 1;
  const labels = new Int32Array(batch!);
  for (let i = 0; i < labels.length; i++) {
    const rows = outputs.map(({ data }) => data.subarray(i * width, (i + 1) * width));
    labels[i] = width === 1 ? side(rows, threshold) : winner(rows, width);
  }
  return fromData(labels, [batch!]);
}

type Row = ArrayLike<number>;

function side(rows: readonly Row[], threshold: number): number {
  const yes = rows.filter((row) => row[0]! > threshold).length;
  if (2 * yes !== rows.length) return 2 * yes > rows.length ? 1 : 0;
  const total = rows.reduce((sum, row) => sum + row[0]!, 0);
  return total > threshold * rows.length ? 1 : 0;
}

function winner(rows: readonly Row[], classes: number): number {
  const votes = new Array<number>(classes).fill(0);
  const totals = new Array<number>(classes).fill(0);
  for (const row of rows) {
    let best = 0;
    for (let c = 0; c < classes; c++) {
      totals[c]! += row[c]!;
      if (row[c]! > row[best]!) best = c;
    }
    votes[best]! += 1;
  }
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (votes[c]! > votes[best]! || (votes[c] === votes[best] && totals[c]! > totals[best]!))
      best = c;
  }
  return best;
}

async function outputsOf(where: string, models: readonly Model[], x: RowsOf): Promise<Tensor[]> {
  expectArgument(where, "models", models, MODELS);
  if (models.length === 0)
    throw new ArgumentError(`${where}: expected at least one model, received none`);
  const outputs: Tensor[] = [];
  for (const model of models) outputs.push((await model.predict(x as never)) as Tensor);
  const [first] = outputs;
  if (
    outputs.every(({ shape, dtype }) => sameShape(shape, first!.shape) && dtype === first!.dtype)
  ) {
    return outputs;
  }
  throw new ArgumentError(
    `${where}: expected models of one output shape and element type, received ` +
      outputs.map(({ shape, dtype }) => `${dtype} [${shape.slice(1).join(", ")}]`).join(" and "),
  );
}
