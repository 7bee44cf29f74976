// What there is to look at by its name: data of one's own, a data set, or the data of a specification.

import { dataNames } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import { unknownName } from "neurite/ir";
import { parseRunSpec } from "neurite/train";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { given } from "../flags/flags.ts";
import { readSpecSource } from "../runs/spec-source.ts";
import { planRun } from "../runs/train-plan.ts";
import { expectFlagsFor, kindOfSource } from "../sources/kind.ts";
import { loadSource } from "../sources/load.ts";
import { tableFile } from "../sources/table-spec.ts";
import { UsageError } from "../terminal/failures.ts";
import type { SourceLook } from "./look.ts";
import { setLook } from "./set-look.ts";
import { contentEvent } from "./table-event.ts";
import { describeTableFile, type TableLook } from "./table-source.ts";
import { contentLines } from "./table-text.ts";

/** @throws UsageError for what is neither; NeuriteError or CliError for what cannot be read */
export async function lookAtSource(source: string, flags: TableLook): Promise<SourceLook> {
  const kind = await kindOfSource(source, flags);
  if (kind === "table") return await tableLook(source, flags);
  if (kind === null && /\.json$/i.test(source)) return await lookAtJson(source, flags);
  const isNamed = dataNames(NODE_DATA).includes(source);
  // What is named with a point or a slash is a file, whatever its ending.
  if (kind === null && !isNamed && /[./\\]/.test(source)) return await tableLook(source, flags);
  if (kind === null && !isNamed) {
    throw new UsageError(
      `${unknownName("data set", source, dataNames(NODE_DATA)).message} Or data of your own, as people.csv.`,
    );
  }
  const { beside, ...own } = flags;
  expectFlagsFor(source, kind, own);
  if (beside !== undefined) throw new UsageError(`--beside: ${source} is no table of your own`);
  if (kind === "text") return await (await import("./text-look.ts")).textLook(source);
  if (kind === null) return setLook(await loadSource({ name: source }));
  return setLook((await planRun(source, own)).data);
}

async function tableLook(path: string, flags: TableLook): Promise<SourceLook> {
  const { beside, ...own } = flags;
  expectFlagsFor(path, "table", own);
  const described = await describeTableFile(path, flags);
  return {
    lines: () => contentLines(described),
    page: async () => (await import("./table-page.ts")).tablePage(described),
    event: () => contentEvent(described),
  };
}

/** A list of rows is a table, an object a specification. */
async function lookAtJson(path: string, flags: TableLook): Promise<SourceLook> {
  const head = await readUpToLimit(path, MOST_BYTES.spec).catch(() => null);
  const start = new TextDecoder().decode(head?.subarray(0, 200)).trimStart();
  if (!start.startsWith("{")) return await tableLook(path, flags);
  const spec = parseRunSpec(await readSpecSource(path));
  if (spec.data.file?.kind !== "table") {
    expectFlagsFor(path, null, flags);
    return setLook(await loadSource(spec.data, spec));
  }
  const {
    path: table,
    target,
    delimiter,
    encoding,
    decimal,
    header,
    missing,
  } = tableFile(spec.data.file);
  // Whatever the run reads its columns as, or leaves out: they are looked at as they are.
  const reading = given({ target, delimiter, encoding, decimal, header, missing });
  return await tableLook(table, { ...reading, ...flags });
}
