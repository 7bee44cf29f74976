// A run as a TypeScript program against the library, which does what `neurite train` does with it.

import { expectOptions, type Kinds, listOf, text } from "../../checks/arguments.ts";
import { layerCall } from "../../nn/layers/registry.ts";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { dataLines } from "./code-data.ts";
import { Imports, showLiteral } from "./code-parts.ts";

type Chain = Extract<RunSpec["model"], { readonly layers: unknown }>;
type Layer = Chain["layers"][number];

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
  const head = note.length > 0 ? [...note.flatMap(commented), ""] : [];
  return [...head, ...imports.print(), "", ...body].join("\n");
}

const commented = (text: string) => text.split(/\r?\n/).map((line) => `// ${line}`);

/** A model of doubles has the layer that turns bytes into floats make doubles of them. */
function withDtype({ model, dtype }: RunSpec): RunSpec["model"] {
  if (dtype === "float32") return model;
  const told = <L extends Layer>(layer: L) =>
    layer.kind === "rescaling" ? { ...layer, dtype: layer["dtype"] ?? dtype } : layer;
  if ("layers" in model) return { layers: model.layers.map(told) };
  return { ...model, nodes: model.nodes.map(told) };
}

function modelLines(spec: RunSpec, imports: Imports): string[] {
  const { model } = spec;
  const options = modelOptions(spec, imports);
  if (!("layers" in model)) return graphLines(model, options, imports);
  imports.use("neurite/train", "sequential");
  return [
    "const model = sequential([",
    ...model.layers.map((layer) => `  ${layerCode(layer, imports)},`),
    `]).with(${options});`,
  ];
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
      const options = showLiteral({ name: named.name });
      return `const ${place(id)} = ${imports.use("neurite/nn", "input")}(${showLiteral(layer["shape"])}, ${options});`;
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
  const shown = leading.map((name) => showLiteral(args[name]));
  if (options.length > 0) shown.push(showLiteral(Object.fromEntries(options)));
  return `${maker}(${shown.join(", ")})`;
}

function compileLines({ loss, optimizer, metrics, regularizer }: RunSpec): string[] {
  return [
    "model.compile({",
    `  loss: ${showLiteral(loss)},`,
    `  optimizer: ${showLiteral(optimizer)},`,
    ...(metrics.length > 0 ? [`  metrics: ${showLiteral(metrics)},`] : []),
    ...(regularizer ? [`  regularizer: ${showLiteral(regularizer)},`] : []),
    "});",
  ];
}

function fitLines({ training, schedule, stopping, halving }: RunSpec, imports: Imports): string[] {
  const callbacks = [
    ...(stopping
      ? [`${imports.use("neurite/train", "earlyStopping")}(${showLiteral(stopping)})`]
      : []),
    ...(halving
      ? [`${imports.use("neurite/train", "halveLearningRate")}(${showLiteral(halving)})`]
      : []),
  ];
  return [
    "await model.fit(xTrain, yTrain, {",
    ...Object.entries(training).map(([name, value]) => `  ${name}: ${showLiteral(value)},`),
    ...(schedule ? [`  schedule: ${showLiteral(schedule)},`] : []),
    "  callbacks: [",
    ...callbacks.map((callback) => `    ${callback},`),
    '    { name: "print", onEpochEnd: (logs) => console.log(logs) },',
    "  ],",
    "});",
  ];
}
