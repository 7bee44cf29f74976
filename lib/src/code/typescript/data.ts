// The lines of a printed program that load its data and fit them to its network.

import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { CLASS_SETS } from "../../data/classes.ts";
import { SYNTHETIC_SETS } from "../../data/synthetic.ts";
import type { RunSpec } from "../../spec/runspec.ts";
import { takesLabels } from "../../train/run/fit-data.ts";
import { ownTableLines } from "./own-table.ts";
import { type Imports, showLiteral } from "./parts.ts";

type Layer = Extract<RunSpec["model"], { readonly layers: unknown }>["layers"][number];

export function dataLines(spec: RunSpec, imports: Imports): string[] {
  const { data, loss, model, dtype } = spec;
  const { name, file, samples = 400, noise = 0, seed = 0, train, test, ...more } = data;
  if (file) {
    const isLabels = takesLabels(spec.loss) || outputUnits(spec.model) === 1;
    return ownTableLines(spec, file, isLabels, imports);
  }
  const load = loader(name, { samples, noise, seed, ...more }, imports);
  const cut = (part: string, limit: number | undefined) => {
    if (limit === undefined) return `data.${part}`;
    const rows = `Array.from({ length: ${limit} }, (_, row) => row)`;
    return `${imports.use("neurite/data", "pickExamples")}(data.${part}, ${rows})`;
  };
  const isDouble = dtype === "float64";
  // MNIST is bytes, which a layer of the model makes floats of.
  const x = inputsFor(model, name, imports, isDouble && name !== "mnist");
  const y = targetsFor(loss, model, isDouble && REGRESSION.includes(name));
  return [
    `const data = ${load};`,
    `const train = ${cut("train", train)};`,
    `const test = ${cut("test", test)};`,
    `const [xTrain, xTest] = [${x("train")}, ${x("test")}];`,
    `const [yTrain, yTest] = [${y("train", imports)}, ${y("test", imports)}];`,
  ];
}

/** Sets whose targets are values. */
const REGRESSION = ["regressionPlane", "regressionGaussian", "regressionWaves"];

/** An array of floats as doubles, which every float is to the bit. */
function doubles(array: string, shape: string, imports: Imports): string {
  return `${imports.use("neurite", "fromData")}(Float64Array.from(${array}.data), ${shape}, "float64")`;
}

const MADE = [...Object.keys(SYNTHETIC_SETS), ...Object.keys(CLASS_SETS)];
const NAMES = ["mnist", "iris", "xor", ...MADE];

function loader(name: string, options: object, imports: Imports): string {
  if (name === "mnist") return `await ${imports.use("neurite/data/node", "loadMnist")}()`;
  if (name === "xor") return `${imports.use("neurite/data", "xor")}()`;
  if (MADE.includes(name)) {
    return `${imports.use("neurite/data", name)}(${showLiteral(options)})`;
  }
  if (name !== "iris") {
    const { message } = unknownName("data set", name, NAMES);
    throw new ArgumentError(`spec: data.name: ${message}`);
  }
  const { seed } = options as { seed: number };
  return `${imports.use("neurite/data/node", "loadIris")}({ seed: ${seed}, sizes: [120, 0, 30] })`;
}

type Expression = (part: "train" | "test", imports: Imports) => string;

/** Inputs reshaped where the network wants another shape of the same size. */
function inputsFor(model: RunSpec["model"], name: string, imports: Imports, isDouble: boolean) {
  const shape = inputShape(model);
  const flat = ({ mnist: 784, iris: 4 } as Readonly<Record<string, number>>)[name] ?? 2;
  return (part: string) => {
    const isSame = shape.length === 1 && shape[0] === flat;
    if (isSame && !isDouble) return `${part}.x`;
    if (isSame) return doubles(`${part}.x`, `${part}.x.shape`, imports);
    const count = `${imports.use("neurite/data", "countExamples")}(${part})`;
    const all = `[${[count, ...shape].join(", ")}]`;
    return isDouble ? doubles(`${part}.x`, all, imports) : `{ ...${part}.x, shape: ${all} }`;
  };
}

function targetsFor(loss: RunSpec["loss"], model: RunSpec["model"], isDouble: boolean): Expression {
  const outputs = outputUnits(model);
  if (isDouble) return (part, imports) => doubles(`${part}.y`, `${part}.y.shape`, imports);
  if (takesLabels(loss) || outputs === 1) return (part) => `${part}.y`;
  return (part, imports) => {
    imports.use("neurite", "fromData");
    imports.use("neurite", "oneHot");
    return `oneHot(fromData(${part}.y.data, ${part}.y.shape, "int32"), ${outputs ?? "data.classes"})`;
  };
}

function inputShape(model: RunSpec["model"]): readonly number[] {
  const layers: readonly Layer[] = "layers" in model ? model.layers : model.nodes;
  return layers.find(({ kind }) => kind === "input")!["shape"] as number[];
}

function outputUnits(model: RunSpec["model"]): number | undefined {
  const layers: readonly Layer[] = "layers" in model ? model.layers : model.nodes;
  return layers.findLast(({ kind }) => kind === "dense")?.["units"] as number | undefined;
}
