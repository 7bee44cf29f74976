// Arrays of one's own as a data set: parted as their files say, or by seed.

import { basename, resolve } from "node:path";
import { type DataRequest, type Examples, pickExamples } from "neurite/data";
import type { FileSpec, RunSpec } from "neurite/spec";
import {
  expectAsMany,
  inputRows,
  labelRows,
  shapeOfPictures,
  valueRows,
} from "../array-files/array-examples.ts";
import { type ArrayParts, readArrays } from "../array-files/read-arrays.ts";
import { type ArraysFile, arraysFile } from "./arrays-spec.ts";
import { changedSince, type OwnDataset } from "./own.ts";
import { shuffledRows, stratified } from "./stratify.ts";

/** The data of a run that has been made: the same examples in the same parts. */
export async function loadArrays(
  request: DataRequest & { readonly file: FileSpec },
): Promise<OwnDataset> {
  const file = arraysFile(request.file);
  const parts = await readArrays(file.path, file);
  const data = arraysDataset(parts, file, request);
  const notices = changedSince(file.path, file.sha256, parts.sha256);
  return { ...data, own: { ...data.own, notices } };
}

/** Other arrays, all of which a run is tested on: their part for testing, where they have one. */
export async function loadOtherArrays(
  path: string,
  { data }: Pick<RunSpec, "data">,
): Promise<OwnDataset> {
  const file = arraysFile(data.file!);
  const { x, y, xTest = x, yTest = y, ...rest } = await readArrays(path, {});
  const none = { ...file, path };
  const request = { name: basename(resolve(path)), testFraction: 0 };
  const found = arraysDataset({ ...rest, x: xTest, y: yTest }, none, request);
  return { ...found, test: found.train, train: pickExamples(found.train, []) };
}

/** @throws CliError for arrays that do not belong together */
export function arraysDataset(
  { x, y, xTest, yTest }: Omit<ArrayParts, "sha256" | "names">,
  file: ArraysFile,
  { name, testFraction, seed }: Pick<DataRequest, "name" | "testFraction" | "seed">,
): OwnDataset {
  const { path, classes, scale, white } = file;
  const examplesOf = (inputs: ArrayParts["x"], targets: ArrayParts["y"]): Examples => {
    const rows = inputRows(path, inputs);
    expectAsMany(path, rows, targets);
    const y = classes ? labelRows(path, targets, classes) : valueRows(path, targets, scale!);
    return { x: rows, y };
  };
  const all = examplesOf(x, y);
  const count = all.x.shape[0]!;
  const labels = classes ? all.y.data : new Int32Array(count);
  const rows = xTest
    ? {
        train: shuffledRows(
          Int32Array.from({ length: count }, (_, row) => row),
          seed,
        ),
        test: null,
      }
    : stratified(labels, { testFraction, seed });
  const picture = shapeOfPictures(all.x);
  const [height, width, channels] = picture ?? [];
  return {
    name,
    view: picture ? "image" : "table",
    classes: classes?.length ?? null,
    classNames: classes ?? [],
    train: pickExamples(all, rows.train),
    test: rows.test ? pickExamples(all, rows.test) : examplesOf(xTest!, yTest!),
    own: {
      kind: "arrays",
      told: [],
      notices: [],
      ...(picture && {
        shown: { height: height!, width: width!, channels: channels!, white: white ?? 255 },
      }),
    },
  };
}
