// Provokes the library as a reader of the pages can: by settings, exports, files and formulas. For tests.

import { openDocument } from "../../codec/index.ts";
import type { Problem } from "../../protocol/index.ts";
import { type Settings, XOR } from "../../state/index.ts";
import { checkFormula } from "../jobs/check-formula.ts";
import { expressionOf } from "../jobs/curves/expression.ts";
import { exportRun } from "../jobs/export-run.ts";
import { openCheckpoint } from "../jobs/open-checkpoint.ts";
import { equations } from "../jobs/unfold/equations.ts";
import { readExpression } from "../jobs/unfold/read-expression.ts";
import { problemOf } from "../problem-error.ts";
import { startRun } from "../run/live-run.ts";
import type { Change } from "./changes.testing.ts";

const FORMATS = ["typescript", "keras", "pytorch", "checkpoint", "examples"] as const;
const STEPS = 3;

/** What a page is told where something is refused; null for what is not. */
async function problemIn(act: () => unknown): Promise<Problem | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

/** All that a page is told of settings: trained some steps, exported, written out as equations. */
export async function problemsOfRun(settings: Settings): Promise<Problem[]> {
  const found: (Problem | null)[] = [];
  const refused = await problemIn(async () => {
    const live = await startRun(settings);
    found.push(await problemIn(() => live.timeline.advance(STEPS)));
    for (const format of FORMATS) {
      found.push(await problemIn(() => exportRun({ format }, live)));
    }
    found.push(await problemIn(() => equations({ example: 0 }, live)));
  });
  return [refused, ...found].filter((problem) => problem !== null);
}

/** The same of a document as a file may hold it, and what is told while it is opened. */
export async function problemsOfDocument(document: unknown): Promise<Problem[]> {
  const { settings, problems } = openDocument(document);
  return [...problems, ...(await problemsOfRun(settings))];
}

/** The same of the first run with something else in it. */
export async function problemsOfChange(change: Change): Promise<Problem[]> {
  return await problemsOfDocument({ ...XOR, run: { ...XOR.run, ...change } });
}

/** What is told of the bytes of a file with weights. */
export async function problemsOfFile(bytes: Uint8Array<ArrayBuffer>): Promise<Problem[]> {
  const problem = await problemIn(() => openCheckpoint({ bytes }, null));
  return problem ? [problem] : [];
}

/** What is told of a formula, wherever one may be typed. */
export async function problemsOfFormula(text: string): Promise<Problem[]> {
  const { problem } = await checkFormula({ text, names: ["x1", "x2"] }, null);
  const others = [
    await problemIn(() => expressionOf(text, 2)),
    await problemIn(() => readExpression(text, {})),
  ];
  return [problem, ...others].filter((one) => one !== null);
}
