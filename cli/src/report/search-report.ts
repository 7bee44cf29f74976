// The report of a search: the best, all trials as a table, parallel coordinates, and how they learned.

import { dimensionPlace, lastResult } from "neurite/train/search";
import { linesFigure } from "../drawings/lines.ts";
import { drawParallel, type ParallelAxis } from "../drawings/parallel.ts";
import { compactJson } from "../files/compact-json.ts";
import type { ToldSearch } from "../search/search-folder.ts";
import {
  rankedTrials,
  shortPaths,
  testText,
  trialTable,
  valueText,
} from "../search/search-text.ts";
import { type ToldTrial, trialName } from "../search/told-trials.ts";
import { plural } from "../terminal/names.ts";
import { clock, figure, words } from "../terminal/progress.ts";
import { escapeHtml } from "./escape.ts";
import { page, type Section } from "./page.ts";

/** Curves of more than these hide each other. */
const MOST_CURVES = 8;

export function searchReport(search: ToldSearch): string {
  const { spec, plan } = search.ready;
  return page({
    title: `${spec.data.name}: a search over ${plural(plan.dimensions.length, "setting")}`,
    lead: lead(search),
    sections: [
      ...parallelSection(search),
      ...curveSection(search),
      tableSection(search),
      ...failures(search),
      {
        title: "The search",
        html: `<p>What every trial has in common, and what varies.</p>
${pre(compactJson({ ...spec, search: plan.search }))}`,
      },
    ],
  });
}

function lead({ ready, trials, best }: ToldSearch): string {
  const { monitor, plan } = ready;
  const failed = trials.filter(({ state }) => state === "failed").length;
  const seconds = trials.reduce((sum, trial) => sum + trial.seconds, 0);
  const winner = best ? trials[best.trial] : undefined;
  const result = winner && lastResult(winner);
  const facts: [string, string][] = [
    ...(result ? [[words(monitor), figure(monitor, result.score)] as [string, string]] : []),
    ["trials", trials.length.toLocaleString("en-US")],
    ...(failed > 0 ? [["failed", String(failed)] as [string, string]] : []),
    ["strategy", plan.search.strategy],
    ["time of all trials", clock(seconds)],
    ["seed", String(plan.search.seed)],
  ];
  const items = facts.map(
    ([name, value]) => `<li><b>${escapeHtml(value)}</b>${escapeHtml(name)}</li>`,
  );
  const told =
    best && winner
      ? `<p><strong>The best is trial ${trialName(best.trial)}</strong> with ${escapeHtml(settings(plan.dimensions, winner))}.
Trained once more${ready.spec.training.validationSplit ? " with all training examples" : ""}: ${escapeHtml(testText(best.test))}. The
trials have not seen the test set.</p>`
      : "<p>No trial gave a figure, so that there is no best one.</p>";
  return `<ul class="facts">\n${items.join("\n")}\n</ul>\n${told}`;
}

function settings(
  dimensions: ToldSearch["ready"]["plan"]["dimensions"],
  { values }: ToldTrial,
): string {
  return dimensions.map(({ path }) => `${path} = ${valueText(values[path])}`).join(", ");
}

function parallelSection(search: ToldSearch): Section[] {
  const ranked = rankedTrials(search);
  if (ranked.length === 0) return [];
  const { plan, monitor } = search.ready;
  const names = shortPaths(search);
  const settingsAxes = plan.dimensions.map((dimension): ParallelAxis => {
    const { path } = dimension;
    // A strategy may leave the range that was asked for, as a lambda of 0 does.
    const held = (value: unknown) => Math.min(1, Math.max(0, dimensionPlace(dimension, value)));
    const places = ranked.map(({ values }) =>
      values[path] === undefined ? null : held(values[path]),
    );
    const marks =
      "options" in dimension
        ? dimension.options
        : [dimension.low, ...middle(dimension), dimension.high];
    const ticks = marks.map((value) => ({
      place: dimensionPlace(dimension, value),
      text: shortText(value),
    }));
    return { title: names.get(path)!, places, ticks };
  });
  const scores = ranked.map((trial) => lastResult(trial)?.score ?? null);
  const known = scores.filter((score) => score !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const place = (score: number) => (high === low ? 0.5 : (score - low) / (high - low));
  // By rank, not by score: one that is far off would make all others alike.
  const count = Math.max(1, known.length - 1);
  const goodness = scores.map((score) => {
    if (score === null) return null;
    const better = known.filter((one) => (plan.mode === "max" ? one > score : one < score));
    return 1 - better.length / count;
  });
  const ends = known.length === 0 ? [] : [...new Set([low, (low + high) / 2, high])];
  const judge: ParallelAxis = {
    title: words(monitor),
    places: scores.map((score) => (score === null ? null : place(score))),
    ticks: ends.map((score) => ({ place: place(score), text: figure(monitor, score) })),
  };
  const best = search.best ? ranked.findIndex(({ id }) => id === search.best!.trial) : -1;
  const svg = drawParallel({
    title: `Settings of ${plural(ranked.length, "trial")} and what came of them`,
    axes: [...settingsAxes, judge],
    shares: goodness,
    best: best < 0 ? null : best,
    names: ranked.map(
      (trial) => `trial ${trialName(trial.id)}: ${settings(plan.dimensions, trial)}`,
    ),
  });
  const html = `<figure class="graph"><div class="wide" tabindex="0">${svg}</div>
<figcaption>A line a trial, from its settings to its ${escapeHtml(words(monitor))}: the better, the stronger.
<span class="key best-line">the best</span>${goodness.includes(null) ? "<br>Dashed lines failed." : ""}</figcaption></figure>
<style>.best-line::before { border-top: 3.5px solid var(--second); }</style>`;
  return [{ title: "Settings and what came of them", html }];
}

/** A tick between the ends. */
function middle(dimension: {
  low: number;
  high: number;
  isLog: boolean;
  isWhole: boolean;
}): number[] {
  const { low, high, isLog, isWhole } = dimension;
  const at = isLog ? Math.sqrt(low * high) : (low + high) / 2;
  const value = isWhole ? Math.round(at) : at;
  return value > low && value < high ? [value] : [];
}

function shortText(value: unknown): string {
  const text = typeof value === "number" ? String(Number(value.toPrecision(3))) : valueText(value);
  return text.length <= 12 ? text : `${text.slice(0, 11)}…`;
}

function curveSection(search: ToldSearch): Section[] {
  const { monitor } = search.ready;
  const shown = rankedTrials(search)
    .flatMap((trial) => (trial.done ? [trial.done] : []))
    .slice(0, MOST_CURVES);
  if (shown.length === 0) return [];
  const series = (of: "curve" | "losses") =>
    shown.map((done) => ({
      name: `trial ${trialName(done.trial)}`,
      points: done[of].map((value, i): [number, number] => [i + 1, value]),
    }));
  const isLoss = monitor === "loss";
  const figures = [
    linesFigure({ title: words(monitor), series: series("curve"), log: true }),
    ...(isLoss
      ? []
      : [
          linesFigure({
            title: "training loss",

            series: series("losses"),
            log: true,
          }),
        ]),
  ];
  const which =
    search.trials.length > shown.length ? `the best ${shown.length} trials` : "the trials";
  return [
    { title: `How ${which} learned`, html: `<div class="pair">\n${figures.join("\n")}\n</div>` },
  ];
}

function tableSection(search: ToldSearch): Section {
  const { head, rows } = trialTable(search);
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const html = `<div class="wide" tabindex="0"><table class="numbers"><thead>${line(head, "th")}</thead>
<tbody>
${rows.map((row) => line(row, "td")).join("\n")}
</tbody></table></div>`;
  return { title: "All trials, the best first", html };
}

function failures({ trials }: ToldSearch): Section[] {
  const failed = trials.flatMap(({ failed: one }) => (one ? [one] : []));
  if (failed.length === 0) return [];
  const items = failed.map(
    ({ trial, reason }) => `<li>${trialName(trial)}: ${escapeHtml(reason)}</li>`,
  );
  return [{ title: "What failed, and why", html: `<ul>\n${items.join("\n")}\n</ul>` }];
}

function pre(text: string): string {
  return `<pre tabindex="0">${escapeHtml(text)}</pre>`;
}
