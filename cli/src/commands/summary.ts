// neurite summary: what a model is, as a table, as code, as a graph, as what is compiled.

import { stat } from "node:fs/promises";
import type { Command } from "commander";
import {
  compile,
  fromData,
  type Graph,
  print as printGraph,
  setEngine,
  type Tensor,
  toDot,
} from "neurite";
import { countExamples, type Examples } from "neurite/data";
import type { Stage } from "neurite/engines";
import { unknownName } from "neurite/ir";
import { formula } from "neurite/nn";
import { fitData, type Model, modelOf, parseRunSpec, type RunSpec } from "neurite/train";
import { elementCount } from "../files/element-count.ts";
import { isOnnxFile } from "../files/onnx-name.ts";
import { bitsNote } from "../runs/other-ways.ts";
import { readRun, restoreModel } from "../runs/run-folder.ts";
import { expectNoPreset, readSpecSource } from "../runs/spec-source.ts";
import { loadSource } from "../sources/load.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";
import { v8Flags } from "../terminal/v8-flags.ts";

interface SummaryFlags {
  readonly preset?: string;
  readonly code?: boolean | string;
  readonly graph?: boolean;
  readonly dot?: boolean;
  readonly stage?: string;
  readonly training?: boolean;
}

export function summaryCommand(program: Command, io: Io): void {
  program
    .command("summary")
    .argument("<source>", "folder of a run, spec.json, a data set, or model.onnx")
    .option("--preset <name>", "another run for the data set; mnist has conv")
    .option("--code [language]", "print the run as a program: typescript, keras or pytorch")
    .option("--graph", "print the graph of ops that computes one output")
    .option("--dot", "print that graph for Graphviz, as in: ... --dot | dot -Tsvg")
    .option("--stage <name>", "print what the compiler makes of it: graph, kernels, memory or wasm")
    .option("--training", "with --graph, --dot or --stage: a whole training step for one example")
    .action((source: string, flags: SummaryFlags) => summary(io, source, flags));
}

async function summary(io: Io, source: string, flags: SummaryFlags): Promise<void> {
  const { code, graph, dot, stage, training, preset } = flags;
  const shows = [code, graph, dot, stage !== undefined].filter(Boolean).length;
  if (shows > 1) throw new UsageError("summary: --code, --graph, --dot and --stage: choose one");
  if (training && (shows === 0 || code)) {
    throw new UsageError("--training goes with --graph, --dot or --stage");
  }
  if (isOnnxFile(source)) {
    if (code || stage !== undefined || training || preset !== undefined) {
      throw new UsageError("summary: of an ONNX file only --graph and --dot can be shown");
    }
    const { summarizeOnnx } = await import("../onnx/summary.ts");
    return await summarizeOnnx(io, source, flags);
  }
  const { spec, model } = await open(source, preset);
  if (code) return printLines(io, await programText(code, spec, model));
  if (shows === 0) return printLines(io, model.summary(), "", ...howTrained(spec));
  const { graph: shown, stages } = training
    ? await stepShown(spec, model)
    : outputShown(spec, model);
  if (stage !== undefined) printLines(io, stageNamed(stage, stages()));
  else printLines(io, dot ? toDot(shown) : printGraph(shown));
}

/** What writes a run in each language. TypeScript gives the run's bits, where the note is followed. */
async function writers(): Promise<Record<string, (spec: RunSpec, model: Model) => string>> {
  const { codeOf, kerasCodeOf, torchCodeOf } = await import("neurite/code");
  return {
    typescript: (spec, model) => codeOf(spec, { note: bitsNote(spec, model, v8Flags()) }),
    keras: (spec) => kerasCodeOf(spec),
    pytorch: (spec) => torchCodeOf(spec),
  };
}

async function programText(language: string | true, spec: RunSpec, model: Model): Promise<string> {
  const name = language === true ? "typescript" : language;
  const known = await writers();
  if (Object.hasOwn(known, name)) return known[name]!(spec, model);
  throw new UsageError(`--code: ${unknownName("language", name, Object.keys(known)).message}`);
}

/** A program to look at: its graph, and what the engine makes of it. */
interface Shown {
  readonly graph: Graph;
  readonly stages: () => readonly Stage[];
}

function stageNamed(name: string, stages: readonly Stage[]): string {
  if (stages.length === 0) throw new UsageError("--stage: this run's engine does not compile");
  const names = stages.map((stage) => stage.name);
  const found = stages.find((stage) => stage.name === name);
  if (!found) throw new UsageError(`--stage: expected ${names.join(", ")}, received "${name}"`);
  return found.text;
}

async function open(
  source: string,
  preset: string | undefined,
): Promise<{ spec: RunSpec; model: Model }> {
  const isFolder = await stat(source).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) {
    expectNoPreset(preset, `${source} holds a run`);
    const run = await readRun(source);
    return { spec: run.spec, model: restoreModel(run) };
  }
  const spec = parseRunSpec(await readSpecSource(source, preset));
  return { spec, model: modelOf(spec) };
}

function outputShown({ data, dtype: floats }: RunSpec, model: Model): Shown {
  const isBytes = data.file ? data.file.kind === "pictures" : data.name === "mnist";
  const dtype = isBytes ? "uint8" : floats;
  const inputs = model.network.inputShapes.map((shape) => {
    const size = elementCount(shape);
    return toTensor({ dtype, shape: [1, ...shape], data: new ARRAYS[dtype](size) });
  });
  return shown(model, (x) => model.instance.forward(x!), inputs);
}

type Runs = (...args: Tensor[][]) => unknown;

function shown(model: Model, f: Runs, ...args: Tensor[][]): Shown {
  setEngine(model.instance.engine);
  const compiled = compile(f);
  return { graph: compiled.graph(...args), stages: () => compiled.stages(...args) };
}

const ARRAYS = { uint8: Uint8Array, float32: Float32Array, float64: Float64Array };

async function stepShown(spec: RunSpec, model: Model): Promise<Shown> {
  const loaded = await loadSource({ ...spec.data, train: 1, test: 1 }, spec);
  const { train } = fitData(loaded, model.network, spec);
  const sizes = { count: countExamples(train), size: 1 };
  const step = model.instance.trainStep(model.training, sizes, "eager");
  return shown(model, (x, y) => step(x!, y!), [toTensor(train.x)], [toTensor(train.y)]);
}

function toTensor({ dtype, shape, data }: Examples["x"]): Tensor {
  return fromData(data, shape, dtype);
}

function howTrained(spec: RunSpec): string[] {
  const { data, loss, optimizer, metrics, regularizer, training, schedule } = spec;
  const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const rows: [string, string][] = [
    ["data", Object.keys(data).length === 1 ? data.name : shown(data)],
    ["loss", shown(loss)],
    ["optimizer", shown(optimizer)],
    ...(regularizer ? ([["penalty", formula(regularizer)]] as [string, string][]) : []),
    ...(schedule ? ([["schedule", shown(schedule)]] as [string, string][]) : []),
    ["metrics", metrics.join(", ") || "none"],
    ["training", `${training.epochs} epochs, batches of ${training.batchSize}`],
    ["seed", String(spec.seed)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(10)} ${value}`);
}
