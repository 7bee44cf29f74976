// A model as one module of plain JavaScript: its weights and a function that predicts, and nothing to install.

import {
  expectArgument,
  expectOptions,
  instance,
  type Kinds,
  listOf,
  text,
} from "../../checks/arguments.ts";
import type { Shape } from "../../ir/shape.ts";
import { sizeOf } from "../../ir/shape.ts";
import { Model } from "../../train/model/model.ts";
import { helperTexts } from "./helpers.ts";
import { ARRAYS } from "./lowerings.ts";
import { predictGraph } from "./predict-graph.ts";
import { ModuleWriter } from "./statements.ts";

/** Options of moduleCodeOf(). */
export interface ModuleCodeOptions {
  /** Lines of comment to begin with. */
  readonly note?: readonly string[];
  /** Names of the classes that the outputs are for, in their order: exported as `classes`. */
  readonly classes?: readonly string[];
}

/** A module, and its types. */
export interface ModuleCode {
  /** JavaScript, for a file `*.js` or `*.mjs`. */
  readonly code: string;
  /** TypeScript, for the file `*.d.ts` beside it. */
  readonly types: string;
}

const OPTIONS: Kinds<ModuleCodeOptions> = { note: listOf(text), classes: listOf(text) };

/** The text of moduleCodeOf(); see code/index.ts. */
export function writeModule(model: Model, options: ModuleCodeOptions = {}): ModuleCode {
  const caller = "moduleCodeOf";
  expectArgument(caller, "model", model, instance("a model", Model));
  expectOptions(caller, options, OPTIONS);
  const { note = [], classes } = options;
  const { graph, names } = predictGraph(caller, model);
  const writer = new ModuleWriter(caller, names);
  const forward = writer.function("forward", graph);
  const { inputShapes, outputShapes } = model.network;
  const array = ARRAYS[model.instance.dtype];
  const code = [
    ...note.flatMap((line) => line.split(/\r?\n/).map((part) => `// ${part}`)),
    ...(note.length > 0 ? [""] : []),
    `/** Shapes of one example of each input, and of what is given for it. */`,
    `export const inputShapes = ${JSON.stringify(inputShapes)};`,
    `export const outputShapes = ${JSON.stringify(outputShapes)};`,
    ...(classes ? [`export const classes = ${JSON.stringify(classes)};`] : []),
    "",
    predictText(inputShapes, outputShapes, array),
    "",
    readText(array),
    "",
    forward,
    ...writer.functions.flatMap((step) => ["", step]),
    "",
    helperTexts(writer.helpers).join("\n\n"),
    "",
    ...writer.constants,
    "",
  ];
  return { code: code.join("\n"), types: typesText(inputShapes, outputShapes, array, classes) };
}

const parametersOf = (inputs: readonly Shape[]): string[] =>
  inputs.length === 1 ? ["examples"] : inputs.map((_, i) => `examples${i + 1}`);

const DOC = [
  "What the model gives for examples: a list with an array of numbers for each, in row-major order.",
  "Examples are a list, of nested lists or typed arrays; or all their numbers in one list or typed array.",
];

function docOf(outputs: readonly Shape[]): string {
  const many = outputs.length > 1 ? ["There is such a list for each output of the model."] : [];
  const lines = [...DOC, ...many, "@throws TypeError for what is no such thing"];
  return ["/**", ...lines.map((line) => ` * ${line}`), " */"].join("\n");
}

function predictText(inputs: readonly Shape[], outputs: readonly Shape[], array: string): string {
  const parameters = parametersOf(inputs);
  const read = parameters.map((name, i) => `numbers("${name}", ${name}, ${sizeOf(inputs[i]!)})`);
  const sizes = inputs.map(sizeOf);
  return `${docOf(outputs)}
export function predict(${parameters.join(", ")}) {
  const given = [${read.join(", ")}];
  const sizes = [${sizes.join(", ")}];
  const count = given[0].length / sizes[0];
  given.forEach((x, i) => {
    if (x.length !== count * sizes[i]) throw new TypeError("predict: expected as many examples of each input");
  });
  const results = Array.from({ length: count }, (_, row) =>
    forward(...given.map((x, i) => x.subarray(row * sizes[i], (row + 1) * sizes[i]))),
  );
  ${outputs.length === 1 ? `return results.map(([y]) => ${array}.from(y));` : `return outputShapes.map((_, i) => results.map((ys) => ${array}.from(ys[i])));`}
}`;
}

function readText(array: string): string {
  return `/** The numbers of examples as one array. */
function numbers(name, given, size) {
  const all = ArrayBuffer.isView(given) ? given : [given].flat(Infinity).flatMap((x) => (ArrayBuffer.isView(x) ? [...x] : [x]));
  for (const x of all) {
    if (typeof x !== "number") throw new TypeError(\`predict: expected numbers in \${name}, received \${typeof x}\`);
  }
  if (all.length % size !== 0) {
    throw new TypeError(\`predict: expected \${size} numbers for each of \${name}, received \${all.length} in all\`);
  }
  return ${array}.from(all);
}`;
}

function typesText(
  inputs: readonly Shape[],
  outputs: readonly Shape[],
  array: string,
  classes: readonly string[] | undefined,
): string {
  const parameters = parametersOf(inputs).map((name) => `${name}: Examples`);
  const result = `${array}[]${outputs.length > 1 ? "[]" : ""}`;
  return `/** A list of examples, nested or flat, or all their numbers in a typed array. */
export type Examples = Numbers | readonly (number | Numbers | Examples)[];
export type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array | Uint8ClampedArray;

/** Shapes of one example of each input, and of what is given for it. */
export declare const inputShapes: readonly (readonly number[])[];
export declare const outputShapes: readonly (readonly number[])[];
${classes ? "export declare const classes: readonly string[];\n" : ""}
${docOf(outputs)}
export declare function predict(${parameters.join(", ")}): ${result};
`;
}
