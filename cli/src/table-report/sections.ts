// What a report says of a run on a table: its columns, which of them matter, and where it goes wrong.

import { countExamples, type NamedDataset } from "neurite/data";
import { predictionsOf } from "neurite/inspect";
import type { Model } from "neurite/train";
import { escapeHtml } from "../report/escape.ts";
import type { Section } from "../report/page.ts";
import { tablePartOf } from "../sources/table.ts";
import { baselineLine, type TableFigures, unscaled } from "../tables/figures.ts";
import { percent } from "../terminal/names.ts";
import { calibrationHtml } from "./calibration.ts";
import { importanceHtml } from "./importance.ts";
import { missedClasses, missedValues } from "./missed.ts";
import { residualsHtml } from "./residuals.ts";

export interface TableOutcome {
  readonly model: Model;
  readonly data: NamedDataset;
  readonly table?: TableFigures | undefined;
}

/** None where the run is on no table, or nothing was tested. */
export async function tableSections(outcome: TableOutcome): Promise<Section[]> {
  const { model, data, table } = outcome;
  const part = tablePartOf(data);
  if (!part) return [];
  const columns = { title: "The table", html: columnsHtml(data) };
  if (countExamples(data.test) === 0) return [columns];
  const predictions = await predictionsOf(model, data.test.x);
  const beside = table?.baselines
    ? [
        {
          title: "What is easily had",
          html: `<p>${escapeHtml(sentence(baselineLine(table.baselines)))}</p>`,
        },
      ]
    : [];
  const judged = await importanceHtml(model, data, part);
  if (data.classes !== null) {
    return [
      ...beside,
      { title: "Can its probabilities be trusted?", html: calibrationHtml(data, predictions) },
      { title: "Which columns matter", html: judged },
      {
        title: "Rows that it is surest of, and wrong",
        html: missedClasses(data, part, predictions),
      },
      columns,
    ];
  }
  const [actual, said] = [unscaled(data.test.y.data, data), unscaled(predictions.values, data)];
  return [
    { title: "Predicted and true values", html: residualsHtml(part.target, actual, said) },
    ...beside,
    { title: "Which columns matter", html: judged },
    { title: "Rows that it misses most", html: missedValues(data, part, actual, said) },
    columns,
  ];
}

/** Of very wide tables the first ones. */
const MOST_COLUMNS = 100;

function columnsHtml(data: NamedDataset): string {
  const { columns, plans, notices, target } = tablePartOf(data)!;
  const rows = plans
    ? plans.map(({ name, type, gaps, done }) => [name, type, gaps === 0 ? "" : String(gaps), done])
    : columns.map(({ name, type }) => [name, type, "", "read by the model"]);
  const cells = rows
    .slice(0, MOST_COLUMNS)
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`);
  const more = rows.length - cells.length;
  const head = ["column", "type", "gaps", "what is done"].map(
    (name) => `<th scope="col">${name}</th>`,
  );
  const told = notices.map((notice) => `<li>${escapeHtml(notice)}</li>`).join("");
  return `<p>Learnt is <b>${escapeHtml(target)}</b>${balance(data)}</p>
<div class="wide" tabindex="0" role="region" aria-label="Columns"><table class="numbers">
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${cells.join("\n")}
</tbody></table></div>
${more > 0 ? `<p class="hint">And ${more} more.</p>` : ""}${told === "" ? "" : `<ul>${told}</ul>`}`;
}

const MOST_CLASSES = 20;

/** How many training rows each class has. */
function balance({ train, classNames, classes }: NamedDataset): string {
  if (classes === null) return ".";
  const counts = new Array<number>(classNames.length).fill(0);
  const total = countExamples(train);
  // One output has its classes as floats, several as rows with a one.
  const width = train.y.data.length / Math.max(1, total);
  for (let row = 0; row < total; row++) {
    const at = train.y.data.subarray(row * width, (row + 1) * width);
    counts[width === 1 ? at[0]! : at.indexOf(1)]! += 1;
  }
  const shares = classNames.map(
    (name, c) => `${escapeHtml(name)} ${percent(counts[c]! / total, 1)}`,
  );
  const more = shares.length > MOST_CLASSES ? `, and ${shares.length - MOST_CLASSES} more` : "";
  return `, of whose classes the training rows have: ${shares.slice(0, MOST_CLASSES).join(", ")}${more}.`;
}

/** A line of the terminal's as a sentence. */
function sentence(line: string): string {
  return `${line[0]!.toUpperCase()}${line.slice(1)}.`;
}
