// How well rows of a table are predicted, in words a reader of the table understands, and what is easily had.

import { countExamples, type NamedDataset, splitExamples } from "neurite/data";
import { fitData, type Model, modelOf, parseRunSpec, type RunSpec, trainRun } from "neurite/train";
import { applyFlags } from "../flags/apply.ts";
import { tablePartOf } from "../sources/table.ts";
import { percent } from "../terminal/names.ts";
import { figure } from "../terminal/progress.ts";

/** Errors of values in the target's own units, and the share of their variance that is explained. */
export interface ValueFigures {
  readonly r2: number;
  readonly rmse: number;
  readonly mae: number;
}

/** What a run is to be better than. */
export interface Baselines {
  /** Saying the same of every row: the most frequent class, or the mean. */
  readonly constant: { readonly says: string; readonly score: number };
  /** The same network without its hidden layers; null where it is that already, or could not be had. */
  readonly linear: { readonly score: number } | null;
  /** What a score is: the share of the test rows that are right, or R2. */
  readonly measure: "accuracy" | "r2";
}

/** What is said of a run on a table beside the figures of any run. */
export interface TableFigures {
  /** Over the test rows; null for classes. */
  readonly values: ValueFigures | null;
  readonly baselines: Baselines | null;
}

/** @param isWhole whether baselines are wanted, which must be trained */
export async function tableFigures(
  {
    spec,
    model,
    data,
  }: { readonly spec: RunSpec; readonly model: Model; readonly data: NamedDataset },
  isWhole: boolean,
): Promise<TableFigures | undefined> {
  if (!tablePartOf(data) || countExamples(data.test) === 0) return undefined;
  return {
    values: data.classes === null ? await testValues(model, data) : null,
    baselines: isWhole ? await baselinesOf(spec, data) : null,
  };
}

/** Values in the target's own units. */
export function unscaled(values: ArrayLike<number>, data: NamedDataset): Float64Array {
  const { mean, deviation } = tablePartOf(data)?.scale ?? { mean: 0, deviation: 1 };
  return Float64Array.from(values, (value) => value * deviation + mean);
}

/** @param predicted in the units of `actual` */
async function valueFigures(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Promise<ValueFigures> {
  const { residualsOf } = await import("neurite/inspect");
  const { r2, rootMeanSquare, meanAbsolute } = residualsOf(actual, predicted, { worst: 0 });
  return { r2: r2 ?? Number.NaN, rmse: rootMeanSquare, mae: meanAbsolute };
}

/** Figures of a model over the test rows, in the target's own units. */
export async function testValues(model: Model, data: NamedDataset): Promise<ValueFigures> {
  const { predictionsOf } = await import("neurite/inspect");
  const { values } = await predictionsOf(model, data.test.x);
  return valueFigures(unscaled(data.test.y.data, data), unscaled(values, data));
}

/** A linear model of more rows says the same, later. */
const MOST_ROWS = 50_000;
const MOST_EPOCHS = 60;

/** @param data fitted to the run's network; null where there is nothing to compare with */
export async function baselinesOf(spec: RunSpec, data: NamedDataset): Promise<Baselines | null> {
  if (countExamples(data.test) === 0) return null;
  const constant = await (data.classes === null ? constantValue(data) : constantClass(data));
  const linear = await linearScore(spec, data);
  return { constant, linear, measure: data.classes === null ? "r2" : "accuracy" };
}

async function constantClass({ train, test, classes, classNames }: NamedDataset) {
  const { labelsOf } = await import("neurite/inspect");
  const counts = new Array<number>(Math.max(2, classes ?? 2)).fill(0);
  for (const label of labelsOf(train)) counts[label]! += 1;
  const most = counts.indexOf(Math.max(...counts));
  const labels = labelsOf(test);
  const right = labels.filter((label) => label === most).length;
  return { says: `always "${classNames[most] ?? most}"`, score: right / labels.length };
}

async function constantValue(data: NamedDataset) {
  const train = unscaled(data.train.y.data, data);
  const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
  const actual = unscaled(data.test.y.data, data);
  const { r2 } = await valueFigures(actual, new Float64Array(actual.length).fill(mean));
  return { says: `always ${Number(mean.toPrecision(4))}`, score: r2 };
}

async function linearScore(spec: RunSpec, data: NamedDataset): Promise<Baselines["linear"]> {
  if (!("layers" in spec.model) || spec.training.epochs === 0) return null;
  const dense = spec.model.layers.filter(({ kind }) => kind === "dense");
  if (dense.length < 2) return null;
  try {
    const { schedule: _, ...flat } = parseRunSpec(applyFlags(spec, { hidden: [] }));
    const epochs = Math.min(MOST_EPOCHS, spec.training.epochs);
    const plain = parseRunSpec({ ...flat, training: { ...flat.training, epochs } });
    const model = modelOf(plain);
    const count = countExamples(data.train);
    const kept = Math.min(count, MOST_ROWS);
    const [first] = splitExamples(data.train, [kept, count - kept]);
    const few = { ...data, train: first! };
    const fitted = fitData(few, model.network, plain);
    await trainRun(plain, model, fitted);
    if (data.classes === null) return { score: (await testValues(model, fitted)).r2 };
    const figures = await model.evaluate(fitted.test.x, fitted.test.y);
    const accuracy = (figures as Readonly<Record<string, number>>)["accuracy"];
    return accuracy === undefined ? null : { score: accuracy };
  } catch {
    return null; // a baseline is no reason to lose a run
  }
}

/** One line, as "beside it: 33.33 % by always "setosa", 93.33 % by a linear model". */
export function baselineLine({ constant, linear, measure }: Baselines): string {
  const shown = (score: number) =>
    measure === "accuracy" ? percent(score) : `r2 ${figure("r2", score)}`;
  const line = `beside it: ${shown(constant.score)} by saying ${constant.says}`;
  return linear ? `${line}, ${shown(linear.score)} by a linear model` : line;
}

/** One line, as "test r2 0.8912  rmse 2.51  mae 1.88". */
export function valuesLine({ r2, rmse, mae }: ValueFigures): string {
  const shown = (value: number) => String(Number(value.toPrecision(4)));
  return `test r2 ${figure("r2", r2)}  rmse ${shown(rmse)}  mae ${shown(mae)}`;
}
