// The section "units": histograms of z, a, weights and gradients of every layer, and which units are flat or dead.

import { countExamples, pickExamples } from "neurite/data";
import {
  type Backpropagation,
  backpropagationOf,
  type Histogram,
  histogramOf,
  type LayerStatistics,
  statisticsOf,
} from "neurite/inspect";
import { histogramFigure } from "../drawings/histogram.ts";
import { escapeHtml } from "../report/escape.ts";
import { percent } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { type InspectContext, inspection, NotHere } from "./section.ts";

interface LayerHistograms {
  readonly name: string;
  /** By what they are of: "z", "a", "w", "dC/dw", ... */
  readonly of: Readonly<Record<string, Histogram>>;
}

interface Found {
  readonly examples: number;
  readonly statistics: readonly LayerStatistics[];
  readonly histograms: readonly LayerHistograms[];
}

/** So many test examples are run through at once. */
const EXAMPLES = 500;
/** Fewer where examples are images: all maps of all of them are held. */
const IMAGES = 100;

export const units = inspection<Found>({
  id: "units",
  title: "Net inputs, activations, weights and gradients",
  look: ({ model, data }) => {
    const total = countExamples(data.test);
    if (total === 0) return new NotHere("it has no test examples");
    const most = model.network.placed.some(({ kind }) => /conv|pool/i.test(kind))
      ? IMAGES
      : EXAMPLES;
    const count = Math.min(total, most);
    const rows = Array.from({ length: count }, (_, i) => i);
    const { x, y } = pickExamples(data.test, rows);
    const found = backpropagationOf(model, x, y);
    const statistics = statisticsOf(found).filter(({ z, gradients }) => z || gradients.length > 0);
    return { examples: count, statistics, histograms: histogramsOf(found, { model }) };
  },
  text: ({ examples, statistics }) => [
    ...table(HEAD, statistics.map(cells)),
    `Over ${examples} test examples. Flat: slopes below 2.7 % of the steepest, as of a sigmoid beyond |z| = 5.`,
  ],
  html: ({ examples, statistics, histograms }) => {
    const row = (values: readonly string[], tag: string) =>
      `<tr>${values.map((value) => `<${tag}>${escapeHtml(value)}</${tag}>`).join("")}</tr>`;
    const figures = histograms.map(({ name, of }) => {
      const drawn = Object.entries(of).map(([what, histogram]) =>
        histogramFigure({ title: `${name}: ${what}`, histogram }),
      );
      return `<details${name === histograms[0]!.name ? " open" : ""}><summary>${escapeHtml(name)}</summary>
<div class="pair">\n${drawn.join("\n")}\n</div></details>`;
    });
    return `<div class="wide"><table>\n${row(HEAD, "th")}\n${statistics.map((one) => row(cells(one), "td")).join("\n")}\n</table></div>
<p class="hint">Over ${examples} test examples. Biases begin at 0: a mean of z or a far from it is the shift of a
layer. Flat is a slope f'(z) below 2.7 % of its function's steepest; dead is a unit that is flat for every example.</p>
${figures.join("\n")}`;
  },
});

const HEAD = [
  "layer",
  "f",
  "mean z",
  "spread z",
  "mean a",
  "zeros",
  "flat",
  "dead units",
  "|dC/dw|",
];

function cells({
  name,
  activation,
  z,
  a,
  zeros,
  flat,
  dead,
  units: all,
  gradients,
}: LayerStatistics) {
  const w = gradients.find((gradient) => gradient.name === "w");
  return [
    name,
    activation ?? "",
    z ? shown(z.mean) : "",
    z ? shown(z.deviation) : "",
    shown(a.mean),
    percent(zeros, 1),
    flat === null ? "" : percent(flat, 1),
    dead === null ? "" : `${dead.length} of ${all}`,
    w ? shown(w.length) : "",
  ];
}

function histogramsOf(
  { layers }: Backpropagation,
  { model }: Pick<InspectContext, "model">,
): LayerHistograms[] {
  return layers
    .filter(({ z, gradients }) => z !== null || gradients.size > 0)
    .map(({ name, z, a, gradients }) => {
      const values: [string, ArrayLike<number>][] = [
        ...(z
          ? [["net inputs z", z.data as ArrayLike<number>] as [string, ArrayLike<number>]]
          : []),
        ["activations a", a.data as ArrayLike<number>],
        ...[...gradients].flatMap(([path, gradient]): [string, ArrayLike<number>][] => [
          [path, model.layer(name)[path]!.data as ArrayLike<number>],
          [`dC/d${path}`, gradient.data as ArrayLike<number>],
        ]),
      ];
      return {
        name,
        of: Object.fromEntries(values.map(([what, data]) => [what, histogramOf(data)])),
      };
    });
}

function shown(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}
