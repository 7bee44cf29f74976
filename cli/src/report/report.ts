// The report of a run: one page that needs nothing beside it.

import { countExamples } from "neurite/data";
import { classReport, predictionsOf } from "neurite/inspect";
import type { EpochLogs, RunSpec } from "neurite/train";
import { compactJson } from "../files/compact-json.ts";
import type { JudgedOutcome } from "../runs/findings.ts";
import { countParameters, type Outcome, trainingSeconds } from "../runs/training.ts";
import { percent, plural } from "../terminal/names.ts";
import { clock, figure, figureName } from "../terminal/progress.ts";
import { confusionTable } from "./confusion.ts";
import { curves } from "./curves.ts";
import { featureMaps } from "./feature-maps.ts";
import { filterPictures } from "./filters.ts";
import { findingsHtml } from "./findings.ts";
import { page, type Section } from "./page.ts";
import { weightPictures, worstMistakes } from "./pictures.ts";
import { decisionSurface } from "./surface.ts";
import { escapeHtml } from "./svg.ts";

/** @param more what is to be said of data of one's own */
export async function makeReport(
  spec: RunSpec,
  outcome: JudgedOutcome,
  folder: string | null,
  more: readonly Section[] = [],
): Promise<string> {
  const { findings } = outcome;
  const ill =
    findings.length === 0
      ? []
      : [{ title: "What is wrong, and what helps", html: findingsHtml(findings, folder) }];
  return page({
    title: titleOf(outcome),
    lead: lead(spec, outcome),
    sections: [
      ...ill,
      ...learning(outcome.rows),
      ...(await results(outcome)),
      ...more,
      { title: "The network", html: pre(outcome.model.summary()) },
      {
        title: "The run",
        html: `<p>This specification says all of it. Save it as <code>spec.json</code>, and
<code>neurite train spec.json</code> gives the same weights again.</p>
${pre(compactJson(spec))}`,
      },
    ],
  });
}

function titleOf({ spec, data, test }: Outcome): string {
  const count = countExamples(data.test).toLocaleString("en-US");
  if (test === null) return `${data.name}: a network and what it learned`;
  if (test["accuracy"] === undefined) {
    const [name, value] = Object.entries(test).find(([key]) => key !== "loss") ?? [
      "loss",
      test.loss,
    ];
    return `${data.name}: ${figureName(name)} ${figure(name, value)} on ${count} test examples`;
  }
  if (spec.data.file?.kind === "text") {
    return `${data.name}: next character right ${percent(test["accuracy"])}, perplexity ${Math.exp(test.loss).toFixed(2)}`;
  }
  return `${data.name}: ${percent(test["accuracy"])} of ${count} test examples right`;
}

function lead({ training, seed, optimizer }: RunSpec, outcome: Outcome): string {
  const { data, model, rows, test, stopped } = outcome;
  const facts: [string, string][] = [
    ...figuresOf(test),
    ["training examples", countExamples(data.train).toLocaleString("en-US")],
    ["parameters", countParameters(model).toLocaleString("en-US")],
    ["training time", clock(trainingSeconds(rows))],
    ["epochs", String(rows.length)],
    ["optimizer", typeof optimizer === "string" ? optimizer : optimizer.name],
    ["batch size", String(training.batchSize)],
    ["seed", String(seed)],
  ];
  const items = facts.map(
    ([name, value]) => `<li><b>${escapeHtml(value)}</b>${escapeHtml(name)}</li>`,
  );
  const early = stopped === null ? "" : `<p>Stopped early: ${escapeHtml(stopped)}.</p>`;
  return `<ul class="facts">\n${items.join("\n")}\n</ul>${early}`;
}

/** What counts first: the share that is right. */
function figuresOf(test: Outcome["test"]): [string, string][] {
  const { accuracy, ...others }: Readonly<Record<string, number>> = test ?? {};
  return [
    ...(accuracy === undefined
      ? []
      : ([["test accuracy", percent(accuracy)]] as [string, string][])),
    ...Object.entries(others).map(([name, value]): [string, string] => [
      `test ${figureName(name)}`,
      figure(name, value),
    ]),
  ];
}

function learning(rows: readonly EpochLogs[]): Section[] {
  if (rows.length === 0) return [];
  const title = `Learning, over ${plural(rows.length, "epoch")}`;
  return [{ title, html: `<div class="pair">\n${curves(rows)}\n</div>\n${RUNNING_MEAN}` }];
}

/** The first question of a reader who sees the test set do better than the training set. */
const RUNNING_MEAN = `<p class="hint">Training figures are means over the epoch while the weights still
changed; test figures are taken after it. Early on the test set can therefore look better than the
training set.</p>`;

async function results({ data, model, test }: Outcome): Promise<Section[]> {
  const sections: Section[] = [];
  if (data.view === "plane") {
    sections.push({
      title: "What it makes of the plane",
      html: await decisionSurface(model, data),
    });
  }
  if (data.classes === null || test === null) return sections;
  const predictions = await predictionsOf(model, data.test.x);
  const report = classReport(data.test, predictions);
  const only = onlyClass(report.counts);
  const names = report.counts.map((_, c) => data.classNames[c] ?? String(c));
  sections.push({
    title: "Right and wrong, class by class",
    html: oneClassNote(only, names) + confusionTable(report, names),
  });
  if (data.view !== "image") return sections;
  sections.push({ title: "The worst mistakes", html: worstMistakes(data, predictions) });
  const weights = weightPictures(model);
  if (weights !== null) sections.push({ title: "What the first layer looks for", html: weights });
  const filters = filterPictures(model);
  if (filters !== null) sections.push({ title: "The filters", html: filters });
  const maps = featureMaps(model, data, predictions);
  if (maps !== null) sections.push({ title: "What the layers make of one example", html: maps });
  return sections;
}

/** The class that everything is taken for, or -1 where there is more than one. */
function onlyClass(counts: readonly (readonly number[])[]): number {
  const taken = counts.map((_, c) => counts.reduce((sum, row) => sum + row[c]!, 0));
  const used = taken.flatMap((sum, c) => (sum > 0 ? [c] : []));
  return used.length === 1 && counts.length > 1 ? used[0]! : -1;
}

/** What a reader must not overlook: such a network has learned nothing of the examples. */
function oneClassNote(only: number, names: readonly string[]): string {
  if (only < 0) return "";
  return `<p><strong>It takes every example for ${escapeHtml(names[only]!)}</strong>: it has learned
to tell no class from another.</p>\n`;
}

function pre(text: string): string {
  return `<pre tabindex="0">${escapeHtml(text)}</pre>`;
}
