// A run on folders of pictures: looks at some, decides on size and colours, reads all, and writes the specification.

import { basename, join, resolve } from "node:path";
import { countExamples } from "neurite/data";
import { unknownName } from "neurite/ir";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "neurite/train";
import { readUpToLimit } from "../files/read-file.ts";
import { applyFlags } from "../flags/apply.ts";
import type { RunFlags } from "../flags/flags.ts";
import { listPictures, type PictureFolder } from "../pictures/picture-folder.ts";
import { MOST_PICTURE_BYTES, type Raster, readRaster } from "../pictures/raster.ts";
import { FITS, type Fit, type PictureSize } from "../pictures/resize.ts";
import type { OwnDataset } from "../sources/own.ts";
import { LARGEST_SIDE, type PicturesFile } from "../sources/picture-spec.ts";
import { readFolder } from "../sources/pictures.ts";
import { TEST_SHARE } from "../sources/stratify.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { plural } from "../terminal/names.ts";
import { classesTold, expectEachClass } from "./classes.ts";
import { pictureRun } from "./picture-run.ts";

/** A run on data of one's own, and the data. */
export interface OwnPlan {
  readonly spec: RunSpec;
  readonly data: OwnDataset;
}

/** @throws UsageError or CliError for flags or a folder that mean nothing */
export async function planPictures(path: string, flags: RunFlags): Promise<OwnPlan> {
  const fit = fitFlag(flags.fit);
  expectOneColour(flags);
  const folder = await listPictures(path);
  const seen = await sizeFor(path, folder, flags);
  const { classes } = folder;
  const { testFraction = TEST_SHARE, seed = 0 } = flags;
  const parts = folder.test ? {} : { testFraction };
  const draft: PicturesFile = {
    ...{ kind: "pictures", path },
    ...seen.size,
    ...{ fit, classes },
    ...(flags.strict && { strict: true }),
  };
  const name = basename(resolve(path));
  const request: RunSpecInput["data"] = { name, ...parts, seed };
  const { data, sha256 } = await readFolder(folder, draft, request);
  expectEachClass(path, data);
  const { size: _, ...other } = flags;
  const run = pictureRun({
    ...seen.size,
    data: { ...request, file: { ...draft, sha256 } },
    classes: classes.length,
    examples: countExamples(data.train),
    first: { kind: "rescaling", scale: 1 / 255 },
    seed,
  });
  const spec = parseRunSpec(applyFlags(run, other));
  const { height, width, channels } = seen.size;
  const told = [
    `pictures of ${height} x ${width} in ${channels === 1 ? "grey" : "colour"}${seen.why}` +
      `${fit === "stretch" ? "" : `; other shapes ${fit === "crop" ? "are cropped" : "are padded"}`}` +
      `${folder.test ? "; parts as the folders train and test say" : ""}`,
    ...classesTold(data),
  ];
  return { spec, data: { ...data, own: { ...data.own, told } } };
}

function fitFlag(name: string | undefined): Fit {
  const fit = FITS.find((known) => known === (name ?? "stretch"));
  if (fit) return fit;
  throw new UsageError(`--fit: ${unknownName("way", name!, FITS).message}`);
}

function expectOneColour({ grey, colour }: RunFlags): void {
  if (grey && colour) throw new UsageError("--grey and --colour: choose one");
}

/** Pictures that are looked at, evenly spread over all. */
const LOOKED_AT = 24;
const [DEFAULT_SIDE, SMALL] = [32, 64];

/** As flags say, or as some of the pictures are. */
async function sizeFor(
  path: string,
  { train }: PictureFolder,
  { size, grey, colour }: RunFlags,
): Promise<{ readonly size: PictureSize; readonly why: string }> {
  const [height, width] = size ?? [];
  if (height !== undefined && Math.max(height, width!) > LARGEST_SIDE) {
    throw new UsageError(
      `--size: expected at most ${LARGEST_SIDE} pixels a side, received ${height}x${width}`,
    );
  }
  if (height !== undefined && (grey || colour)) {
    return { size: { height, width: width!, channels: grey ? 1 : 3 }, why: "" };
  }
  const count = Math.min(LOOKED_AT, train.length);
  const rasters: Raster[] = [];
  for (let i = 0; i < count; i++) {
    const { file } = train[Math.floor((i * train.length) / count)]!;
    const raster = await seenRaster(join(path, file));
    if (raster) rasters.push(raster);
  }
  const [first] = rasters;
  if (!first)
    throw new CliError(
      `${path}: none of ${plural(count, "picture")} that were looked at could be read`,
    );
  const isColoured = colour ?? (!grey && rasters.some(hasColour));
  const sizes = rasters.map(uprightSize);
  const [tall, wide] = sizes[0]!;
  const isAlike =
    sizes.every(([h, w]) => h === tall && w === wide) && Math.max(tall, wide) <= SMALL;
  const own = isAlike ? sizes[0]! : ([DEFAULT_SIDE, DEFAULT_SIDE] as const);
  const found = [
    ...(size ? [] : [isAlike ? "their own size" : "for another size: --size 64x64"]),
    ...(grey || colour
      ? []
      : [isColoured ? "for grey: --grey" : "none that was looked at has colours"]),
  ];
  return {
    size: { height: height ?? own[0], width: width ?? own[1], channels: isColoured ? 3 : 1 },
    why: ` (${found.join("; ")})`,
  };
}

async function seenRaster(path: string): Promise<Raster | null> {
  try {
    return await readRaster(path, await readUpToLimit(path, MOST_PICTURE_BYTES));
  } catch {
    return null; // told of where all are read
  }
}

function uprightSize({ width, height, orientation }: Raster): readonly [number, number] {
  return orientation > 4 ? [width, height] : [height, width];
}

/** More than what JPEG makes of grey. */
const COLOUR = 12;

function hasColour({ data }: Raster): boolean {
  for (let at = 0; at < data.length; at += 4) {
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    if (data[at + 3]! > 0 && Math.max(r, g, b) - Math.min(r, g, b) > COLOUR) return true;
  }
  return false;
}
