// neurite summary: what a model is, as a table, as code, as a graph.

import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { compile, type Graph, print as printGraph, type Tensor, toDot } from "neurite";
import { countExamples } from "neurite/data";
import { formula } from "neurite/nn";
import { type Model, modelOf, parseRunSpec, type RunSpec } from "neurite/train";
import { codeOf } from "../code.ts";
import { fitData, loadData, nameOf } from "../datasets.ts";
import { UsageError } from "../failures.ts";
import { type Io, print } from "../io.ts";
import { toTensor } from "../judgement.ts";
import { readRun, restoreModel } from "../run-folder.ts";
import { readSpec } from "../spec-source.ts";

interface SummaryFlags {
  readonly code?: boolean;
  readonly graph?: boolean;
  readonly dot?: boolean;
  readonly training?: boolean;
}

export function summaryCommand(program: Command, io: Io): void {
  program
    .command("summary")
    .description("what a model is: its layers and how it is trained")
    .argument("<source>", "folder of a run, spec.json, or a data set")
    .option("--code", "print the run as a TypeScript program")
    .option("--graph", "print the graph of ops that computes one output")
    .option("--dot", "print that graph for Graphviz, as in: ... --dot | dot -Tsvg")
    .option("--training", "with --graph or --dot: a whole training step for one example")
    .action((source: string, flags: SummaryFlags) => summary(io, source, flags));
}

async function summary(io: Io, source: string, flags: SummaryFlags): Promise<void> {
  const { code, graph, dot, training } = flags;
  if ([code, graph, dot].filter(Boolean).length > 1) {
    throw new UsageError("summary: --code, --graph and --dot: choose one");
  }
  if (training && !graph && !dot) throw new UsageError("--training goes with --graph or --dot");
  const { spec, model } = await open(source);
  if (code) print(io, codeOf(spec));
  else if (graph || dot) {
    const shown = training ? await stepGraph(spec, model) : outputGraph(spec, model);
    print(io, dot ? toDot(shown) : printGraph(shown));
  } else print(io, model.summary(), "", ...howTrained(spec));
}

async function open(source: string): Promise<{ spec: RunSpec; model: Model }> {
  const isFolder = await stat(source).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) {
    const run = await readRun(source);
    return { spec: run.spec, model: restoreModel(run) };
  }
  const spec = parseRunSpec(await readSpec(source));
  return { spec, model: modelOf(spec) };
}

function outputGraph({ data }: RunSpec, model: Model): Graph {
  const dtype = data.name === "mnist" ? "uint8" : "float32";
  const inputs = model.network.inputShapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return toTensor({ dtype, shape: [1, ...shape], data: new (arrayOf(dtype))(size) });
  });
  return compile((x: readonly Tensor[]) => model.instance.forward(x)).graph(inputs);
}

function arrayOf(dtype: "uint8" | "float32") {
  return dtype === "uint8" ? Uint8Array : Float32Array;
}

async function stepGraph(spec: RunSpec, model: Model): Promise<Graph> {
  const loaded = await loadData({ ...spec.data, train: 1, test: 1 });
  const { train } = fitData(loaded, model.network, nameOf(spec.loss));
  const sizes = { count: countExamples(train), size: 1 };
  const step = model.instance.trainStep(model.training, sizes, "eager");
  return compile(step).graph([toTensor(train.x)], [toTensor(train.y)]);
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
