// The section "health": what is wrong with a run, why, and what helps.

import { type Finding, type Health, healthOf } from "neurite/inspect";
import { findingsHtml } from "../report/findings.ts";
import { keptFault } from "../runs/fault.ts";
import { commandName } from "../terminal/names.ts";
import { wrapLines } from "../terminal/wrap.ts";
import { type InspectContext, inspection } from "./section.ts";

/** What is wrong with a stored run. */
export async function healthOfRun({ run, model, data }: InspectContext): Promise<Health> {
  const { spec, checkpoint } = run;
  const fault = keptFault(checkpoint);
  return await healthOf({ spec, model, data, epochs: checkpoint.epochs, fault });
}

export const health = inspection<Health>({
  id: "health",
  title: "What is wrong with the run, and what helps",
  look: healthOfRun,
  text: (found, { run }) => {
    const { findings, examples, cost } = found;
    const [start, end] = [cost.start, cost.end].map((value) =>
      String(Number(value.toPrecision(4))),
    );
    const costs = `The cost of ${examples} examples was ${start} before training, and is ${end}.`;
    if (findings.length === 0) return [`Nothing was found. ${costs}`];
    return [
      costs,
      ...findings.flatMap((finding) => ["", ...findingLines(finding)]),
      "",
      `Try it: ${commandName()} inspect ${run.folder} --try ${findings[0]!.id}`,
    ];
  },
  html: ({ findings }, { run }) => findingsHtml(findings, run.folder),
});

/** One finding for the terminal. */
export function findingLines({ id, severity, says, cause, remedies }: Finding): string[] {
  const indented = (head: string, text: string) =>
    wrapLines(text, 88).map((line, i) => `${i === 0 ? head.padEnd(10) : " ".repeat(10)}${line}`);
  return [
    ...wrapLines(`${id} (${severity}): ${says}.`, 98),
    ...indented("  cause", `${cause}.`),
    ...remedies.flatMap((remedy) => indented("  remedy", `${remedy.id}: ${remedy.says}.`)),
  ];
}
