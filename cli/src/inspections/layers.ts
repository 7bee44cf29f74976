// The section "layers": what the network is made of, and how large its weights have become.

import type { Model } from "neurite/train";
import { escapeHtml } from "../report/svg.ts";
import { plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { inspection } from "./section.ts";

interface LayerRow {
  readonly name: string;
  readonly kind: string;
  /** Of one example. */
  readonly outputShape: readonly number[];
  readonly reads: readonly string[];
  readonly parameters: readonly ParameterRow[];
}

interface ParameterRow {
  /** As in "dense1/w". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly mean: number;
  /** Root of the mean square. */
  readonly rms: number;
  readonly largest: number;
}

export const layers = inspection<{
  readonly layers: readonly LayerRow[];
  readonly parameters: number;
}>({
  id: "layers",
  title: "The layers and their weights",
  look: ({ model }) => {
    const rows = layersOf(model);
    const parameters = rows.flatMap((row) => row.parameters);
    return { layers: rows, parameters: parameters.reduce((sum, { count }) => sum + count, 0) };
  },
  text: ({ layers: rows, parameters }) => [
    ...table(HEAD, rows.flatMap(lines)),
    plural(parameters, "parameter"),
  ],
  html: ({ layers: rows }) => {
    const cells = (row: readonly string[], tag: string) =>
      row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("");
    const body = rows.flatMap(lines).map((row) => `<tr>${cells(row, "td")}</tr>`);
    return `<div class="wide"><table>\n<tr>${cells(HEAD, "th")}</tr>\n${body.join("\n")}\n</table></div>
<p class="hint">Root mean square: the usual distance of a weight from 0.</p>`;
  },
});

const HEAD = ["layer", "output", "parameter", "shape", "mean", "root mean square", "largest"];

function layersOf(model: Model): LayerRow[] {
  const variables = [...model.instance.params.variables];
  return model.network.placed.map(({ name, kind, outputShape, reads }) => ({
    name,
    kind,
    outputShape,
    reads,
    parameters: variables
      .filter(([path]) => path.startsWith(`${name}/`))
      .map(([path, variable]) => ({ name: path, shape: variable.shape, ...sizes(variable.data) })),
  }));
}

function sizes(data: ArrayLike<number>) {
  let [sum, squares, largest] = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    sum += x;
    squares += x * x;
    if (!(Math.abs(x) <= largest)) largest = Math.abs(x);
  }
  const count = data.length;
  return { count, mean: sum / count, rms: Math.sqrt(squares / count), largest };
}

function lines({ name, outputShape, parameters }: LayerRow): string[][] {
  const shape = `[${outputShape.join(", ")}]`;
  if (parameters.length === 0) return [[name, shape, "", "", "", "", ""]];
  return parameters.map((parameter, i) => [
    i === 0 ? name : "",
    i === 0 ? shape : "",
    parameter.name.slice(name.length + 1),
    `[${parameter.shape.join(", ")}]`,
    ...[parameter.mean, parameter.rms, parameter.largest].map((x) =>
      String(Number(x.toPrecision(4))),
    ),
  ]);
}
