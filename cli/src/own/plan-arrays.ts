// A run on arrays of one's own: finds what is learnt from what, and writes the specification.

import { basename, resolve } from "node:path";
import { countExamples, type Examples } from "neurite/data";
import type { StoredTensor } from "neurite/formats";
import { adaptNormalization } from "neurite/nn";
import type { LayerSpec, Scale } from "neurite/spec";
import { parseRunSpec, type RunSpecInput } from "neurite/train";
import { classesOfArray, inputRows, shapeOfPictures } from "../array-files/array-examples.ts";
import { type ArrayParts, readArrays } from "../array-files/read-arrays.ts";
import { applyFlags } from "../flags/apply.ts";
import type { RunFlags } from "../flags/flags.ts";
import { arraysDataset } from "../sources/arrays.ts";
import type { ArraysFile } from "../sources/arrays-spec.ts";
import type { OwnDataset } from "../sources/own.ts";
import { TEST_SHARE } from "../sources/stratify.ts";
import { CliError } from "../terminal/failures.ts";
import { classesTold, expectEachClass } from "./classes.ts";
import { pictureRun } from "./picture-run.ts";
import type { OwnPlan } from "./plan-pictures.ts";
import { vectorRun } from "./vector-run.ts";

/** @throws UsageError or CliError for arrays that are not there, or do not belong together */
export async function planArrays(path: string, flags: RunFlags): Promise<OwnPlan> {
  const { images, labels, testFraction = TEST_SHARE, seed = 0 } = flags;
  const names = { ...(images !== path && { x: images }), y: labels };
  const parts = await readArrays(path, given(names));
  const classes = classesOfArray(parts.y);
  if (classes?.length === 1) {
    throw new CliError(`${path}: all labels are ${classes[0]}: there is nothing to learn`);
  }
  const draft: ArraysFile = {
    ...{ kind: "arrays", path },
    ...(parts.names && keptNames(path, parts.names)),
    ...(classes ? { classes } : { scale: scaleOfArray(parts.y) }),
    ...whiteOf(path, parts),
  };
  const request: RunSpecInput["data"] = {
    name: basename(resolve(path)),
    ...(parts.xTest ? {} : { testFraction }),
    seed,
  };
  const data = arraysDataset(parts, draft, request);
  if (classes) expectEachClass(path, data);
  const run = runFor(data, { ...request, file: { ...draft, sha256: parts.sha256 } }, seed);
  const spec = parseRunSpec(applyFlags(run, flags));
  return { spec, data: { ...data, own: { ...data.own, told: toldOf(data, parts, draft) } } };
}

/** Where arrays are said by their path alone it says enough. */
function keptNames(path: string, { x, ...others }: NonNullable<ArrayParts["names"]>) {
  return x === path ? others : { x, ...others };
}

function runFor(data: OwnDataset, request: RunSpecInput["data"], seed: number): RunSpecInput {
  const { train, classes, own } = data;
  const about = { data: request, classes, examples: countExamples(train), seed };
  const { shown } = own;
  if (shown && classes !== null) {
    const first: LayerSpec = { kind: "rescaling", scale: 1 / shown.white };
    return pictureRun({ ...about, ...shown, classes, first });
  }
  const shape = train.x.shape.slice(1);
  return vectorRun({
    ...about,
    shape,
    outputs: train.y.shape[1] ?? 1,
    first: firstLayer(train, shape),
  });
}

/** Bytes to 0 to 1; numbers of columns to mean 0 and variance 1, as the training examples have them. */
function firstLayer({ x }: Examples, shape: readonly number[]): LayerSpec {
  if (x.dtype === "uint8") return { kind: "rescaling", scale: 1 / 255 };
  const measured = adaptNormalization(x);
  const list = (value: number | readonly number[]) =>
    typeof value === "number" ? value : [...value];
  return shape.length === 0
    ? { kind: "rescaling", scale: 1 }
    : { kind: "normalization", mean: list(measured.mean), variance: list(measured.variance) };
}

/** Of pictures in floats or of a few levels of grey: the largest number is white. */
function whiteOf(path: string, { x }: ArrayParts): { readonly white?: number } {
  if (!shapeOfPictures(x)) return {};
  const { dtype, data } = inputRows(path, x);
  let most = 0;
  for (const value of data) most = Math.max(most, Math.abs(value));
  if (dtype === "uint8" && most > 64) return { white: 255 };
  return { white: most || 1 };
}

/** One scale for all values of an example. */
function scaleOfArray({ data }: StoredTensor): Scale {
  const values = Array.from(data).filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length)) || 1 };
}

function toldOf(data: OwnDataset, { x, y, names }: ArrayParts, file: ArraysFile): string[] {
  const shown = ({ dtype, shape }: StoredTensor) => `${dtype} [${shape.join(", ")}]`;
  const [left, right] = names ? [`${names.x} `, `${names.y} `] : ["", ""];
  const { shown: picture } = data.own;
  const white = picture && picture.white !== 255 ? `, in which ${picture.white} is white` : "";
  const shape = data.train.x.shape.slice(1).join(", ");
  return [
    `from ${left}${shown(x)}: ${picture ? "pictures" : "examples"} of [${shape}]${white}`,
    ...(file.classes
      ? [`${right}${shown(y)} is learnt: ${classesTold(data).join("\n")}`]
      : [`${right}${shown(y)} is learnt: values (for classes, save whole numbers)`]),
  ];
}

function given<T extends object>(record: T) {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}
