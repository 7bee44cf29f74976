// Arrays out of files: .npy, those of an .npz by name, .idx plain or gzipped, and four of them in a folder as MNIST is.

import { createHash, type Hash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { FileError } from "neurite";
import { isGzip, readIdx } from "neurite/data";
import { decodeNpy, type StoredTensor } from "neurite/formats";
import { readZip } from "neurite/formats/zip";
import { unknownName } from "neurite/ir";
import { kindOfFile } from "../files/file-kinds.ts";
import { readUpToLimit } from "../files/read-file.ts";
import { STANDARD_INPUT, standardInput } from "../files/standard-input.ts";
import { inFile } from "../runs/run-folder.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { shortList } from "../terminal/names.ts";

const MOST_BYTES = 2 ** 31 - 1;

/** The same of a part for training and of one for testing. */
interface Parts<T> {
  readonly x: T;
  readonly y: T;
  readonly xTest?: T | undefined;
  readonly yTest?: T | undefined;
}

/** Where arrays are: names in an .npz, or other files. */
export type ArrayNames = Parts<string>;

export type ArrayParts = Parts<StoredTensor> & {
  readonly sha256: string;
  /** As they were found, for another reading. */
  readonly names: ArrayNames | null;
};

/** What an .npz calls its arrays, in the order in which they are looked for. */
const USUAL: readonly (readonly [x: string, y: string, xTest?: string, yTest?: string])[] = [
  ["x_train", "y_train", "x_test", "y_test"],
  ["train_images", "train_labels", "test_images", "test_labels"],
  ["x", "y"],
  ["images", "labels"],
  ["data", "target"],
  ["features", "labels"],
  ["inputs", "targets"],
  ["data", "labels"],
  ["arr_0", "arr_1"],
];

const isNpz = (bytes: Uint8Array) => kindOfFile(bytes) === "a zip archive";

/**
 * @param names of the arrays in an .npz, or of the file of labels; found where they are not given
 * @throws NeuriteError or CliError for what cannot be read
 */
export async function readArrays(
  path: string,
  names: Partial<ArrayNames> = {},
): Promise<ArrayParts> {
  const hash = createHash("sha256");
  const folder = await readdir(path).catch(() => null);
  if (folder) return await inMnistNaming(path, folder, hash);
  const bytes = await hashed(path, hash);
  if (isNpz(bytes)) return { ...(await inNpz(path, bytes, names)), sha256: hash.digest("hex") };
  if (names.y === undefined) {
    throw new UsageError(
      `--labels: expected the file of labels, as in ${path} --labels labels.npy`,
    );
  }
  const x = await decoded(path, bytes);
  const y = await decoded(names.y, await hashed(names.y, hash));
  return { x, y, names: { x: path, y: names.y }, sha256: hash.digest("hex") };
}

/** The array in a file by itself, "-" for standard input; in an .npz that of a name, or the only one. */
export async function readOneArray(path: string, name?: string): Promise<StoredTensor> {
  const isInput = path === STANDARD_INPUT;
  const bytes = isInput ? await standardInput() : await readUpToLimit(path, MOST_BYTES);
  const where = isInput ? "standard input" : path;
  if (!isNpz(bytes)) return await decoded(where, bytes);
  const arrays = entriesOf(where, bytes);
  if (arrays.size === 1) return [...arrays.values()][0]!();
  const found = name === undefined ? undefined : arrays.get(name);
  if (found) return found();
  throw new CliError(
    `${where}: expected ${name === undefined ? "one array" : `an array ${name}`}; it has ${shortList([...arrays.keys()])}`,
  );
}

async function hashed(path: string, hash: Hash): Promise<Uint8Array> {
  const bytes = await readUpToLimit(path, MOST_BYTES);
  hash.update(bytes);
  return bytes;
}

async function decoded(path: string, bytes: Uint8Array): Promise<StoredTensor> {
  const isIdx = isGzip(bytes) || (bytes[0] === 0 && bytes[1] === 0);
  const kind = kindOfFile(bytes);
  if (kind !== null) throw new CliError(`${path}: this is ${kind}; expected an .npy or .idx file`);
  try {
    return isIdx ? await readIdx(bytes) : decodeNpy(bytes);
  } catch (error) {
    if (error instanceof FileError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

function entriesOf(path: string, bytes: Uint8Array): Map<string, () => Promise<StoredTensor>> {
  const arrays = inFile(path, () => readZip(bytes)).filter(({ name }) => name.endsWith(".npy"));
  if (arrays.length === 0) throw new CliError(`${path}: there are no arrays in this archive`);
  return new Map(
    arrays.map(({ name, read }) => {
      const bare = name.slice(0, -".npy".length);
      const decode = async () => {
        try {
          return decodeNpy(await read());
        } catch (error) {
          if (error instanceof FileError) error.message = `${path}: ${bare}: ${error.message}`;
          throw error;
        }
      };
      return [bare, decode];
    }),
  );
}

async function inNpz(
  path: string,
  bytes: Uint8Array,
  given: Partial<ArrayNames>,
): Promise<Omit<ArrayParts, "sha256">> {
  const arrays = entriesOf(path, bytes);
  const names = namesIn(path, [...arrays.keys()], given);
  const { x, y, xTest, yTest } = names;
  const read = (name: string) => arrays.get(name)!();
  return {
    ...{ x: await read(x), y: await read(y), names },
    ...(xTest !== undefined &&
      yTest !== undefined && { xTest: await read(xTest), yTest: await read(yTest) }),
  };
}

function namesIn(path: string, known: readonly string[], given: Partial<ArrayNames>): ArrayNames {
  for (const [flag, name] of [
    ["--images", given.x],
    ["--labels", given.y],
  ] as const) {
    if (name !== undefined && !known.includes(name)) {
      throw new UsageError(`${flag}: ${path}: ${unknownName("array", name, known).message}`);
    }
  }
  for (const name of [given.xTest, given.yTest]) {
    if (name !== undefined && !known.includes(name)) {
      throw new CliError(`${path}: the run reads an array ${name} that is not there`);
    }
  }
  if (given.x !== undefined && given.y !== undefined) return given as ArrayNames;
  const named = (name: string | undefined) => known.find((one) => one.toLowerCase() === name);
  for (const [usualX, usualY, ...tests] of USUAL) {
    const [x, y] = [given.x ?? named(usualX), given.y ?? named(usualY)];
    if (x === undefined || y === undefined || x === y) continue;
    const [xTest, yTest] = tests.map(named);
    return { x, y, ...(xTest !== undefined && yTest !== undefined && { xTest, yTest }) };
  }
  throw new UsageError(
    `--images, --labels: expected the names of arrays to learn from and to learn; ${path} has ${shortList(known)}`,
  );
}

/** As in train-images-idx3-ubyte, or .gz, or .npy. */
async function inMnistNaming(
  path: string,
  files: readonly string[],
  hash: Hash,
): Promise<ArrayParts> {
  const find = (part: string, what: string) =>
    files.find((file) => new RegExp(`^(${part})-${what}[.-]`, "i").test(file));
  const read = async (part: string, what: string) => {
    const file = find(part, what);
    if (file === undefined) {
      throw new CliError(
        `${path}: expected a file ${part.split("|")[0]}-${what}..., as MNIST has it`,
      );
    }
    return await decoded(join(path, file), await hashed(join(path, file), hash));
  };
  const [x, y] = [await read("train", "images"), await read("train", "labels")];
  const test = "t10k|test";
  if (find(test, "images") === undefined) return { x, y, names: null, sha256: hash.digest("hex") };
  const [xTest, yTest] = [await read(test, "images"), await read(test, "labels")];
  return { x, y, xTest, yTest, names: null, sha256: hash.digest("hex") };
}
