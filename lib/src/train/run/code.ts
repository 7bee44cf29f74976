// A run as a TypeScript program against the library, which does what `neurite train` does with it.

import { expectOptions, type Kinds, listOf, text } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { SYNTHETIC_SETS } from "../../data/synthetic.ts";
import { layerCall } from "../../nn/layers/registry.ts";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { takesLabels } from "./fit-data.ts";

type Chain = Extract<RunSpec["model"], { readonly layers: unknown }>;
type Layer = Chain["layers"][number];

/** Names to import, by module. */
class Imports {
  readonly #names = new Map<string, Set<string>>();

  use(module: string, name: string): string {
    const names = this.#names.get(module) ?? new Set();
    this.#names.set(module, names.add(name));
    return name;
  }

  print(): string[] {
    return [...this.#names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, names]) => `import { ${[...names].sort().join(", ")} } from "${module}";`);
  }
}

/** Options of codeOf(). */
export interface CodeOptions {
  /** Lines of comment to begin with. */
  readonly note?: readonly string[];
}

const OPTIONS: Kinds<CodeOptions> = { note: listOf(text) };

/**
 * A run as a TypeScript program against the library: it loads the data, trains and evaluates as the run
 * does, for `node program.ts`.
 * @throws ArgumentError naming a field that is wrong, or a data set that the library does not have
 */
export function codeOf(input: RunSpecInput, options: CodeOptions = {}): string {
  const run = parseRunSpec(input);
  const spec = { ...run, model: withDtype(run) };
  expectOptions("codeOf", options, OPTIONS);
  const { note = [] } = options;
  const imports = new Imports();
  const body = [
    ...dataLines(spec, imports),
    "",
    ...modelLines(spec, imports),
    "",
    ...compileLines(spec),
    "",
    ...fitLines(spec, imports),
    "console.log(await model.evaluate(xTest, yTest));",
  ];
  const head = note.length > 0 ? [...note.map((line) => `// ${line}`), ""] : [];
  return [...head, ...imports.print(), "", ...body].join("\n");
}

/** A model of doubles has the layer that turns bytes into floats make doubles of them. */
function withDtype({ model, dtype }: RunSpec): RunSpec["model"] {
  if (dtype === "float32") return model;
  const told = <L extends Layer>(layer: L) =>
    layer.kind === "rescaling" ? { ...layer, dtype: layer["dtype"] ?? dtype } : layer;
  if ("layers" in model) return { layers: model.layers.map(told) };
  return { ...model, nodes: model.nodes.map(told) };
}

function dataLines({ data, loss, model, dtype }: RunSpec, imports: Imports): string[] {
  const { name, samples = 400, noise = 0, seed = 0, train, test } = data;
  const load = loader(name, { samples, noise, seed }, imports);
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
const REGRESSION = ["regressionPlane", "regressionGaussian"];

/** An array of floats as doubles, which every float is to the bit. */
function doubles(array: string, shape: string, imports: Imports): string {
  return `${imports.use("neurite", "fromData")}(Float64Array.from(${array}.data), ${shape}, "float64")`;
}

const NAMES = ["mnist", "iris", "xor", ...Object.keys(SYNTHETIC_SETS)];

function loader(name: string, options: object, imports: Imports): string {
  if (name === "mnist") return `await ${imports.use("neurite/data/node", "loadMnist")}()`;
  if (name === "xor") return `${imports.use("neurite/data", "xor")}()`;
  if (Object.hasOwn(SYNTHETIC_SETS, name)) {
    return `${imports.use("neurite/data", name)}(${show(options)})`;
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

function modelLines({ model, seed, dtype }: RunSpec, imports: Imports): string[] {
  const options = show({ seed, ...(dtype !== "float32" && { dtype }) });
  if (!("layers" in model)) return graphLines(model, options, imports);
  imports.use("neurite/train", "sequential");
  return [
    "const model = sequential([",
    ...model.layers.map((layer) => `  ${layerCode(layer, imports)},`),
    `]).with(${options});`,
  ];
}

function graphLines(
  model: Exclude<RunSpec["model"], Chain>,
  options: string,
  imports: Imports,
): string[] {
  imports.use("neurite/nn", "network");
  imports.use("neurite/train", "functionalModel");
  const names = new Map(model.nodes.map(({ id }, i) => [id, `${id.replace(/\W/g, "_")}_${i}`]));
  const place = (id: string) => names.get(id)!.replace(/^\d/, "_$&");
  const nodes = model.nodes.map(({ id, reads, shares, ...layer }) => {
    const named = { name: id, ...layer };
    if (layer.kind === "input") {
      const options = show({ name: named.name });
      return `const ${place(id)} = ${imports.use("neurite/nn", "input")}(${show(layer["shape"])}, ${options});`;
    }
    // The layer of an earlier place is used again: the same object, the same weights.
    const made = shares === undefined ? layerCode(named, imports) : `${place(shares)}.layer`;
    const connected = [made, ...reads.map(place)].join(", ");
    return `const ${place(id)} = ${imports.use("neurite/nn", "connect")}(${connected});`;
  });
  const list = (ids: readonly string[]) => `[${ids.map(place).join(", ")}]`;
  return [
    ...nodes,
    `const model = functionalModel(network(${list(model.inputs)}, ${list(model.outputs)}), ${options});`,
  ];
}

function layerCode({ kind, ...args }: Layer, imports: Imports): string {
  const { maker, leading } = layerCall(kind);
  imports.use("neurite/nn", maker);
  const options = Object.entries(args).filter(([name]) => !leading.includes(name));
  const shown = leading.map((name) => show(args[name]));
  if (options.length > 0) shown.push(show(Object.fromEntries(options)));
  return `${maker}(${shown.join(", ")})`;
}

function compileLines({ loss, optimizer, metrics, regularizer }: RunSpec): string[] {
  return [
    "model.compile({",
    `  loss: ${show(loss)},`,
    `  optimizer: ${show(optimizer)},`,
    ...(metrics.length > 0 ? [`  metrics: ${show(metrics)},`] : []),
    ...(regularizer ? [`  regularizer: ${show(regularizer)},`] : []),
    "});",
  ];
}

function fitLines({ training, schedule, stopping, halving }: RunSpec, imports: Imports): string[] {
  const callbacks = [
    ...(stopping ? [`${imports.use("neurite/train", "earlyStopping")}(${show(stopping)})`] : []),
    ...(halving ? [`${imports.use("neurite/train", "halveLearningRate")}(${show(halving)})`] : []),
  ];
  return [
    "await model.fit(xTrain, yTrain, {",
    ...Object.entries(training).map(([name, value]) => `  ${name}: ${show(value)},`),
    ...(schedule ? [`  schedule: ${show(schedule)},`] : []),
    "  callbacks: [",
    ...callbacks.map((callback) => `    ${callback},`),
    '    { name: "print", onEpochEnd: (logs) => console.log(logs) },',
    "  ],",
    "});",
  ];
}

/** A value as TypeScript writes it. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value !== "object" || value === null) {
    return value === 1 / 255 ? "1 / 255" : JSON.stringify(value);
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(
      ([name, field]) =>
        `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${show(field)}`,
    );
  return `{ ${fields.join(", ")} }`;
}
