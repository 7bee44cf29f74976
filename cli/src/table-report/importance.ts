// How much a score falls where a column is shuffled, as bars.

import { countExamples, type NamedDataset, splitExamples } from "neurite/data";
import {
  labelsOf,
  permutationImportance,
  predictionsOf,
  probabilitiesOf,
  residualsOf,
} from "neurite/inspect";
import { columnPlaces } from "neurite/spec";
import type { Model } from "neurite/train";
import { COLORS, drawPlot, Plot } from "../report/svg.ts";
import type { TablePart } from "../sources/table.ts";
import { plural } from "../terminal/names.ts";

/** Rows to judge by, and columns to judge: each is predicted `REPEATS` times. */
const MOST_ROWS = 2000;
const MOST_COLUMNS = 60;
const MOST_BARS = 25;
const REPEATS = 5;

/** @param data of the run, fitted to its network */
export async function importanceHtml(
  model: Model,
  data: NamedDataset,
  { columns }: TablePart,
): Promise<string> {
  const count = countExamples(data.test);
  const kept = Math.min(count, MOST_ROWS);
  const [rows] = splitExamples(data.test, [kept, count - kept]);
  const places = columnPlaces(columns).slice(0, MOST_COLUMNS);
  const scoreOf = data.classes === null ? shareExplained : shareRight;
  const found = await permutationImportance(rows!.x, (x) => scoreOf(model, x, rows!.y), {
    places,
    repeats: REPEATS,
  });
  const bars = found.columns.slice(0, MOST_BARS).map(({ name, drop, spread }) => ({
    name: shortName(name),
    drop,
    low: drop - spread,
    high: drop + spread,
  }));
  const what = data.classes === null ? "R2" : "the share that is right";
  const said = `How much ${what} falls where a column is shuffled: ${bars
    .slice(0, 5)
    .map(({ name, drop }) => `${name} ${drop.toFixed(3)}`)
    .join(", ")}`;
  const longest = Math.max(...bars.map(({ name }) => name.length));
  const svg = drawPlot(said, {
    width: 520,
    height: 60 + 24 * bars.length,
    marginLeft: Math.min(220, 24 + 7.5 * longest),
    marginBottom: 36,
    x: { label: null, grid: true, ticks: 5 },
    y: { label: null, domain: bars.map(({ name }) => name) },
    marks: [
      Plot.barX(bars, { x: "drop", y: "name", fill: COLORS.first, fillOpacity: 0.8 }),
      Plot.ruleY(bars, { x1: "low", x2: "high", y: "name", stroke: "currentColor" }),
      Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
    ],
  });
  const left = columns.length - bars.length;
  return `<figure class="plane"><figcaption><strong>How much ${what} falls where a column is shuffled</strong></figcaption>
${svg}
</figure>
<p class="hint">Means of ${REPEATS} shuffles over ${plural(kept, "test row")}; lines show their spread. Columns that say the
same share what they say: each seems to matter little.${left > 0 ? ` ${plural(left, "more column")} not shown.` : ""}</p>`;
}

type Rows = NamedDataset["test"]["x"];

async function shareRight(model: Model, x: Rows, y: Rows): Promise<number> {
  const predictions = await predictionsOf(model, x);
  const labels = labelsOf({ y });
  const right = labels.filter((label, row) => {
    const shares = probabilitiesOf(predictions, row);
    return shares.indexOf(Math.max(...shares)) === label;
  });
  return right.length / labels.length;
}

async function shareExplained(model: Model, x: Rows, y: Rows): Promise<number> {
  const { values } = await predictionsOf(model, x);
  return residualsOf(y.data, values, { worst: 0 }).r2 ?? 0;
}

function shortName(name: string): string {
  return name.length <= 26 ? name : `${name.slice(0, 25)}…`;
}
