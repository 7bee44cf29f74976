// A network and its loss for one example, written out as an expression of numbers: weights are inputs of it too.

import { type Examples, pickExamples } from "neurite/data";
import { equationsOf, type LayerEquations } from "neurite/inspect";
import { ProblemError } from "../../problem-error.ts";
import type { LiveRun } from "../../run/live-run.ts";
import { needRun } from "../../run/need-run.ts";

export interface NetworkText {
  readonly text: string;
  readonly at: Readonly<Record<string, number>>;
  readonly examples: number;
}

export interface LayersOfExample {
  readonly layers: readonly LayerEquations[];
  readonly y: readonly number[];
  readonly examples: number;
}

/** The library's record of one training example, for a chain of dense layers. */
export function layersOfExample(example: number, run: LiveRun | null): LayersOfExample {
  const { timeline, data } = needRun(run);
  const { train } = data.fitted;
  const examples = train.x.shape[0]!;
  const row = Math.min(Math.max(Math.trunc(example), 0), examples - 1);
  const { x, y }: Examples = pickExamples(train, [row]);
  try {
    return { layers: equationsOf(timeline.model, x, y), y: Array.from(y.data), examples };
  } catch (error) {
    const name = (error as Error).message.replace(/^\w+: /, "");
    throw new ProblemError({ code: "noGraph", data: { reason: "layer", name } });
  }
}

/** @throws ProblemError for what of a network cannot be written as an expression */
export function networkText(example: number, run: LiveRun | null): NetworkText {
  const { layers, y, examples } = layersOfExample(example, run);
  const at: Record<string, number> = {};
  const statements: string[] = [];
  let below = Array.from(layers[0]!.aBelow.data, (value, k) => {
    at[`x${k + 1}`] = value;
    return `x${k + 1}`;
  });
  const isWide = layers.some(({ z }) => z.size > 9) || below.length > 9;
  const join = isWide ? "_" : "";
  layers.forEach((layer, i) => {
    const l = `${i + 1}`;
    const units = layer.z.size;
    const [w, b] = [layer.w.data, layer.b?.data];
    const zs = Array.from({ length: units }, (_, j) => `z${l}_${j + 1}`);
    zs.forEach((z, j) => {
      const terms = below.map((a, k) => {
        const weight = `w${l}_${j + 1}${join}${k + 1}`;
        at[weight] = w[k * units + j]!;
        return `${weight}*${a}`;
      });
      if (b) {
        at[`b${l}_${j + 1}`] = b[j]!;
        terms.push(`b${l}_${j + 1}`);
      }
      statements.push(`${z} = ${terms.join(" + ")}`);
    });
    statements.push(...activationsOf(layer, zs, l));
    below = zs.map((_, j) => `a${l}_${j + 1}`);
  });
  const targets = targetsOf(y, below.length);
  const names = targets.map((value, j) => {
    at[`y${j + 1}`] = value;
    return `y${j + 1}`;
  });
  statements.push(`C = ${lossText(lossName(run!), below, names)}`);
  return { text: statements.join(";\n"), at, examples };
}

/** Written with z for the net input. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  linear: "z + 0",
  sigmoid: "sigmoid(z)",
  tanh: "tanh(z)",
  relu: "relu(z)",
  softplus: "softplus(z)",
  silu: "z*sigmoid(z)",
  swish: "z*sigmoid(z)",
  leakyRelu: "max(z, 0) + alpha*min(z, 0)",
  elu: "max(z, 0) + alpha*(exp(min(z, 0)) - 1)",
  sin: "sin(z)",
  softsign: "z/(1 + abs(z))",
  gelu: "z*(1 + erf(z/sqrt(2)))/2",
};

function activationsOf({ activation }: LayerEquations, zs: readonly string[], l: string): string[] {
  const { name, config } = activation;
  if (name === "softmax") {
    const powers = zs.map((z, j) => `e${l}_${j + 1} = exp(${z})`);
    const sum = `s${l} = ${zs.map((_, j) => `e${l}_${j + 1}`).join(" + ")}`;
    return [...powers, sum, ...zs.map((_, j) => `a${l}_${j + 1} = e${l}_${j + 1}/s${l}`)];
  }
  const formula = ACTIVATIONS[name];
  if (formula === undefined || (name !== "elu" && name !== "leakyRelu" && beta(config) !== 1)) {
    throw new ProblemError({ code: "noGraph", data: { reason: "activation", name } });
  }
  const alpha = String((config as { readonly alpha?: number }).alpha ?? 1);
  return zs.map((z, j) => {
    const written = formula.replaceAll(/\bz\b/g, z).replaceAll("alpha", alpha);
    return `a${l}_${j + 1} = ${written}`;
  });
}

function beta(config: object): number {
  return (config as { readonly beta?: number }).beta ?? 1;
}

/** A class number as a row of zeros and a one. */
function targetsOf(y: readonly number[], units: number): readonly number[] {
  if (y.length === units) return y;
  return Array.from({ length: units }, (_, j) => (j === y[0] ? 1 : 0));
}

function lossName({ settings: { run } }: LiveRun): string {
  const { loss } = run;
  if (typeof loss === "string") return loss;
  throw new ProblemError({ code: "noGraph", data: { reason: "loss", name: JSON.stringify(loss) } });
}

function lossText(name: string, a: readonly string[], y: readonly string[]): string {
  const sum = (term: (a: string, y: string) => string) =>
    a.map((at, j) => term(at, y[j]!)).join(" + ");
  const share = a.length === 1 ? "" : `/${a.length}`;
  const entropy = sum((a, y) => `${y}*log(${a}) + (1 - ${y})*log(1 - ${a})`);
  switch (name) {
    case "quadratic":
      return `(${sum((a, y) => `(${y} - ${a})^2`)})/2`;
    case "meanSquaredError":
      return share === ""
        ? `(${y[0]} - ${a[0]})^2`
        : `(${sum((a, y) => `(${y} - ${a})^2`)})${share}`;
    case "binaryCrossentropy":
      return `-(${entropy})${share}`;
    case "crossEntropy":
      return `-(${entropy})`;
    case "meanAbsoluteError":
      return `(${sum((a, y) => `abs(${y} - ${a})`)})${share}`;
    case "huber":
      // With delta 1: e^2 / 2 up to 1, then the tangent.
      return `(${sum((a, y) => {
        const near = `min(abs(${y} - ${a}), 1)`;
        return `${near}*(abs(${y} - ${a}) - ${near}/2)`;
      })})${share}`;
    case "categoricalCrossentropy":
    case "sparseCategoricalCrossentropy":
    case "logLikelihood":
      return `-(${sum((a, y) => `${y}*log(${a})`)})`;
    default:
      throw new ProblemError({ code: "noGraph", data: { reason: "loss", name } });
  }
}
