// The job `exportRun`: the run that is loaded as a program, a checkpoint, or a table of its examples.

import { codeOf, kerasCodeOf, torchCodeOf } from "neurite/code";
import { encodeCheckpoint } from "neurite/train";
import { examplesTable } from "../../codec/examples-table.ts";
import { ProblemError } from "../problem-error.ts";
import type { LiveRun } from "../run/live-run.ts";
import { needRun } from "../run/need-run.ts";
import type { Job } from "./job.ts";

/** What the programs call the table and the weights beside them. */
const EXAMPLES = "examples.csv";

export const exportRun: Job<"exportRun"> = ({ format }, live) => {
  const run = needRun(live);
  const { run: spec } = run.settings;
  try {
    switch (format) {
      case "typescript":
        return { content: codeOf(spec, { examples: EXAMPLES }) };
      case "keras":
        return { content: kerasCodeOf(spec) };
      case "pytorch":
        return { content: torchCodeOf(spec) };
      case "checkpoint":
        return { content: checkpointOf(run) };
      case "examples":
        return { content: tableOf(run) };
    }
  } catch (error) {
    // What a language has no word for is the reader's to know, not a fault.
    throw new ProblemError({ code: "notWritten", data: { detail: (error as Error).message } });
  }
};

function checkpointOf({ timeline, settings }: LiveRun): Uint8Array<ArrayBuffer> {
  const bytes = encodeCheckpoint(timeline.model, { spec: settings.run, epochs: [] });
  return Uint8Array.from(bytes);
}

/** Features as the network reads them, the target, and 1 for examples to test with. */
function tableOf({ data: { raw, features }, settings }: LiveRun): string {
  const partOf = ({ x, y }: typeof raw.train, says: number) => ({
    count: y.shape[0]!,
    x: features(x.data as Float32Array),
    y: y.data,
    says,
  });
  // A program in double precision reads all digits.
  const write = settings.run.dtype === "float64" ? String : undefined;
  const parts = [partOf(raw.train, 0), partOf(raw.test, 1)];
  return examplesTable(settings.data.features, "test", parts, write);
}
