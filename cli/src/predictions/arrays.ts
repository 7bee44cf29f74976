// neurite predict for a run on arrays: all rows of a file, one of them, numbers as they are written, or pictures.

import { stat } from "node:fs/promises";
import { predictionsOf } from "neurite/inspect";
import type { Model, RunSpec } from "neurite/train";
import { inputRows, shapeOfPictures } from "../array-files/array-examples.ts";
import { readOneArray } from "../array-files/read-arrays.ts";
import { elementCount } from "../files/element-count.ts";
import { isPictureFile, readRaster } from "../pictures/raster.ts";
import { fitPicture } from "../pictures/resize.ts";
import { type ArraysFile, arraysFile } from "../sources/arrays-spec.ts";
import { CliError } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { type AnswerFlags, tellAnswer, tellAnswers } from "./answers.ts";
import { readNumbers, takeRow } from "./one-example.ts";
import { predictPictures } from "./pictures.ts";

interface ArrayRun {
  readonly spec: RunSpec;
  readonly model: Model;
}

/** @throws UsageError or CliError for what is no example of this run */
export async function predictArrays(
  io: Io,
  run: ArrayRun,
  source: string,
  flags: AnswerFlags & { readonly row?: number },
): Promise<void> {
  const file = arraysFile(run.spec.data.file!);
  const [shape = []] = run.model.network.inputShapes;
  const size = shapeOfPictures({ shape: [1, ...shape] });
  if (size && file.classes && (await isPictures(source)))
    return await asPictures(io, run, file, source, flags);
  const numbers = readNumbers(source);
  const found = numbers
    ? { dtype: "float32" as const, shape: [1, numbers.length], data: Float32Array.from(numbers) }
    : inputRows(source, await readOneArray(source, file.x));
  const width = elementCount(shape);
  if (found.data.length === 0 || found.data.length % width !== 0 || !isLike(found.shape, shape)) {
    throw new CliError(
      `${source}: expected examples [n, ${shape.join(", ")}] for this run, received [${found.shape.join(", ")}]`,
    );
  }
  const count = found.data.length / width;
  const all = { ...found, shape: [count, ...shape] };
  const { row } = flags;
  const rows = row === undefined ? all : { ...takeRow(source, all, row), shape: [1, ...shape] };
  const predictions = await predictionsOf(run.model, rows);
  const names = row === undefined ? Array.from({ length: count }, (_, i) => i) : [row];
  const { classes = null, scale } = file;
  const answers = { what: "row", one: "example", names, classes, scale, predictions };
  if (numbers || row !== undefined) return tellAnswer(io, answers, flags);
  await tellAnswers(io, answers, flags);
}

/** The shape of examples with a first axis before it, or of one without, flat or not. */
function isLike(found: readonly number[], shape: readonly number[]): boolean {
  return (
    elementCount(found.slice(1)) === elementCount(shape) ||
    elementCount(found) === elementCount(shape)
  );
}

async function isPictures(source: string): Promise<boolean> {
  if (isPictureFile(source)) return true;
  return await stat(source).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function asPictures(
  io: Io,
  { model }: ArrayRun,
  { classes, white = 255 }: ArraysFile,
  source: string,
  flags: AnswerFlags,
): Promise<void> {
  const [height, width, channels = 1] = model.network.inputShapes[0]!;
  const size = { height: height!, width: width!, channels };
  const read = async (path: string, bytes: Uint8Array) =>
    fitPicture(await readRaster(path, bytes), size, "stretch");
  await predictPictures(io, { model, classes: classes!, read, white }, [source], flags);
}
