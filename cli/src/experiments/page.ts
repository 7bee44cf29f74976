// An experiment as a page of its own: its numbers beside the book's, its curves, and what was run.

import {
  type Claim,
  claimedNumber,
  EXPERIMENTS,
  type ExperimentName,
  type ExperimentPoint,
  expectedOf,
  OWN_BOUNDS,
} from "neurite/books";
import { curvesFigure } from "../drawings/curves.ts";
import { escapeHtml } from "../report/escape.ts";
import { page, type Section } from "../report/page.ts";
import { plural } from "../terminal/names.ts";
import { summaryOf } from "./carry-out.ts";
import { flagsOf } from "./flags.ts";
import type { ExperimentLog } from "./log.ts";

/** The page of a run that has ended. @param point what was told it */
export async function experimentPage(log: ExperimentLog, point: ExperimentPoint): Promise<string> {
  const name = log.experiment as ExperimentName;
  const { title, source, load } = EXPERIMENTS[name];
  const { parameters, full } = await load();
  const says = log.full ? full!.parameters : parameters;
  const curves = log.curves ?? [];
  const drawn = [...curves.map(curvesFigure)].join("\n");
  return page({
    title,
    lead: `<p class="lead">${escapeHtml(source)}${log.full ? ", the long run" : ""}. ${summaryOf(log.claims)}</p>`,
    sections: [
      ...(drawn === "" ? [] : [{ title: "Curves", html: `<div class="pair">${drawn}</div>` }]),
      ...(await picturesOf(name, point)),
      { title: "Numbers", html: claimsTable(log.claims) },
      { title: "What was run", html: whatWasRun(log, says, point) },
    ],
  });
}

/** Experiments that are pictures in the book. */
async function picturesOf(name: ExperimentName, { range }: ExperimentPoint): Promise<Section[]> {
  if (name !== "surface49") return [];
  const { figure49Sections } = await import("../drawings/figure49.ts");
  return figure49Sections(range as readonly number[] | undefined);
}

const VERDICTS = {
  true: '<span class="holds">&#10003; holds</span>',
  false: '<span class="off">&#10007; off</span>',
  null: '<span class="unjudged">not judged</span>',
} as const;

function claimsTable(claims: readonly Claim[]): string {
  const said = new Set<string>();
  const rows = claims.map((claim) => {
    const { name, expected, actual, tolerance, holds, note } = claim;
    const value = (one: number | string) => escapeHtml(claimedNumber(one, claim));
    const allowed =
      typeof expected === "number" ? `&plusmn;&nbsp;${Number(tolerance.toPrecision(2))}` : "";
    const remark =
      note === undefined || said.has(note) ? "" : `<p class="remark">${escapeHtml(note)}</p>`;
    said.add(note ?? "");
    return `<tr><th scope="row">${escapeHtml(name)}${remark}</th>
<td data-label="expected">${escapeHtml(expectedOf(claim))}</td><td data-label="Neurite">${value(actual)}</td>
<td data-label="tolerance">${tolerance === 0 && allowed !== "" ? "exact" : allowed}</td><td>${VERDICTS[`${holds}`]}</td></tr>`;
  });
  return `<table class="claims">
<thead><tr><th scope="col">number</th><th scope="col">expected</th><th scope="col">Neurite</th>
<th scope="col">tolerance</th><th scope="col">verdict</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>${claims.some(({ isOurs }) => isOurs) ? `<p class="remark">${escapeHtml(OWN_BOUNDS)}</p>` : ""}`;
}

function whatWasRun(
  log: ExperimentLog,
  parameters: Awaited<ReturnType<(typeof EXPERIMENTS)[ExperimentName]["load"]>>["parameters"],
  point: ExperimentPoint,
): string {
  const { version, commit, changed, machine, date, seconds, hash, seed } = log;
  const command = `neurite reproduce ${log.experiment}${log.full ? " --full" : ""}${flagsOf(point)}`;
  const from =
    commit === null ? "" : ` at commit ${commit.slice(0, 12)}${changed ? ", changed since" : ""}`;
  const { processor, cores, system, node } = machine;
  const told = Object.entries(parameters).map(([name, { says, book }]) => {
    const [used, books] = [log.parameters[name], book].map(String) as [string, string];
    const own = used === books ? "" : ` <span class="unjudged">(book: ${escapeHtml(books)})</span>`;
    return `<tr><th scope="row">${escapeHtml(says)}</th><td>${escapeHtml(used)}${own}</td></tr>`;
  });
  const facts = [
    ...(seed === null ? [] : [["seed", String(seed)]]),
    ["time", seconds < 1 ? "below a second" : `${plural(Math.round(seconds), "second")}`],
    ["version", `${version}${from}`],
    ["machine", `${processor}, ${plural(cores, "core")}, ${system}, Node ${node}`],
    ["date", date],
    ["hash", hash.slice(0, 16)],
  ].map(([what, value]) => `<tr><th scope="row">${what}</th><td>${escapeHtml(value!)}</td></tr>`);
  return `<pre><code>${escapeHtml(command)}</code></pre>
<table class="facts-of-run"><tbody>
${[...told, ...facts].join("\n")}
</tbody></table>`;
}
