// A network that is no chain of dense layers, and its loss, written out for one example: for a small minibatch where
// batch normalisation takes mean and variance over it.

import { pickExamples } from "neurite/data";
import { backpropagationOf } from "neurite/inspect";
import { ProblemError } from "../../problem-error.ts";
import type { LiveRun } from "../../run/live-run.ts";
import type { Activation } from "./activation-text.ts";
import { layerText, type Page, type Units } from "./layer-text.ts";
import { costText, targetsOf } from "./loss-text.ts";
import type { NetworkText } from "./network-form.ts";

/** The fewest that have a variance: a graph of more is too large to walk through. */
const MINIBATCH = 2;

/** @throws ProblemError for what of a network is not written out */
export function widerText(example: number, { timeline, data, settings }: LiveRun): NetworkText {
  const { model } = timeline;
  const { network } = model;
  const { train } = data.fitted;
  const examples = train.x.shape[0]!;
  const written = writtenLayers(settings.run.model);
  const many = written.some(({ kind }) => kind === "batchNormalization") ? MINIBATCH : 1;
  const rows = Array.from({ length: Math.min(many, examples) }, (_, i) => (example + i) % examples);
  if (network.inputShapes.length !== 1 || network.outputShapes.length !== 1) {
    const name = `${network.inputShapes.length}, ${network.outputShapes.length}`;
    throw new ProblemError({ code: "noGraph", data: { reason: "ends", name } });
  }
  const { x, y } = pickExamples(train, rows);
  const page: Page = {
    at: {},
    statements: [],
    marks: rows.length === 1 ? [""] : rows.map((_, e) => `_${"abcdefgh"[e]}`),
  };
  const input = (values: ArrayLike<number>, letter: string, e: number) =>
    Array.from(values, (value, k) => {
      const name = `${letter}${k + 1}${page.marks[e]}`;
      page.at[name] = value;
      return name;
    });
  const rowOf = ({ data: numbers }: typeof x, e: number) => {
    const width = numbers.length / rows.length;
    return Array.from(numbers.subarray(e * width, (e + 1) * width), Number);
  };
  const units = new Map<string, Units>();
  const first = rows.map((_, e) => input(rowOf(x, e), "x", e));
  const activations = activationsIn(model, x, y);
  let last: Units = first;
  let place = 0;
  for (const { name, kind, reads, shares } of network.placed) {
    if (kind !== "input") {
      const own = written.find(({ id }) => id === name) ?? written[place];
      const from = reads.length === 0 ? [last] : reads.map((read) => units.get(read) ?? first);
      const variables = model.layer(shares ?? name);
      const activation = activations.get(name) ?? null;
      place++;
      const options = own?.options ?? {};
      last = layerText(page, { name, kind, options, place, activation, variables }, from);
    }
    units.set(name, last);
  }
  const loss = model.training.losses[0]!;
  for (const [e] of rows.entries()) {
    const outputs = last[e]!;
    const targets = input(targetsOf(loss, rowOf(y, e), outputs.length), "y", e);
    page.statements.push(...costText(loss, outputs, targets, page.marks[e]));
  }
  if (rows.length > 1) {
    const costs = page.marks.map((mark) => `C${mark}`).join(" + ");
    page.statements.push(`C = (${costs})/${rows.length}`);
  }
  return { text: page.statements.join(";\n"), at: page.at, examples, rows, isChain: false };
}

/** Layers as the specification has them: in the order of the network's, or with names. */
function writtenLayers(model: LiveRun["settings"]["run"]["model"]) {
  const specs: readonly Readonly<Record<string, unknown>>[] =
    "layers" in model ? model.layers : model.nodes;
  return specs.flatMap(({ kind, name, id, ...options }) =>
    kind === "input" ? [] : [{ kind, id: name ?? id, options }],
  );
}

/** What dense and activation layers apply, by the layer. */
function activationsIn(
  ...asked: Parameters<typeof backpropagationOf>
): ReadonlyMap<string, Activation | null> {
  const { layers } = backpropagationOf(...asked);
  return new Map(layers.map(({ name, activation }) => [name, activation]));
}
