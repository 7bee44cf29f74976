// A model of Keras or TF.js as a run: its layers and weights from the file, its data as they are named.

import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { importKeras, type KerasModel } from "neurite/keras";
import type { LayerSpec, NetworkSpec } from "neurite/spec";
import { loadWeights, modelOf, parseRunSpec, type RunSpec } from "neurite/train";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { inFile } from "../runs/run-folder.ts";
import { readSpecSource } from "../runs/spec-source.ts";
import { planRun } from "../runs/train-plan.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";
import type { KerasFlags } from "./keras-name.ts";
import { missingDataOf } from "./missing-data.ts";
import { writeNewRun } from "./new-run.ts";

export async function importKerasRun(io: Io, path: string, flags: KerasFlags): Promise<void> {
  const { out, into, data, input, rescale, overwrite } = flags;
  const layers = into === undefined ? null : parseRunSpec(await readSpecSource(into));
  const base = data === undefined ? layers : (await planRun(data, {})).spec;
  const bytes = await readUpToLimit(path, MOST_BYTES.weights);
  const read = await named(path, () =>
    importKeras(bytes, {
      shard: (name) => readBeside(path, name),
      ...(input && { inputShape: input }),
      ...(layers && { network: layers.model }),
    }),
  );
  const spec = specOf(path, out, read, base, rescale);
  const model = modelOf(spec);
  inFile(path, () => loadWeights(model, read.weights));
  await writeNewRun(out, model, spec, overwrite);
  printLines(
    io,
    ...read.layout,
    ...told(read, base, spec),
    `${read.weights.size} weights imported: ${out}`,
  );
}

/** As inFile, of what takes its time. */
async function named<T>(path: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    return inFile(path, () => {
      throw error;
    });
  }
}

/** A file of weights beside model.json: nothing outside of its folder, wherever links lead. */
async function readBeside(model: string, name: string): Promise<Uint8Array> {
  const folder = await realpath(dirname(model));
  const path = await realpath(join(folder, name));
  if (relative(folder, path).startsWith("..")) {
    throw new CliError(
      `${join(dirname(model), name)}: a link that leads out of the folder of ${basename(model)}`,
    );
  }
  return await readUpToLimit(path, MOST_BYTES.weights);
}

function specOf(
  path: string,
  out: string,
  read: KerasModel,
  base: RunSpec | null,
  rescale: number | undefined,
): RunSpec {
  const { network, dtype, training } = read;
  const { loss, optimizer, metrics, ...more } = training ?? {
    loss: base?.loss ?? lossFor(network),
    optimizer: base?.optimizer ?? "adam",
    metrics: base?.metrics ?? [],
  };
  return parseRunSpec({
    version: 1,
    data: base?.data ?? noData(path, out, read),
    model: rescale === undefined ? network : rescaled(network, rescale),
    ...{ loss, optimizer, metrics, ...more, dtype },
    training: base?.training ?? { epochs: 10, batchSize: 32 },
  });
}

/** What predicts and is shown, and has nothing to be trained on: arrays that are not there. */
function noData(path: string, out: string, { model }: KerasModel): RunSpec["data"] {
  const [output = []] = model.network.outputShapes;
  const units = output.at(-1) ?? 1;
  const isProbability = /softmax|sigmoid/i.test(JSON.stringify(lastLayer(model.network.spec!)));
  const names = Array.from({ length: Math.max(2, units) }, (_, i) => String(i));
  const what = isProbability ? { classes: names } : { scale: { mean: 0, deviation: 1 } };
  return {
    name: basename(resolve(path)),
    file: { kind: "arrays", path: missingDataOf(out), ...what },
  };
}

const lastLayer = (network: NetworkSpec): LayerSpec => {
  const layers: readonly LayerSpec[] = "layers" in network ? network.layers : network.nodes;
  return layers.at(-1)!;
};

/** By what the last layer gives, where nobody says it. */
function lossFor(network: NetworkSpec): string {
  const last = JSON.stringify(lastLayer(network));
  if (last.includes('"softmax"')) return "sparseCategoricalCrossentropy";
  return last.includes('"sigmoid"') ? "binaryCrossentropy" : "meanSquaredError";
}

/** With a layer in front that brings the numbers of the data to those that the model has learnt from. */
function rescaled(network: NetworkSpec, scale: number): NetworkSpec {
  if (!("layers" in network)) {
    throw new UsageError("--rescale: of a model whose layers are no chain; scale the data instead");
  }
  const [head, ...rest] = network.layers;
  return { layers: [head!, { kind: "rescaling", name: "data_rescaling", scale }, ...rest] };
}

function told(
  { notes, writer, training }: KerasModel,
  base: RunSpec | null,
  spec: RunSpec,
): string[] {
  const compiled = training ? "" : "; the file does not say how it was compiled";
  const loss =
    typeof spec.loss === "string" ? spec.loss : String((spec.loss as { name: string }).name);
  const lines = [`written by ${writer}; loss ${loss}${compiled}`, ...notes];
  if (base === null) {
    lines.push(
      "no data were named: the run predicts; to evaluate it or to train it on, say --data",
    );
  }
  return ["", ...lines, ""];
}
