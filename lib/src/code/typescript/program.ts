// A run as a TypeScript program against the library, which does what `neurite train` does with it.

import { expectOptions, type Kinds, listOf, text } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { isRecord } from "../../formats/json.ts";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { dataLines } from "./data.ts";
import { LayerCode } from "./layers.ts";
import { COLUMNS, columnsIn } from "./own-table.ts";
import { Imports, showLiteral } from "./parts.ts";
import { tableLines } from "./table.ts";

/** Options of codeOf(). */
export interface CodeOptions {
  /** Lines of comment to begin with. */
  readonly note?: readonly string[];
  /**
   * A table with a head to read the examples from, in place of the data set that the run names: inputs first,
   * then targets, then a column "test" that is 1 for those to test with.
   */
  readonly examples?: string;
}

const OPTIONS: Kinds<CodeOptions> = { note: listOf(text), examples: text };

/**
 * A run as a TypeScript program against the library: it loads the data, trains and evaluates as the run
 * does, for `node program.ts`.
 * @throws ArgumentError naming a field that is wrong, or a data set that the library does not have
 */
export function codeOf(input: RunSpecInput, options: CodeOptions = {}): string {
  const run = parseRunSpec(input);
  const spec = { ...run, model: withDtype(run) };
  expectOptions("codeOf", options, OPTIONS);
  const { note = [], examples } = options;
  const imports = new Imports();
  const body = [
    ...(examples === undefined ? dataLines(spec, imports) : tableLines(spec, examples, imports)),
    "",
    ...modelLines(spec, examples === undefined, imports),
    "",
    ...compileLines(spec),
    "",
    ...fitLines(spec, examples === undefined && spec.data.name === "iris", imports),
    "console.log(await model.evaluate(xTest, yTest));",
  ];
  const head = note.length > 0 ? [...note.flatMap(commented), ""] : [];
  return [...head, ...imports.print(), "", ...body].join("\n");
}

const commented = (text: string) => text.split(/\r?\n/).map((line) => `// ${line}`);

/** They make floats of whole numbers. */
const FLOAT_MAKERS: readonly unknown[] = ["rescaling", "categoryEncoding"];

/** A model of doubles has the layers that make floats of whole numbers make doubles of them. */
function withDtype({ model, dtype }: RunSpec): RunSpec["model"] {
  if (dtype === "float32") return model;
  const told = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(told);
    if (!isRecord(value)) return value;
    const inner = Object.entries(value).map(([name, field]) => [name, told(field)] as const);
    const isTold = FLOAT_MAKERS.includes(value["kind"]);
    return { ...Object.fromEntries(inner), ...(isTold && { dtype: value["dtype"] ?? dtype }) };
  };
  return told(model) as RunSpec["model"];
}

/** @param hasOwnTable whether the columns of a table stand before */
function modelLines(spec: RunSpec, hasOwnTable: boolean, imports: Imports): string[] {
  const { model } = spec;
  const options = modelOptions(spec, imports);
  const columns = spec.data.file && hasOwnTable ? columnsIn(model) : null;
  const code = new LayerCode(imports, new Map(columns ? [[columns, COLUMNS]] : []));
  const made = "layers" in model ? code.chain(model) : code.graph(model);
  const whole =
    "layers" in model ? `${made}.with(${options})` : made.replace(/\)$/, `, ${options})`);
  return [...code.before, `const model = ${whole};`];
}

function modelOptions(spec: RunSpec, imports: Imports): string {
  const { seed, dtype, engine } = spec;
  const plain = showLiteral({ seed, ...(dtype !== "float32" && { dtype }) });
  if (engine === "wasm" && !roundsTwice(spec)) return plain;
  const named = [
    showLiteral(engine),
    ...(engine === "wasm" ? [showLiteral({ deterministic: true })] : []),
  ];
  const made = `${imports.use("neurite/engines", "engineNamed")}(${named.join(", ")})`;
  return `${plain.slice(0, -2)}, engine: ${made} }`;
}

/** Whether multiply-adds must not be fused for the run's bits: it forbids it, or there were none. */
function roundsTwice({ deterministic = false, arithmetic }: RunSpec): boolean {
  return deterministic || (arithmetic?.every((part) => !part.fusedMultiplyAdds) ?? false);
}

function compileLines(spec: RunSpec): string[] {
  const { loss, optimizer, metrics, regularizer, clip, averageWeights } = spec;
  return [
    "model.compile({",
    `  loss: ${showLiteral(loss)},`,
    `  optimizer: ${showLiteral(optimizer)},`,
    ...(metrics.length > 0 ? [`  metrics: ${showLiteral(metrics)},`] : []),
    ...(regularizer ? [`  regularizer: ${showLiteral(regularizer)},`] : []),
    ...(clip ? [`  clip: ${showLiteral(clip)},`] : []),
    ...(averageWeights ? [`  averageWeights: ${showLiteral(averageWeights)},`] : []),
    "});",
  ];
}

/** @param isIris whether the program loads iris, whose classes have names */
function fitLines(run: RunSpec, isIris: boolean, imports: Imports): string[] {
  const { training, schedule, stopping, halving } = run;
  const callbacks = [
    ...(stopping
      ? [`${imports.use("neurite/train", "earlyStopping")}(${showLiteral(stopping)})`]
      : []),
    ...(halving
      ? [`${imports.use("neurite/train", "halveLearningRate")}(${showLiteral(halving)})`]
      : []),
  ];
  const { classWeights, ...settings } = training;
  const weights = classWeights && weightsText(classWeights, run, isIris, imports);
  return [
    "await model.fit(xTrain, yTrain, {",
    ...Object.entries(settings).map(([name, value]) => `  ${name}: ${showLiteral(value)},`),
    ...(weights ? [`  classWeight: ${weights},`] : []),
    ...(schedule ? [`  schedule: ${showLiteral(schedule)},`] : []),
    "  callbacks: [",
    ...callbacks.map((callback) => `    ${callback},`),
    '    { name: "print", onEpochEnd: (logs) => console.log(logs) },',
    "  ],",
    "});",
  ];
}

/**
 * Weights of classes by number: those of a run on a table, which says their names, and of iris.
 * @throws ArgumentError for weights of classes by names that nothing in the program knows
 */
function weightsText(
  weights: NonNullable<RunSpec["training"]["classWeights"]>,
  { data: { file } }: RunSpec,
  isIris: boolean,
  imports: Imports,
): string {
  if (typeof weights !== "object") return showLiteral(weights);
  const known: readonly unknown[] = Array.isArray(file?.["classes"]) ? file["classes"] : [];
  const pairs = Object.entries(weights).map(([name, weight]) => {
    const label = known.indexOf(name);
    return [label < 0 ? name : String(label), weight] as const;
  });
  const name = pairs.map(([label]) => label).find((label) => !/^\d+$/.test(label));
  if (name === undefined) return showLiteral(Object.fromEntries(pairs));
  if (isIris) {
    const species = imports.use("neurite/data/node", "IRIS_SPECIES");
    const numbered = `([name, weight]) => [${species}.indexOf(name), weight]`;
    return `Object.fromEntries(Object.entries(${showLiteral(weights)}).map(${numbered}))`;
  }
  throw new ArgumentError(
    `codeOf: spec: training.classWeights: expected classes by their numbers, received "${name}"`,
  );
}
