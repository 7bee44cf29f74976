// A trial told: every run with its figures and findings, what was changed, and whether it helped.

import type { Remedy, Trial, TrialRun } from "neurite/inspect";
import { linesFigure } from "../drawings/lines.ts";
import { escapeHtml } from "../report/escape.ts";
import { figure, words } from "../terminal/progress.ts";
import { table } from "../terminal/table.ts";
import { wrapLines } from "../terminal/wrap.ts";

const VERDICTS = {
  helped: "helped",
  sooner: "helped: it is there sooner",
  alike: "made no difference",
  worse: "made it worse",
} as const;

/** The figures that runs are compared by, of the test set where there is one. */
function figuresOf({ original, tried }: Trial): string[] {
  const runs = [original, ...tried.map(({ run }) => run)];
  const has = (name: string) => runs.some(({ epochs }) => epochs.some((row) => name in row));
  const names = ["accuracy", "r2", "loss"].map(
    (name) => `test${name[0]!.toUpperCase()}${name.slice(1)}`,
  );
  return has("testLoss") ? names.filter(has) : ["accuracy", "loss"].filter(has);
}

function rowsOf(trial: Trial): string[][] {
  const figures = figuresOf(trial);
  const cells = (name: string, run: TrialRun, verdict: string) => [
    name,
    verdict,
    ...figures.map((key) =>
      run.fault === null ? figure(key, run.epochs.at(-1)?.[key] ?? Number.NaN) : "not finite",
    ),
    run.health.findings.map(({ id }) => id).join(", ") || "none",
  ];
  return [
    cells("as it was", trial.original, ""),
    ...trial.tried.map(({ run, verdict }, i) => cells(namesOf(trial)[i]!, run, VERDICTS[verdict])),
  ];
}

/** A rate that was tried again has a number. */
function namesOf({ tried }: Trial): string[] {
  return tried.map(({ remedy: { id } }, i) => {
    const before = tried.slice(0, i).filter(({ remedy }) => remedy.id === id).length;
    return before === 0 ? id : `${id}, ${before + 1}`;
  });
}

function headOf(trial: Trial): string[] {
  return ["run", "verdict", ...figuresOf(trial).map(titleOfFigure), "findings"];
}

/** "testR2" as "test R²". */
function titleOfFigure(key: string): string {
  return words(key).replace(/\br2\b/, "R²");
}

/** What a remedy does is told where it is met first. */
function saysOnce({ id, says }: Remedy, name: string): string {
  return name === id ? `: ${says}` : "";
}

/** The same change of several layers on one line: "model.layers.1, 2, 3.activation: sigmoid -> relu". */
function changesTold(changes: readonly string[]): string[] {
  const places = new Map<string, string[]>();
  for (const change of changes) {
    const [, head, place, rest] = /^(model\.\w+\.)(\d+)(.*)$/.exec(change) ?? [];
    const alike = head === undefined ? change : `${head}*${rest}`;
    places.set(alike, [...(places.get(alike) ?? []), place ?? ""]);
  }
  return [...places].map(([alike, list]) => alike.replace("*", list.join(", ")));
}

/** A trial for the terminal. */
export function trialText(trial: Trial): string[] {
  const { finding, original, tried } = trial;
  const names = namesOf(trial);
  return [
    ...wrapLines(`${finding.id}: ${finding.says}.`),
    "",
    ...table(headOf(trial), rowsOf(trial)),
    "",
    ...(original.fault === null ? [] : wrapLines(`As it was: ${original.fault}`)),
    ...tried.flatMap(({ remedy, changes, run, verdict }, i) => [
      ...wrapLines(`${names[i]} ${VERDICTS[verdict]}${saysOnce(remedy, names[i]!)}.`),
      ...changesTold(changes).map((change) => `  ${change}`),
      ...(run.fault === null ? [] : wrapLines(`  ${run.fault}`)),
    ]),
  ];
}

/** A trial as a part of a page. */
export function trialHtml(trial: Trial): string {
  const { finding, original, tried } = trial;
  const names = namesOf(trial);
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const runs = [
    { name: "as it was", run: original },
    ...tried.map(({ run }, i) => ({ name: names[i]!, run })),
  ];
  const curves = figuresOf(trial).map((key) =>
    linesFigure({
      title: titleOfFigure(key)[0]!.toUpperCase() + titleOfFigure(key).slice(1),

      series: runs.map(({ name, run }) => ({
        name,
        points: run.epochs.map((logs) => [logs.epoch + 1, logs[key] ?? Number.NaN] as const),
      })),
      log: /loss/i.test(key),
      share: /accuracy/i.test(key),
    }),
  );
  const changes = tried.map(({ remedy, changes: list, verdict, run }, i) => {
    const fault = run.fault === null ? "" : `<br>${escapeHtml(run.fault)}`;
    const code = changesTold(list)
      .map((change) => `<br><code>${escapeHtml(change)}</code>`)
      .join("");
    return `<li><b>${escapeHtml(names[i]!)}</b> ${VERDICTS[verdict]}${escapeHtml(saysOnce(remedy, names[i]!))}.${code}${fault}</li>`;
  });
  const fault = original.fault === null ? "" : `<p>As it was: ${escapeHtml(original.fault)}</p>\n`;
  return `<p>${escapeHtml(finding.id)}: ${escapeHtml(finding.says)}. The cause: ${escapeHtml(finding.cause)}.</p>
<div class="wide" style="margin-bottom:1rem"><table>
${row(headOf(trial), "th")}
${rowsOf(trial)
  .map((cells) => row(cells, "td"))
  .join("\n")}
</table></div>
${fault}<div class="pair">
${curves.join("\n")}
</div>
<ul>
${changes.join("\n")}
</ul>
<p class="hint">All were trained anew from the same seed; all else is as the run says.</p>`;
}
