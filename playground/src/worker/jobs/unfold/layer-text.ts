// Layers beyond chains of dense ones, written out unit by unit: what each makes of the names that it reads.

import type { Model } from "neurite/train";
import { ProblemError } from "../../problem-error.ts";
import { type Activation, activationText } from "./activation-text.ts";

/** What is written of a network so far. */
export interface Page {
  readonly at: Record<string, number>;
  readonly statements: string[];
  /** Behind names, which example they are of: "" for one alone. */
  readonly marks: readonly string[];
}

/** One layer as it stands in its network. */
export interface WrittenLayer {
  readonly name: string;
  readonly kind: string;
  /** Its options, as the specification has them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Which of all layers of the network it is, from 1. */
  readonly place: number;
  readonly activation: Activation | null;
  readonly variables: ReturnType<Model["layer"]>;
}

/** Names of units, example by example. */
export type Units = readonly (readonly string[])[];

type Write = (page: Page, layer: WrittenLayer, reads: readonly Units[]) => Units;

/** What drops or adds at random does nothing here, as in evaluate(). */
const SAME: Write = (_page, _layer, [x]) => x!;

const KINDS: Readonly<Record<string, Write>> = {
  dense,
  activation: (page, layer, [x]) => activated(page, layer, x!),
  dropout: SAME,
  alphaDropout: SAME,
  gaussianDropout: SAME,
  gaussianNoise: SAME,
  flatten: SAME,
  batchNormalization,
  layerNormalization,
  prelu,
  rescaling: (page, { place, options }, [x]) => {
    const { scale = 1, offset = 0 } = options as Readonly<Record<string, number>>;
    return named(page, x!, `r${place}`, (name) => `${name}*${scale} + ${offset}`);
  },
  add: merged((names) => names.join(" + ")),
  multiply: merged((names) => names.join("*")),
  average: merged((names) => `(${names.join(" + ")})/${names.length}`),
  concatenate: (page, _layer, reads) =>
    page.marks.map((_, e) => reads.flatMap((read) => [...read[e]!])),
};

/** @throws ProblemError for a kind that is not written out */
export function layerText(page: Page, layer: WrittenLayer, reads: readonly Units[]): Units {
  const write = KINDS[layer.kind];
  if (write) return write(page, layer, reads);
  throw new ProblemError({ code: "noGraph", data: { reason: "kind", name: layer.kind } });
}

/** A statement for each unit of each example. */
function named(
  { statements, marks }: Page,
  x: Units,
  name: string,
  says: (unit: string, j: number, example: number) => string,
): Units {
  return x.map((units, e) =>
    units.map((unit, j) => {
      const own = `${name}_${j + 1}${marks[e]}`;
      statements.push(`${own} = ${says(unit, j, e)}`);
      return own;
    }),
  );
}

/** The numbers of a variable as inputs of the graph, as in "w1_2"; null where the layer has none. */
function given({ at }: Page, layer: WrittenLayer, variable: string, letter: string) {
  const numbers = layer.variables[variable]?.read().data;
  if (!numbers) return null;
  return (i: number, label = `${i + 1}`) => {
    const name = `${letter}${layer.place}_${label}`;
    at[name] = numbers[i]!;
    return name;
  };
}

function dense(page: Page, layer: WrittenLayer, [x]: readonly Units[]): Units {
  const weight = given(page, layer, "w", "w")!;
  const bias = given(page, layer, "b", "b");
  const inputs = x![0]!.length;
  const units = layer.variables["w"]!.type.shape.at(-1)!;
  const places = page.marks.map(() => Array.from({ length: units }, () => ""));
  const isWide = Math.max(units, inputs) > 9;
  const z = named(page, places, `z${layer.place}`, (_, j, e) => {
    const terms = x![e]!.map(
      (a, k) => `${weight(k * units + j, `${j + 1}${isWide ? "_" : ""}${k + 1}`)}*${a}`,
    );
    return [...terms, ...(bias ? [bias(j)] : [])].join(" + ");
  });
  return activated(page, layer, z);
}

function activated(page: Page, { activation, place }: WrittenLayer, z: Units): Units {
  if (!activation || activation.name === "linear") return z;
  return z.map((units, e) => {
    const of = page.marks[e]!;
    page.statements.push(...activationText(activation, units, String(place), of));
    return units.map((_, j) => `a${place}_${j + 1}${of}`);
  });
}

/** By mean and variance of each unit over the examples of the minibatch, as in a training step. */
function batchNormalization(page: Page, layer: WrittenLayer, [x]: readonly Units[]): Units {
  const units = Array.from({ length: x![0]!.length }, (_, j) => {
    const own = x!.map((names) => names[j]!);
    return moments(page, own, `${layer.place}_${j + 1}`);
  });
  return normalized(page, layer, x!, (j) => units[j]!);
}

/** By mean and variance over the units of each example. */
function layerNormalization(page: Page, layer: WrittenLayer, [x]: readonly Units[]): Units {
  const examples = x!.map((own, e) => moments(page, own, `${layer.place}${page.marks[e]}`));
  return normalized(page, layer, x!, (_, e) => examples[e]!);
}

function moments({ statements }: Page, names: readonly string[], of: string) {
  const [mean, variance] = [`m${of}`, `v${of}`];
  const { length } = names;
  statements.push(`${mean} = (${names.join(" + ")})/${length}`);
  const squares = names.map((name) => `(${name} - ${mean})^2`).join(" + ");
  statements.push(`${variance} = (${squares})/${length}`);
  return { mean, variance };
}

function normalized(
  page: Page,
  layer: WrittenLayer,
  x: Units,
  momentsOf: (unit: number, example: number) => { mean: string; variance: string },
): Units {
  const { epsilon = 0.001 } = layer.options as { readonly epsilon?: number };
  const [scale, offset] = [given(page, layer, "scale", "g"), given(page, layer, "offset", "o")];
  return named(page, x, `n${layer.place}`, (unit, j, e) => {
    const { mean, variance } = momentsOf(j, e);
    const share = `(${unit} - ${mean})/sqrt(${variance} + ${epsilon})`;
    const scaled = scale ? `${scale(j)}*${share}` : share;
    return offset ? `${scaled} + ${offset(j)}` : scaled;
  });
}

function prelu(page: Page, layer: WrittenLayer, [x]: readonly Units[]): Units {
  const slope = given(page, layer, "alpha", "s")!;
  const many = layer.variables["alpha"]!.size;
  return named(page, x!, `a${layer.place}`, (unit, j) => {
    return `max(${unit}, 0) + ${slope(j % many)}*min(${unit}, 0)`;
  });
}

function merged(says: (names: readonly string[]) => string): Write {
  return (page, { place }, reads) =>
    named(page, reads[0]!, `u${place}`, (_, j, e) => says(reads.map((read) => read[e]![j]!)));
}
