// Examples out of a data specification: the raw points that the page shows, and the features that are learnt from.

import { type Dataset, type Examples, loadData, Rng } from "neurite/data";
import type { RunSpec } from "neurite/spec";
import { fitData, windowOf } from "neurite/timeline";
import type { DataInfo, PlaneWindow, PointsInfo } from "../protocol/index.ts";
import type { DataSource, DataSpec, OwnPoint } from "../state/index.ts";
import { ProblemError } from "./problem-error.ts";
import type { RowFunction } from "./row-function.ts";

/** Examples before and after their features. */
export interface Prepared {
  readonly raw: Dataset;
  readonly names: readonly string[];
  /** As the network and its loss take them. */
  readonly fitted: Dataset;
  readonly features: (x: Float32Array) => Float32Array;
}

type Ends = Parameters<typeof fitData>[1];
type FormulaSource = Extract<DataSource, { readonly kind: "formula" }>;

/** @throws ProblemError for a formula that cannot be read, or that gives no finite number for an example */
export async function prepareData(
  { source, features, testShare }: DataSpec,
  run: RunSpec,
  network: Ends,
): Promise<Prepared> {
  const { raw, names } = await rawData(source, run, testShare);
  const compute = await featuresOf(features, names);
  const withFeatures = ({ x, y }: Examples): Examples => ({
    x: {
      dtype: "float32",
      shape: [x.shape[0]!, features.length],
      data: finite(compute(x.data as Float32Array), features, names, x),
    },
    y,
  });
  const made = { ...raw, train: withFeatures(raw.train), test: withFeatures(raw.test) };
  return { raw, names, features: compute, fitted: fitData(made, network, run) };
}

/**
 * A feature of the examples that there are.
 * @throws ProblemError as prepareData
 */
export async function checkFeature({ raw, names }: Prepared, text: string): Promise<void> {
  const compute = await featuresOf([text], names);
  for (const { x } of [raw.train, raw.test]) {
    finite(compute(x.data as Float32Array), [text], names, x);
  }
}

/** Numbers [n, formulas] that the formulas give for rows [n, names], if all are finite. */
function finite(
  numbers: Float32Array,
  formulas: readonly string[],
  names: readonly string[],
  { data }: Examples["x"],
): Float32Array {
  const bad = numbers.findIndex((number) => !Number.isFinite(number));
  if (bad < 0) return numbers;
  const row = Math.floor(bad / formulas.length) * names.length;
  throw notFinite(formulas[bad % formulas.length]!, names, data.slice(row), numbers[bad]!);
}

function notFinite(
  text: string,
  names: readonly string[],
  row: ArrayLike<number>,
  value: number,
): ProblemError {
  const place = names.map((name, i) => [name, row[i]!] as const);
  return new ProblemError({ code: "notFinite", data: { text, place, value } });
}

/** The function of raw inputs [n, inputs] that gives the features [n, features]. */
export async function featuresOf(
  features: readonly string[],
  names: readonly string[],
): Promise<(x: Float32Array) => Float32Array> {
  const width = names.length;
  const columns = await Promise.all(
    features.map(async (text) => {
      const own = names.indexOf(text);
      return own >= 0 ? (row: readonly number[]) => row[own]! : await functionOf(text, names);
    }),
  );
  return (x) => {
    const count = x.length / width;
    const out = new Float32Array(count * columns.length);
    for (let i = 0; i < count; i++) {
      const row = Array.from(x.subarray(i * width, (i + 1) * width));
      columns.forEach((column, j) => {
        out[i * columns.length + j] = column(row);
      });
    }
    return out;
  };
}

/** The parser of expressions is fetched when there is one. */
async function functionOf(text: string, names: readonly string[]): Promise<RowFunction> {
  return (await import("./row-function.ts")).rowFunction(text, names);
}

async function rawData(
  source: DataSource,
  run: RunSpec,
  testShare: number,
): Promise<{ raw: Dataset; names: readonly string[] }> {
  if (source.kind === "named") return { raw: await loadData(run.data), names: ["x1", "x2"] };
  if (source.kind === "points") {
    return {
      raw: pointsData(shuffled(source.points, run), source.classes, testShare),
      names: source.names,
    };
  }
  const points = await formulaPoints(source);
  return { raw: pointsData(points, source.classes, testShare), names: ["x1", "x2"] };
}

/**
 * The examples of a formula.
 * @throws ProblemError as prepareData
 */
export async function formulaPoints(source: FormulaSource): Promise<OwnPoint[]> {
  const { text, classes, samples, noise, seed } = source;
  const names = ["x1", "x2"];
  const value = await functionOf(text, names);
  const rng = new Rng(seed);
  return Array.from({ length: samples }, (): OwnPoint => {
    const x = [rng.uniform(-REACH, REACH), rng.uniform(-REACH, REACH)];
    const seen = x.map((v) => v + noise * rng.uniform(-REACH, REACH));
    const y = value(seen);
    // Targets are float32, where more than 3.4e38 is an infinity.
    if (!Number.isFinite(Math.fround(y))) throw notFinite(text, names, seen, y);
    return { x, y: classes === null ? y : classOf(y, classes) };
  });
}

/** A table may be in the order of its classes. Another seed of the data is another order, and other test points. */
function shuffled(points: readonly OwnPoint[], { data }: RunSpec): OwnPoint[] {
  return new Rng(data.seed ?? 0).shuffle([...points]);
}

/** Points by a formula lie in the square of this half side, as TF Playground's. */
const REACH = 6;

/** A truth value, or a number as a class. */
function classOf(value: number, classes: number): number {
  return Math.min(Math.max(Math.floor(value), 0), classes - 1);
}

/** Points with the last of them for testing. */
function pointsData(
  points: readonly OwnPoint[],
  classes: number | null,
  testShare: number,
): Dataset {
  const width = points[0]?.x.length ?? 2;
  const testCount = Math.min(Math.round(points.length * testShare), points.length - 1);
  const part = (from: number, to: number): Examples => {
    const chosen = points.slice(from, to);
    const y = chosen.map((point) => point.y);
    return {
      x: {
        dtype: "float32",
        shape: [chosen.length, width],
        data: Float32Array.from(chosen.flatMap(({ x }) => x)),
      },
      y:
        classes === null
          ? { dtype: "float32", shape: [chosen.length, 1], data: Float32Array.from(y) }
          : { dtype: "int32", shape: [chosen.length], data: Int32Array.from(y) },
    };
  };
  const split = points.length - testCount;
  return { name: "points", classes, train: part(0, split), test: part(split, points.length) };
}

/** What the page shows of the examples. */
export function dataInfo({ raw, names }: Prepared): DataInfo {
  const points = ({ x, y }: Examples): PointsInfo => ({
    count: x.shape[0]!,
    x: Float32Array.from(x.data),
    y: Float32Array.from(y.data),
  });
  return { names, classes: raw.classes, train: points(raw.train), test: points(raw.test) };
}

/** The part of the plane with all points; null where there are other than two raw inputs. */
export function windowOfData({ raw, names }: Prepared): PlaneWindow | null {
  return names.length === 2 ? windowOf(raw.train, raw.test) : null;
}
