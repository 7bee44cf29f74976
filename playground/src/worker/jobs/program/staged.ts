// The stages of a compiled program, with what is counted in them.

import type { ProgramStage } from "../../../protocol/jobs/program.ts";

interface Staged {
  readonly stages: readonly ProgramStage[];
  readonly nodes: number;
  readonly kernels: number;
}

type Given = readonly (Omit<ProgramStage, "values"> & Partial<Pick<ProgramStage, "values">>)[];

export function staged(given: Given): Staged {
  const stages = given.map(({ name, text, values = [] }) => ({ name, text, values }));
  const count = (stage: number, line: RegExp) => stages[stage]?.text.match(line)?.length ?? 0;
  return { stages, nodes: count(0, /^ {2}%/gm), kernels: count(1, /^\s*kernel \d+:/gm) };
}
