// neurite predict for a run on pictures: one, several, folders of them, or one on standard input.

import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Examples } from "neurite/data";
import { type Predictions, predictionsOf } from "neurite/inspect";
import type { Model, RunSpec } from "neurite/train";
import { named, readUpToLimit } from "../files/read-file.ts";
import { STANDARD_INPUT, standardInput } from "../files/standard-input.ts";
import { toDigit } from "../pictures/digit-image.ts";
import { picturesBelow } from "../pictures/picture-folder.ts";
import { decodePng } from "../pictures/png.ts";
import { MOST_PICTURE_BYTES, readRaster } from "../pictures/raster.ts";
import { fitPicture } from "../pictures/resize.ts";
import { picturesFile } from "../sources/picture-spec.ts";
import { CliError, describeFailure } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { type AnswerFlags, tellAnswer, tellAnswers } from "./answers.ts";

/** How a file becomes what the network reads. */
export type PictureReader = (path: string, bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export interface PictureAnswerer {
  readonly model: Model;
  readonly classes: readonly string[];
  readonly read: PictureReader;
  /** The number that the network takes for white; 255 by default. */
  readonly white?: number;
}

/** Of a run on folders of pictures. */
export function ownPictures(spec: RunSpec, model: Model): PictureAnswerer {
  const file = picturesFile(spec.data.file!);
  return {
    model,
    classes: file.classes,
    read: async (path, bytes) => fitPicture(await readRaster(path, bytes), file, file.fit),
  };
}

/** Of a run on digits, which want them as MNIST has them. */
export function digitPictures(model: Model, classes: readonly string[]): PictureAnswerer {
  return { model, classes, read: (path, bytes) => toDigit(path, decodePng(path, bytes)) };
}

interface Wanted {
  readonly name: string;
  readonly path: string;
}

/** @throws CliError for what cannot be read; among several it is told, and left out */
export async function predictPictures(
  io: Io,
  answerer: PictureAnswerer,
  sources: readonly string[],
  flags: AnswerFlags,
): Promise<void> {
  const [wanted, notices] = await listed(sources);
  const isOne = sources.length === 1 && wanted.length === 1 && wanted[0]!.name === sources[0];
  for (const notice of notices) io.stderr.write(`note: ${notice}\n`);
  const leave = (message: string) => io.stderr.write(`note: left out: ${message}\n`);
  const found = await answered(answerer, wanted, isOne ? null : leave);
  const { classes } = answerer;
  const answers = { what: "file", one: "picture", classes, ...found };
  if (isOne) return tellAnswer(io, answers, flags);
  if (found.names.length === 0)
    throw new CliError(`${sources.join(", ")}: no picture could be read`);
  await tellAnswers(io, answers, flags);
}

async function listed(sources: readonly string[]): Promise<[Wanted[], string[]]> {
  const [wanted, notices]: [Wanted[], string[]] = [[], []];
  for (const source of sources) {
    const isFolder =
      source !== STANDARD_INPUT &&
      (await stat(source).catch((error) => Promise.reject(named(error, source)))).isDirectory();
    if (!isFolder) {
      wanted.push({ name: source, path: source });
      continue;
    }
    const folder = await picturesBelow(source);
    if (folder.train.length === 0)
      throw new CliError(`${source}: there is no picture in this folder`);
    notices.push(...folder.notices);
    const prefix = sources.length === 1 ? "" : source;
    for (const { file } of folder.train) {
      wanted.push({ name: join(prefix, file), path: join(source, file) });
    }
  }
  return [wanted, notices];
}

/** As many pictures as are held at a time. */
const BATCH = 256;

/** @param leave told of what cannot be read; null where that is an error */
async function answered(
  { model, classes, read, white = 255 }: PictureAnswerer,
  wanted: readonly Wanted[],
  leave: ((message: string) => void) | null,
): Promise<{ readonly names: readonly string[]; readonly predictions: Predictions }> {
  const shape = model.network.inputShapes[0]!;
  const names: string[] = [];
  const values: number[] = [];
  let outputs = classes.length;
  for (let from = 0; from < wanted.length; from += BATCH) {
    const rows: Uint8Array[] = [];
    for (const { name, path } of wanted.slice(from, from + BATCH)) {
      try {
        const isInput = path === STANDARD_INPUT;
        const bytes = isInput
          ? await standardInput()
          : await readUpToLimit(path, MOST_PICTURE_BYTES);
        rows.push(await read(isInput ? "standard input" : path, bytes));
        names.push(name);
      } catch (error) {
        const { message } = describeFailure(error);
        if (leave === null || !(error instanceof CliError)) throw error;
        leave(message!);
      }
    }
    if (rows.length === 0) continue;
    const size = rows[0]!.length;
    const data = new Uint8Array(rows.length * size);
    for (const [i, row] of rows.entries()) data.set(row, i * size);
    const said = await predictionsOf(model, inputsOf(data, [rows.length, ...shape], white));
    outputs = said.outputs;
    for (let i = 0; i < said.values.length; i++) values.push(said.values[i]!);
  }
  return { names, predictions: { count: names.length, outputs, values } };
}

function inputsOf(data: Uint8Array, shape: readonly number[], white: number): Examples["x"] {
  if (white === 255) return { dtype: "uint8", shape, data };
  return { dtype: "float32", shape, data: Float32Array.from(data, (v) => (v * white) / 255) };
}
