// What there is to look at by its name: a table in a file, a data set, or the data of a specification.

import { dataNames } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import { unknownName } from "neurite/ir";
import { parseRunSpec } from "neurite/train";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { STANDARD_INPUT } from "../files/standard-input.ts";
import { flagsGiven, given } from "../flags/flags.ts";
import { readSpecSource } from "../runs/spec-source.ts";
import { loadSource } from "../sources/load.ts";
import { isTableFile } from "../sources/table-file.ts";
import { tableFile } from "../sources/table-spec.ts";
import { UsageError } from "../terminal/failures.ts";
import type { SourceLook } from "./look.ts";
import { setLook } from "./set-look.ts";
import { contentEvent } from "./table-event.ts";
import { describeTableFile, type TableLook } from "./table-source.ts";
import { contentLines } from "./table-text.ts";

/** @throws UsageError for what is neither; NeuriteError or CliError for what cannot be read */
export async function lookAtSource(source: string, flags: TableLook): Promise<SourceLook> {
  if (source === STANDARD_INPUT || isTableFile(source)) return await tableLook(source, flags);
  if (/\.json$/i.test(source)) return await lookAtJson(source, flags);
  if (!dataNames(NODE_DATA).includes(source)) {
    // What is named with a point or a slash is a file, whatever its ending.
    if (/[./\\]/.test(source)) return await tableLook(source, flags);
    throw new UsageError(
      `${unknownName("data set", source, dataNames(NODE_DATA)).message} Or a table in a file, as people.csv.`,
    );
  }
  expectNoTableFlags(source, flags);
  return await setLook(await loadSource({ name: source }));
}

function expectNoTableFlags(source: string, flags: TableLook): void {
  const { target, types, delimiter, encoding, decimal, header, missing, ragged, beside } = flags;
  const names = flagsGiven({
    ...{ target, types, delimiter, encoding, decimal, header, missing, ragged, beside },
  });
  if (names.length > 0)
    throw new UsageError(`${names.join(", ")}: ${source} is no table of your own`);
}

async function tableLook(path: string, flags: TableLook): Promise<SourceLook> {
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
  if (
    head === null ||
    !new TextDecoder().decode(head.subarray(0, 200)).trimStart().startsWith("{")
  ) {
    return await tableLook(path, flags);
  }
  const spec = parseRunSpec(await readSpecSource(path));
  if (spec.data.file?.kind !== "table") {
    expectNoTableFlags(path, flags);
    return await setLook(await loadSource(spec.data, spec));
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
