// What is in a data set of pictures: sizes, how bright they are, how many there are of each class, which are twice there.

import { createHash } from "node:crypto";
import { countExamples, type Examples, type NamedDataset } from "neurite/data";
import { labelsOf } from "neurite/inspect";
import { ownPartOf } from "../sources/own.ts";
import { bars } from "../terminal/bars.ts";
import { plural } from "../terminal/names.ts";
import { shown } from "./told.ts";

/** Pictures that are alike in every pixel. Examples count from 0. */
export interface TwinPictures {
  readonly count: number;
  readonly some: readonly PicturePair[];
}

interface PicturePair {
  readonly part: "train" | "test";
  readonly example: number;
  /** The first one like it, which is in the part to learn from unless both are not. */
  readonly like: { readonly part: "train" | "test"; readonly example: number };
  /** What the two are called: their files, or part and number. */
  readonly names: readonly [string, string];
  /** Whether they are of different classes. */
  readonly isContradiction: boolean;
}

export interface PicturesFound {
  /** Of one picture. */
  readonly shape: readonly number[];
  readonly classes: readonly {
    readonly name: string;
    readonly train: number;
    readonly test: number;
  }[];
  /** Over all pixels of the pictures to learn from. */
  readonly pixels: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly deviation: number;
  };
  readonly twins: TwinPictures;
  /** Of each class, the mean of its pictures to learn from: [classes, pixels]. */
  readonly means: readonly Float64Array[];
}

const PARTS = ["train", "test"] as const;
const MOST = 50;

export function picturesIn(data: NamedDataset): PicturesFound {
  const labelsIn = (part: "train" | "test"): ArrayLike<number> =>
    data.classes === null ? new Int32Array(countExamples(data[part])) : labelsOf(data[part]);
  const labels = { train: labelsIn("train"), test: labelsIn("test") };
  const countOf = (part: "train" | "test", label: number) =>
    Array.from(labels[part]).reduce((sum, other) => (other === label ? sum + 1 : sum), 0);
  return {
    shape: data.train.x.shape.slice(1),
    classes: data.classNames.map((name, label) => ({
      ...{ name, train: countOf("train", label), test: countOf("test", label) },
    })),
    pixels: pixelsOf(data.train.x.data),
    twins: twinsIn(data, labels, ownPartOf(data)?.files),
    means: meansOf(data.train, labels.train, data.classNames.length),
  };
}

function pixelsOf(data: Examples["x"]["data"]): PicturesFound["pixels"] {
  let [sum, squares, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of data) {
    sum += value;
    squares += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / data.length;
  return { min, max, mean, deviation: Math.sqrt(Math.max(0, squares / data.length - mean ** 2)) };
}

function twinsIn(
  data: NamedDataset,
  labels: Readonly<Record<"train" | "test", ArrayLike<number>>>,
  files: Readonly<Record<"train" | "test", readonly string[]>> | undefined,
): TwinPictures {
  const nameOf = (part: "train" | "test", example: number) =>
    files?.[part][example] ?? `${part} ${example}`;
  const firsts = new Map<string, PicturePair["like"]>();
  const some: PicturePair[] = [];
  let count = 0;
  for (const part of PARTS) {
    const { x } = data[part];
    const rows = countExamples(data[part]);
    const width = x.data.length / Math.max(1, rows);
    for (let example = 0; example < rows; example++) {
      const { buffer, byteOffset, byteLength } = x.data.subarray(
        example * width,
        (example + 1) * width,
      );
      const hash = createHash("sha1")
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest("base64");
      const like = firsts.get(hash);
      if (!like) {
        firsts.set(hash, { part, example });
        continue;
      }
      count++;
      const isContradiction = labels[part][example] !== labels[like.part][like.example];
      if (some.length >= MOST) continue;
      const names = [nameOf(part, example), nameOf(like.part, like.example)] as const;
      some.push({ part, example, like, names, isContradiction });
    }
  }
  return { count, some };
}

function meansOf({ x }: Examples, labels: ArrayLike<number>, classes: number): Float64Array[] {
  const width = x.data.length / Math.max(1, labels.length);
  const sums = Array.from({ length: classes }, () => new Float64Array(width));
  const counts = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const own = sums[labels[row]!];
    if (!own) continue;
    counts[labels[row]!]!++;
    for (let i = 0; i < width; i++) own[i]! += x.data[row * width + i]!;
  }
  return sums.map((sum, label) => sum.map((value) => value / Math.max(1, counts[label]!)));
}

export function pictureLines({ shape, classes, pixels, twins }: PicturesFound): string[] {
  const total = classes.reduce((sum, { train }) => sum + train, 0);
  const { min, max, mean, deviation } = pixels;
  return [
    `each ${shape.join(" x ")} numbers from ${shown(min)} to ${shown(max)}, mean ${shown(mean)}, deviation ${shown(deviation)}`,
    "",
    ...(classes.length === 0
      ? []
      : [
          `${plural(classes.length, "class", "classes")}, of the examples to learn from:`,
          ...bars(
            classes.map(({ name }) => name),
            classes.map(({ train }) => train / Math.max(1, total)),
          ),
          "",
        ]),
    ...twinsTold(twins),
  ];
}

export function twinsTold({ count, some }: TwinPictures): string[] {
  if (count === 0) return ["no picture is there twice"];
  const across = some.filter(({ part, like }) => part !== like.part).length;
  return [
    `${plural(count, "picture")} there twice${across > 0 ? `, of the first ${some.length} ${across} to test on and to learn from` : ""}:`,
    ...some
      .slice(0, 12)
      .map(
        ({ names: [one, other], isContradiction }) =>
          `  ${one} is ${other}${isContradiction ? ", of another class" : ""}`,
      ),
    ...(count > 12 ? [`  and ${count - 12} more`] : []),
  ];
}
