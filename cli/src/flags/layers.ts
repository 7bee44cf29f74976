// What flags change in the layers of a specification: sizes, activations, how weights start.

import { activationOf, initializerOf, lossOf } from "neurite/nn";
import type { RunSpecInput } from "neurite/train";
import { UsageError } from "../terminal/failures.ts";
import { forFlag } from "../terminal/names.ts";
import { flagsGiven, type RunFlags } from "./flags.ts";
import type { NamedFlag } from "./named.ts";

type ChainSpec = Extract<RunSpecInput["model"], { readonly layers: unknown }>;
type LayerSpec = ChainSpec["layers"][number];

/** @throws UsageError for a model that has no such layers, or names that there are not */
export function changeModel(spec: RunSpecInput, flags: RunFlags): RunSpecInput["model"] {
  const { hidden, activation, dropout, outputActivation, initializer, biasInitializer } = flags;
  const asked = { hidden, activation, dropout, outputActivation, initializer, biasInitializer };
  const names = flagsGiven(asked).join(", ");
  if (names === "" && flags.loss === undefined) return spec.model;
  if (!("layers" in spec.model)) {
    if (names === "") return spec.model;
    throw new UsageError(`${names}: this model is not a chain of layers`);
  }
  const isHidden = flagsGiven({ hidden, activation, dropout }).length > 0;
  const between = isHidden ? changeHidden(spec.model.layers, flags) : spec.model.layers;
  const begun = startWeights(between, flags);
  const ended = flags.loss === undefined ? begun : fitOutput(begun, flags.loss);
  return { layers: outputActivation === undefined ? ended : bendOutput(ended, outputActivation) };
}

/** The same ends with other hidden layers between them. */
function changeHidden(
  layers: readonly LayerSpec[],
  { hidden, activation, dropout }: RunFlags,
): LayerSpec[] {
  const where = flagsGiven({ hidden, activation, dropout }).join(", ");
  const places = layers.flatMap(({ kind }, i) => (kind === "dense" ? [i] : []));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) {
    throw new UsageError(`${where}: this model has no dense layers`);
  }
  const between = layers.slice(first, last);
  const other = between.find(({ kind }) => kind !== "dense" && kind !== "dropout");
  if (other) {
    throw new UsageError(
      `${where}: this model has a layer "${other.kind}" between its dense ones; change the ` +
        "specification instead",
    );
  }
  const old = between.filter(({ kind }) => kind === "dense");
  const units = hidden ?? old.map((layer) => layer["units"] as number);
  const drop = dropout ?? between.find(({ kind }) => kind === "dropout")?.["p"];
  const isBent = ({ kind, activation: own }: LayerSpec) => /^conv/.test(kind) && own !== undefined;
  const bent = layers.slice(0, first).filter(isBent).length;
  const bend = activation && bending(activation, bent + units.length);
  const before = layers
    .slice(0, first)
    .map((layer) => (bend && isBent(layer) ? { ...layer, ...bend() } : layer));
  const made = units.flatMap((count, i): LayerSpec[] => [
    { ...(old[Math.min(i, old.length - 1)] ?? HIDDEN), units: count, ...bend?.() },
    ...(typeof drop === "number" && drop > 0 ? [{ kind: "dropout", p: drop }] : []),
  ]);
  return [...before, ...made, ...layers.slice(last)];
}

/** What a hidden layer is where there was none. */
const HIDDEN: LayerSpec = { kind: "dense", activation: "relu", weights: "heNormal" };

/** The activations one after the other, each with the start that suits it; one goes for all layers. */
function bending(names: readonly NamedFlag[], count: number): () => Partial<LayerSpec> {
  const read = names.map((name) => forFlag("--activation", () => initialised(name)));
  if (read.length > 1 && read.length !== count) {
    throw new UsageError(
      `--activation: expected one name, or one for each of the ${count} hidden layers, received ${read.length}`,
    );
  }
  let next = 0;
  return () => read[next++ % read.length]!;
}

const HE = ["relu", "leakyRelu", "elu", "gelu", "silu", "mish"];

/** An activation with the start that suits it. */
function initialised(activation: NamedFlag) {
  const { name } = activationOf(activation);
  return {
    activation: typeof activation === "string" ? name : { ...activation, name },
    weights: HE.includes(name) ? "heNormal" : "glorotUniform",
  };
}

/** Draws that do not look at the width of a layer suit biases as well: Nielsen's first nets begin so. */
const WIDTHLESS = ["zeros", "ones", "constant", "normal", "truncatedNormal", "uniform"];

function startWeights(
  layers: readonly LayerSpec[],
  { initializer, biasInitializer }: RunFlags,
): readonly LayerSpec[] {
  const weights = initializer && readStart("--initializer", initializer);
  const isForBoth = weights && WIDTHLESS.includes(weights.name);
  const biases = biasInitializer
    ? readStart("--bias-initializer", biasInitializer)
    : isForBoth && weights;
  if (!weights && !biases) return layers;
  const start = {
    ...(weights && { weights: weights.spec }),
    ...(biases && { biases: biases.spec }),
  };
  const begins = ({ kind }: LayerSpec) => /^(dense|conv)/.test(kind);
  if (!layers.some(begins)) {
    const flag = flagsGiven({ initializer, biasInitializer }).join(", ");
    throw new UsageError(`${flag}: this model has no dense or convolutional layers`);
  }
  return layers.map((layer) => (begins(layer) ? { ...layer, ...start } : layer));
}

function readStart(flag: string, named: NamedFlag) {
  const { name = "" } = forFlag(flag, () => initializerOf(named));
  return { name, spec: typeof named === "string" ? name : { ...named, name } };
}

/** The output activation that goes with a cross-entropy; other losses leave it as it is. */
function fitOutput(layers: readonly LayerSpec[], loss: NamedFlag): readonly LayerSpec[] {
  const wanted = forFlag("--loss", () => lossOf(loss)).logits;
  const output = layers.at(-1)!;
  if (wanted === undefined || output.kind !== "dense" || output["activation"] === wanted) {
    return layers;
  }
  const alone = output["units"] === 1 && wanted === "softmax";
  const units = alone ? 2 : (output["units"] as number);
  return [...layers.slice(0, -1), { ...output, units, activation: wanted }];
}

function bendOutput(layers: readonly LayerSpec[], named: NamedFlag): readonly LayerSpec[] {
  const flag = "--output-activation";
  const { name } = forFlag(flag, () => activationOf(named));
  const output = layers.at(-1)!;
  if (output.kind !== "dense") {
    throw new UsageError(`${flag}: the last layer of this model is "${output.kind}", not "dense"`);
  }
  const activation = typeof named === "string" ? name : { ...named, name };
  const { activation: _, ...linear } = output;
  const bent = name === "linear" ? (linear as LayerSpec) : { ...output, activation };
  return [...layers.slice(0, -1), bent];
}
