// Settings out of a document from elsewhere: what means nothing is told by its path, and replaced.

import { parseRunSpec, type RunSpec } from "neurite/spec";
import type {
  DataSource,
  DataSpec,
  OwnPoint,
  Problem,
  Settings,
  ViewSpec,
} from "../state/index.ts";
import type { Json } from "./difference.ts";

/** Limits of what a link may ask of a page. */
export const LIMITS = {
  points: 5000,
  inputs: 16,
  features: 16,
  text: 400,
  name: 60,
  // Eight hidden ones, each with dropout behind it, between input and output.
  layers: 18,
  units: 64,
  // Any other number of a layer: patterns and steps of retrieval, filters, heads, words.
  layerNumber: 1000,
} as const;

type Tree = Readonly<Record<string, Json>>;

/** Reads fields, and notes those that were replaced. */
export class Reader {
  readonly problems: Problem[] = [];

  /** The value if it fits, else the fallback, with a note of it. */
  field<T extends Json>(
    path: string,
    value: Json | undefined,
    fits: (v: Json) => boolean,
    fallback: T,
  ): T {
    if (value === undefined) return fallback;
    if (fits(value)) return value as T;
    this.replaced(path, value, fallback);
    return fallback;
  }

  /** @param used undefined where the field is left out */
  replaced(path: string, found: Json | undefined, used: Json | undefined): void {
    this.problems.push({
      code: "fieldReplaced",
      data: { path, found: shown(found), used: shown(used) },
    });
  }
}

/** A value in a sentence: short, and as JSON; empty where there is none. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return "";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** @param base what is used where the document means nothing */
export function readSettings(document: Json, base: Settings, reader: Reader): Settings {
  const tree = treeOf(document);
  const run = readRun(tree["run"], base.run, reader);
  const data = readData(tree["data"], base.data, reader);
  return { run, data };
}

/** A run that the parser refuses is repaired field by field, as long as it names one. */
function readRun(value: Json | undefined, base: RunSpec, reader: Reader): RunSpec {
  let document = value as Json;
  for (let tries = 0; tries < 20 && value !== undefined; tries++) {
    try {
      const run = limited(parseRunSpec(document), base, reader);
      const fields = (["halving", "stopping"] as const).filter((field) => run[field]);
      if (fields.length > 0) reader.problems.push({ code: "notFollowed", data: { fields } });
      return run;
    } catch (error) {
      const path = /^spec: ([\w.]+):/.exec((error as Error).message)?.[1];
      if (path === undefined) break;
      const names = mendable(document, base as unknown as Json, path.split("."));
      const [found, fallback] = [at(document, names), at(base as unknown as Json, names)];
      reader.replaced(`run.${names.join(".")}`, found, fallback);
      document = put(document, names, fallback);
    }
  }
  if (value !== undefined) reader.replaced("run", value, base as unknown as Json);
  return base;
}

/** A field that neither of them has cannot be mended: what it should stand in is. */
function mendable(document: Json, base: Json, names: readonly string[]): readonly string[] {
  const isMissing = [document, base].every((one) => at(one, names) === undefined);
  return isMissing && names.length > 1 ? mendable(document, base, names.slice(0, -1)) : names;
}

/** Sizes that would stop a page. */
function limited(run: RunSpec, base: RunSpec, reader: Reader): RunSpec {
  const layers = "layers" in run.model ? run.model.layers : run.model.nodes;
  const isLarge = layers.length > LIMITS.layers || layers.some(holdsTooMuch);
  const samples = run.data.samples ?? 0;
  const data = samples > LIMITS.points ? { ...run.data, samples: LIMITS.points } : run.data;
  if (samples > LIMITS.points) reader.replaced("run.data.samples", samples, LIMITS.points);
  if (!isLarge) return { ...run, data };
  reader.problems.push({
    code: "networkTooLarge",
    data: {
      found: sketchOf(run),
      used: sketchOf(base),
      layers: LIMITS.layers,
      units: LIMITS.units,
      number: LIMITS.layerNumber,
    },
  });
  return { ...run, data, model: base.model };
}

/** A layer, or a part of one: those within it count as it does. */
function holdsTooMuch(part: object): boolean {
  return Object.entries(part).some(([field, value]) => {
    if (typeof value === "object" && value !== null) return holdsTooMuch(value);
    const most = LIMITS[field === "units" ? "units" : "layerNumber"];
    return typeof value === "number" && value > most;
  });
}

/** As in "2-1000000-1": how many come in, and the units of each layer. */
function sketchOf({ model }: RunSpec): string {
  const layers = "layers" in model ? model.layers : model.nodes;
  const counts = layers.map(({ units, shape }) => (Array.isArray(shape) ? shape.join("×") : units));
  const known = counts.filter((count) => count !== undefined).map(String);
  return known.length > 8 ? `${known.slice(0, 7).join("-")}-…-${known.at(-1)}` : known.join("-");
}

function readData(value: Json | undefined, base: DataSpec, reader: Reader): DataSpec {
  if (value === undefined) return base;
  const tree = treeOf(value);
  const isFeatures = (v: Json) =>
    Array.isArray(v) && v.length > 0 && v.length <= LIMITS.features && v.every(isText);
  return {
    source: readSource(tree["source"], base.source, reader),
    features: reader.field(
      "data.features",
      tree["features"],
      isFeatures,
      base.features as string[],
    ),
    testShare: reader.field(
      "data.testShare",
      tree["testShare"],
      (v) => isNumber(v) && v >= 0 && v < 1,
      base.testShare,
    ),
  };
}

function readSource(value: Json | undefined, base: DataSource, reader: Reader): DataSource {
  if (value === undefined) return base;
  const tree = treeOf(value);
  const classes = reader.field("data.source.classes", tree["classes"], isClasses, null);
  if (tree["kind"] === "named") return { kind: "named" };
  if (tree["kind"] === "points" && isPoints(tree["points"])) {
    const points = tree["points"] as unknown as OwnPoint[];
    const width = points[0]?.x.length ?? 2;
    const names = Array.from({ length: width }, (_, i) => `x${i + 1}`);
    const fits = (v: Json) => Array.isArray(v) && v.length === width && v.every(isText);
    return {
      kind: "points",
      classes,
      names: reader.field("data.source.names", tree["names"], fits, names),
      points,
    };
  }
  if (tree["kind"] === "formula" && isText(tree["text"] ?? null)) {
    const number = (name: string, fits: (v: number) => boolean, fallback: number) =>
      reader.field(`data.source.${name}`, tree[name], (v) => isNumber(v) && fits(v), fallback);
    return {
      kind: "formula",
      text: tree["text"] as string,
      classes,
      samples: number("samples", (v) => Number.isInteger(v) && v > 0 && v <= LIMITS.points, 400),
      noise: number("noise", (v) => v >= 0 && v <= 1, 0),
      seed: number("seed", (v) => Number.isInteger(v) && v >= 0 && v < 2 ** 32, 0),
    };
  }
  reader.replaced("data.source", value, base as unknown as Json);
  return base;
}

const isNumber = (value: Json): value is number =>
  typeof value === "number" && Number.isFinite(value);
const isText = (value: Json): boolean =>
  typeof value === "string" && value.length > 0 && value.length <= LIMITS.text;
const isClasses = (value: Json): boolean =>
  value === null || (isNumber(value) && Number.isInteger(value) && value >= 2 && value <= 10);

/** Points of the same number of inputs. */
function isPoints(value: Json | undefined): boolean {
  if (!Array.isArray(value) || value.length < 2 || value.length > LIMITS.points) return false;
  const width = (treeOf(value[0])["x"] as readonly Json[] | undefined)?.length ?? 0;
  return (
    width >= 1 &&
    width <= LIMITS.inputs &&
    value.every((point: Json) => {
      const { x, y } = treeOf(point) as { x?: Json; y?: Json };
      return Array.isArray(x) && x.length === width && x.every(isNumber) && isNumber(y ?? null);
    })
  );
}

/** The view of a link: what does not fit is left as it is. */
export function readView(value: Json | undefined, base: ViewSpec, reader: Reader): ViewSpec {
  const tree = treeOf(value ?? null);
  const isFlag = (v: Json) => typeof v === "boolean";
  const isOwn = (v: Json) =>
    typeof v === "object" &&
    v !== null &&
    !Array.isArray(v) &&
    Object.values(v).every((x) => typeof x !== "object");
  return {
    unit: reader.field("view.unit", tree["unit"], (v) => v === null || isText(v), base.unit),
    example: reader.field(
      "view.example",
      tree["example"],
      (v) => v === null || isNumber(v),
      base.example,
    ),
    showTest: reader.field("view.showTest", tree["showTest"], isFlag, base.showTest),
    logLoss: reader.field("view.logLoss", tree["logLoss"], isFlag, base.logLoss),
    digits: reader.field("view.digits", tree["digits"], (v) => v === 4 || v === 9, base.digits),
    own: reader.field(
      "view.own",
      tree["own"],
      isOwn,
      base.own as { readonly [key: string]: Json },
    ) as ViewSpec["own"],
  };
}

export function treeOf(value: Json | undefined): Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Tree)
    : {};
}

function at(value: Json | undefined, names: readonly string[]): Json | undefined {
  return names.reduce<Json | undefined>(
    (inner, name) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, name)
        ? (inner as Tree)[name]
        : undefined,
    value,
  );
}

/** The document with another field, or without it. */
function put(value: Json, [name = "", ...rest]: readonly string[], field: Json | undefined): Json {
  if (Array.isArray(value)) {
    return value.map((item: Json, i) => {
      if (String(i) !== name) return item;
      return rest.length === 0 ? (field ?? null) : put(item, rest, field);
    });
  }
  const { [name]: inner = {}, ...others } = treeOf(value);
  const next = rest.length === 0 ? field : put(inner, rest, field);
  return next === undefined ? others : { ...others, [name]: next };
}
