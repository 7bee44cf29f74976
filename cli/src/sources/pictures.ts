// Folders of pictures as a data set: each read, made upright, brought into the size of the network, and let go.

import { createHash, type Hash } from "node:crypto";
import { basename, join, resolve } from "node:path";
import type { DataRequest, Examples } from "neurite/data";
import type { FileSpec, RunSpec } from "neurite/spec";
import { elementCount } from "../files/element-count.ts";
import { readUpToLimit } from "../files/read-file.ts";
import { type ClassPicture, listPictures, type PictureFolder } from "../pictures/picture-folder.ts";
import { MOST_PICTURE_BYTES, readRaster } from "../pictures/raster.ts";
import { fitPicture } from "../pictures/resize.ts";
import { CliError, describeFailure } from "../terminal/failures.ts";
import { plural, shortList } from "../terminal/names.ts";
import { changedSince, type OwnDataset } from "./own.ts";
import { type PicturesFile, picturesFile } from "./picture-spec.ts";
import { shuffledRows, stratified } from "./stratify.ts";

/** Bytes that all pictures together may be, in the size of the network. */
const MOST_BYTES_IN_ALL = 2 ** 30;

/** The data of a run that has been made: the same pictures in the same parts. */
export async function loadPictures(
  request: DataRequest & { readonly file: FileSpec },
): Promise<OwnDataset> {
  const file = picturesFile(request.file);
  const { data, sha256 } = await readFolder(await listPictures(file.path), file, request);
  const changed = changedSince(file.path, file.sha256, sha256);
  return { ...data, own: { ...data.own, notices: [...changed, ...data.own.notices] } };
}

/** Another folder with the classes of a run, all of it to test on. */
export async function loadOtherPictures(
  path: string,
  { data }: Pick<RunSpec, "data">,
): Promise<OwnDataset> {
  const file = picturesFile({ ...data.file!, path });
  const folder = await listPictures(path);
  const all = folder.test ?? folder.train;
  const none: PictureFolder = { ...folder, train: [], test: all };
  return (await readFolder(none, file, { name: basename(resolve(path)) })).data;
}

interface ReadPart {
  readonly x: Examples["x"];
  readonly labels: Int32Array;
  readonly files: readonly string[];
}

/** @throws CliError for more than fits into memory, and with `strict` for the first picture that cannot be read */
export async function readFolder(
  folder: PictureFolder,
  file: PicturesFile,
  { name, testFraction, seed }: Pick<DataRequest, "name" | "testFraction" | "seed">,
): Promise<{ readonly data: OwnDataset; readonly sha256: string }> {
  const hash = createHash("sha256");
  const broken: string[] = [];
  const train = await readPart(folder.train, file, hash, broken);
  const test = folder.test && (await readPart(folder.test, file, hash, broken));
  const all = Int32Array.from(train.labels.keys());
  const rows = test
    ? { train: shuffledRows(all, seed), test: Int32Array.from(test.labels.keys()) }
    : stratified(train.labels, { testFraction, seed });
  const [own, judged] = [pick(train, rows.train), pick(test ?? train, rows.test)];
  const { height, width, channels, classes } = file;
  return {
    sha256: hash.digest("hex"),
    data: {
      name,
      view: "image",
      classes: classes.length,
      classNames: classes,
      train: own.examples,
      test: judged.examples,
      own: {
        kind: "pictures",
        told: [],
        notices: [...folder.notices, ...unknownTold(folder, file), ...brokenTold(broken)],
        files: { train: own.files, test: judged.files },
        shown: { height, width, channels, white: 255 },
      },
    },
  };
}

async function readPart(
  pictures: readonly ClassPicture[],
  file: PicturesFile,
  hash: Hash,
  broken: string[],
): Promise<ReadPart> {
  const { path: folder, height, width, channels, classes, fit, strict = false } = file;
  const known = pictures.filter(({ className }) => classes.includes(className));
  const size = height * width * channels;
  if (known.length * size > MOST_BYTES_IN_ALL) {
    throw new CliError(
      `${folder}: ${plural(known.length, "picture")} of ${height} x ${width} are more than fits into memory; ` +
        "take a smaller --size, or --grey",
    );
  }
  let data = new Uint8Array(known.length * size);
  const kept: ClassPicture[] = [];
  for (const picture of known) {
    const path = join(folder, picture.file);
    try {
      const bytes = await readUpToLimit(path, MOST_PICTURE_BYTES);
      hash.update(`${picture.file}\0${bytes.length}\0`).update(bytes);
      data.set(fitPicture(await readRaster(path, bytes), file, fit), kept.length * size);
      kept.push(picture);
    } catch (error) {
      const { message } = describeFailure(error);
      if (strict || !isOfFile(error)) throw error;
      broken.push(message!);
    }
  }
  data = data.subarray(0, kept.length * size);
  return {
    x: { dtype: "uint8", shape: [kept.length, height, width, channels], data },
    labels: Int32Array.from(kept, ({ className }) => classes.indexOf(className)),
    files: kept.map((picture) => picture.file),
  };
}

/** What is wrong with one file says nothing of the others. */
function isOfFile(error: unknown): boolean {
  if (error instanceof CliError) return true;
  const { code } = error as NodeJS.ErrnoException;
  return code === "EACCES" || code === "EPERM" || code === "ENOENT" || code === "EIO";
}

function pick({ x, labels, files }: ReadPart, rows: Int32Array) {
  const [, ...shape] = x.shape;
  const size = elementCount(shape);
  const data = new Uint8Array(rows.length * size);
  rows.forEach((row, i) => {
    data.set((x.data as Uint8Array).subarray(row * size, (row + 1) * size), i * size);
  });
  const examples: Examples = {
    x: { dtype: "uint8", shape: [rows.length, ...shape], data },
    y: { dtype: "int32", shape: [rows.length], data: rows.map((row) => labels[row]!) },
  };
  return { examples, files: Array.from(rows, (row) => files[row]!) };
}

function unknownTold({ train, test }: PictureFolder, { classes }: PicturesFile): string[] {
  const names = [...train, ...(test ?? [])].map(({ className }) => className);
  const unknown = [...new Set(names)].filter((name) => !classes.includes(name));
  if (unknown.length === 0) return [];
  const count = names.filter((name) => unknown.includes(name)).length;
  return [
    `${plural(count, "picture")} left out of folders that are none of the run's classes: ${shortList(unknown)}`,
  ];
}

function brokenTold(broken: readonly string[]): string[] {
  const most = 5;
  const more = broken.length - most;
  return [
    ...broken.slice(0, most).map((message) => `left out: ${message}`),
    ...(more > 0 ? [`and ${plural(more, "more picture")} that could not be read`] : []),
  ];
}
