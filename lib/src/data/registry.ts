// Data sets by name, as a run specification names them: those made here, and those that a place can load.

import {
  expectArgument,
  expectOptions,
  func,
  index,
  type Kinds,
  notNegative,
  object,
  share,
  text,
  whole,
  within,
} from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { unknownName } from "../checks/nearest.ts";
import type { FileKind, FileSpec } from "../spec/parts.ts";
import { countExamples, type Dataset, type Examples, pickExamples } from "./dataset.ts";
import type { MadeName } from "./made.ts";
import { xor } from "./truth-table.ts";

/** How examples can be shown: as pictures, as points in the plane, or only as numbers. */
export type View = "image" | "plane" | "table";

/** A data set with what is needed to show it. */
export interface NamedDataset extends Dataset {
  readonly view: View;
  /** What the classes are called; empty where the targets are values. */
  readonly classNames: readonly string[];
}

/** A data set by name, and its options: the field `data` of a run specification. */
export interface DataRequest {
  readonly name: string;
  /** Data of one's own, read by the loader of its kind. */
  readonly file?: FileSpec | undefined;
  /** How many examples to make, of a set that is made; 400 if not given. */
  readonly samples?: number | undefined;
  /** Of a set that is made; 0 if not given. */
  readonly noise?: number | undefined;
  /** Of `arms`, `blobs` and `rings`: how many classes; 3 if not given. */
  readonly classes?: number | undefined;
  /** Of a set that is made: the part that is kept for testing; half if not given. */
  readonly testFraction?: number | undefined;
  /** Decides what is drawn, or which examples are in which part; 0 if not given. */
  readonly seed?: number | undefined;
  /** How many of the training examples to keep, the first ones; all if not given. */
  readonly train?: number | undefined;
  /** The same of the test examples. */
  readonly test?: number | undefined;
}

const REQUEST: Kinds<DataRequest> = {
  name: text,
  file: object,
  samples: index,
  noise: notNegative,
  classes: within(2, 8),
  testFraction: share,
  seed: whole,
  train: index,
  test: index,
};

/** Loads one data set from where this program runs: from a disk, or over the net. */
export type DataLoader = (options: {
  readonly seed: number;
}) => NamedDataset | Promise<NamedDataset>;

/** Loaders by the names of their sets, as `NODE_DATA` of neurite/data/node. */
export type DataLoaders = Readonly<Record<string, DataLoader>>;

/** Reads data of one's own: the whole request, whose `file` is there. */
export type FileLoader = (
  request: DataRequest & { readonly file: FileSpec },
) => NamedDataset | Promise<NamedDataset>;

/** Loaders of files by what they hold. */
export type FileLoaders = Readonly<Partial<Record<FileKind, FileLoader>>>;

/** The sets that are made, and whether of as many classes as one likes. What makes them is fetched for them. */
const MADE: Readonly<Record<MadeName, "classes" | "fixed">> = {
  quadrants: "fixed",
  circles: "fixed",
  moons: "fixed",
  spirals: "fixed",
  gaussians: "fixed",
  regressionPlane: "fixed",
  regressionGaussian: "fixed",
  regressionWaves: "fixed",
  arms: "classes",
  blobs: "classes",
  rings: "classes",
};

const isMade = (name: string): name is MadeName => Object.hasOwn(MADE, name);

/**
 * The names that `loadData` knows, those of the loaders first.
 * @throws ArgumentError for what is no record of loaders
 */
export function dataNames(loaders: DataLoaders = {}): string[] {
  expectLoaders("dataNames", loaders);
  const own = ["xor", ...Object.keys(MADE)];
  return [...new Set([...Object.keys(loaders), ...own])];
}

/**
 * A data set by its name, with the limits that are set: x [n, ...input shape], y int32 [n] of class
 * numbers or float [n, outputs] of values.
 * @param loaders of the sets that are not made but loaded
 * @param files loaders of data of one's own, by what it is
 * @throws ArgumentError (as a rejection) naming the field of the specification that is wrong
 */
export async function loadData(
  request: DataRequest,
  loaders: DataLoaders = {},
  files: FileLoaders = {},
): Promise<NamedDataset> {
  expectOptions("loadData", request, REQUEST, ["name"]);
  expectLoaders("loadData", loaders);
  expectLoaders("loadData", files);
  const whole = request.file
    ? await loadFile({ ...request, file: request.file }, files)
    : await loadWhole(request, loaders);
  const cut = (part: "train" | "test") => firstRows(whole[part], request[part], `data.${part}`);
  return { ...whole, train: cut("train"), test: cut("test") };
}

async function loadFile(
  request: DataRequest & { readonly file: FileSpec },
  files: FileLoaders,
): Promise<NamedDataset> {
  const load = files[request.file.kind];
  if (load) return await load(request);
  throw new ArgumentError(
    `spec: data.file: files of ${request.file.kind} cannot be read here; expected a data set by name`,
  );
}

async function loadWhole(request: DataRequest, loaders: DataLoaders): Promise<NamedDataset> {
  const { name, samples, noise, classes, testFraction, seed = 0 } = request;
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (!load && isMade(name)) {
    if (classes !== undefined && MADE[name] === "fixed") throw fixed("classes", name);
    const { MADE_SETS } = await import("./made.ts");
    const dataset = MADE_SETS[name]({
      samples: samples ?? 400,
      noise: noise ?? 0,
      seed,
      ...(classes !== undefined && { classes }),
      ...(testFraction !== undefined && { testFraction }),
    });
    return { ...dataset, view: "plane", classNames: numbered(dataset.classes ?? 0) };
  }
  if (!load && name !== "xor") {
    const { message, unknown } = unknownName("data set", name, dataNames(loaders));
    throw new ArgumentError(`spec: data.name: ${message}`, { unknown });
  }
  const given = Object.entries({ samples, noise, classes, testFraction });
  const wrong = given.find(([, value]) => value !== undefined);
  if (wrong) throw fixed(wrong[0], name);
  if (load) return await load({ seed });
  return { ...xor(), view: "plane", classNames: numbered(2) };
}

function fixed(field: string, name: string): ArgumentError {
  const is = field === "classes" ? "has two classes, or values" : "is a fixed set";
  return new ArgumentError(`spec: data.${field}: ${name} ${is}, it has no ${field}`);
}

/** Names of classes that have none but their numbers. */
export function numbered(classes: number): string[] {
  return Array.from({ length: classes }, (_, i) => String(i));
}

function firstRows(examples: Examples, limit: number | undefined, path: string): Examples {
  const count = countExamples(examples);
  if (limit === undefined || limit === count) return examples;
  if (limit > count) {
    throw new ArgumentError(`spec: ${path}: there are only ${count} examples, received ${limit}`);
  }
  return pickExamples(
    examples,
    Array.from({ length: limit }, (_, row) => row),
  );
}

function expectLoaders(where: string, loaders: DataLoaders | FileLoaders): void {
  const says = "a record of functions, each loading the data set of its name";
  const fits = (value: unknown) =>
    typeof value === "object" && value !== null && Object.values(value).every(func.fits);
  expectArgument(where, "loaders", loaders, { says, fits });
}
