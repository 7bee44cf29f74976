// The job `lesson`: runs the program of a lesson, the same text that the page shows.

import type { Answer, Values } from "../../protocol/index.ts";
import { ProblemError } from "../problem-error.ts";
import type { Job } from "./job.ts";

const PROGRAMS = import.meta.glob<{ run(values: Values): Answer | Promise<Answer> }>(
  "../../lessons/*/program.ts",
);

export const lesson: Job<"lesson"> = async ({ id, values }) => {
  const load = PROGRAMS[`../../lessons/${id}/program.ts`];
  if (!load) throw new ProblemError({ code: "unknown", data: { detail: id } });
  return await (await load()).run(values);
};
