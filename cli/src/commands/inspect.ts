// neurite inspect: a trained model from inside, as text, as data, and as a page with pictures.

import { join } from "node:path";
import { type Command, Option } from "commander";
import { countExamples, type NamedDataset } from "neurite/data";
import { unknownName } from "neurite/ir";
import { fitData, type Model } from "neurite/train";
import { FILES, writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { INSPECTIONS } from "../inspections/index.ts";
import type {
  InspectContext,
  Inspection,
  InspectPlace,
  SurfaceFlags,
} from "../inspections/section.ts";
import { readRun, restoreModel } from "../runs/run-folder.ts";
import { loadSource } from "../sources/load.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";
import { parseAbove0, parseCell, parseWhole } from "../terminal/options.ts";

interface InspectFlags {
  readonly json?: boolean;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly row: number;
  readonly parameters?: readonly string[];
  readonly directions: SurfaceFlags["directions"];
  readonly seed: number;
  readonly reach?: number;
  readonly path?: boolean;
  readonly layer?: string;
  readonly at?: readonly [number, number];
  readonly channel?: number;
  readonly try?: string | true;
}

const names = [...INSPECTIONS.keys()];

export function inspectCommand(program: Command, io: Io): void {
  program
    .command("inspect")
    .description(
      `A saved model from inside: text here, and a page with pictures. Sections: ${names.join(", ")}.`,
    )
    .argument("<folder>", "folder of a run, as given to train --out")
    .argument("[sections...]", "which ones; all that fit the run if left out")
    .option("--row <n>", "which test example is looked at, from 0", parseWhole, 0)
    .option("--layer <name>", "which layer is looked at where one is")
    .option("--at <row,column>", "which cell of its map, as in 3,4", parseCell)
    .option("--channel <n>", "which channel of its map, from 0", parseWhole)
    .option(
      "--parameters <names...>",
      'surface: two parameters to move, as in "dense1/w[0,2]" "dense1/b[2]"',
    )
    .addOption(
      new Option("--directions <how>", "surface: otherwise, along which two directions")
        .choices(["random", "path"])
        .default("random"),
    )
    .option("--seed <n>", "surface: of the random directions", parseWhole, 0)
    .option("--reach <number>", "surface: how far to each side", parseAbove0)
    .option("--path", "surface: draw the training's way, which trains once more")
    .option(
      "--try [finding]",
      "train the run anew, and beside it with what helps against a finding of health (the gravest if left out)",
    )
    .option(
      "--out <file>",
      `where the page goes (by default ${FILES.inspect} in the folder of the run)`,
    )
    .option("--overwrite", "replace a file of your own of that name")
    .option("--json", "print one JSON object with all numbers; writes a page only with --out")
    .action((folder: string, sections: string[], flags: InspectFlags) =>
      inspect(io, folder, sections, flags),
    );
}

/** A section that the run has nothing for. */
interface Left {
  readonly id: string;
  readonly reason: string;
}

async function inspect(
  io: Io,
  folder: string,
  wanted: string[],
  flags: InspectFlags,
): Promise<void> {
  const sections = await chosen(wanted, io, flags);
  const context = await open(folder, flags);
  const shown: Inspection[] = [];
  const left: Left[] = [];
  for (const section of sections) {
    const missing = await section.missing(context);
    if (missing) left.push({ id: section.id, reason: missing.reason });
    else shown.push(section);
  }
  if (shown.length === 0) {
    throw new CliError(
      left.map(({ id, reason }) => `${id} is not for this run: ${reason}`).join("; "),
    );
  }
  const path = flags.out ?? (flags.json ? null : join(folder, FILES.inspect));
  if (path !== null && !flags.overwrite) await expectOwn(path);
  if (flags.json) printLines(io, await asJson(context, shown, left));
  else await tell(io, context, shown, wanted.length > 0 ? left : []);
  if (path === null) return;
  await writeWhole(path, await makePage(context, shown));
  if (!flags.json) printLines(io, "", `page: ${path}`);
}

/** In the order of the page, whatever order they were asked in. */
async function chosen(
  wanted: readonly string[],
  io: Io,
  flags: InspectFlags,
): Promise<Inspection[]> {
  for (const name of wanted) {
    if (INSPECTIONS.has(name)) continue;
    throw new UsageError(`inspect: ${unknownName("section", name, names).message}`);
  }
  const all = wanted.length === 0 && flags.try === undefined;
  const loads = [...INSPECTIONS].filter(([id]) => all || wanted.includes(id));
  const sections = await Promise.all(loads.map(([, load]) => load()));
  if (flags.try === undefined) return sections;
  const { trialSection } = await import("../inspections/trial.ts");
  return [...sections, trialSection(io, flags.try, flags.json === true)];
}

async function open(folder: string, flags: InspectFlags): Promise<InspectContext> {
  const { row } = flags;
  const surface = surfaceFlags(flags);
  const run = await readRun(folder);
  const model = restoreModel(run);
  const data = fitData(await loadSource(run.spec.data, run.spec), model.network, run.spec);
  expectRow(data, row);
  const place = placeFlags(model, flags);
  return { run, model, data, row, place, surface };
}

/** @throws UsageError for a layer that the model does not have */
function placeFlags({ network }: Model, { layer, at, channel }: InspectFlags): InspectPlace {
  const known = network.placed.map(({ name }) => name);
  if (layer !== undefined && !known.includes(layer)) {
    throw new UsageError(`--layer: ${unknownName("layer", layer, known).message}`);
  }
  return {
    ...(layer !== undefined && { layer }),
    ...(at && { at }),
    ...(channel !== undefined && { channel }),
  };
}

/** @throws UsageError unless there are two parameters or none */
function surfaceFlags(flags: InspectFlags): SurfaceFlags {
  const { parameters, directions, seed, reach, path = false } = flags;
  const names = parameters?.flatMap((text) => text.trim().split(/\s+/));
  if (names && names.length !== 2) {
    throw new UsageError(
      `--parameters: expected two, received ${names.length}: ${names.join(", ")}`,
    );
  }
  return {
    directions,
    seed,
    path,
    ...(names && { parameters: names as unknown as readonly [string, string] }),
    ...(reach !== undefined && { reach }),
  };
}

function expectRow({ name, test }: NamedDataset, row: number): void {
  const count = countExamples(test);
  if (row === 0 || row < count) return;
  throw new UsageError(
    `--row: expected 0 to ${count - 1}, a test example of ${name}, received ${row}`,
  );
}

async function tell(
  io: Io,
  context: InspectContext,
  sections: readonly Inspection[],
  left: readonly Left[],
): Promise<void> {
  for (const [i, section] of sections.entries()) {
    const head = [section.title, "=".repeat(section.title.length)];
    printLines(io, ...(i > 0 ? [""] : []), ...head, ...(await section.text(context)));
  }
  for (const { id, reason } of left) printLines(io, "", `${id} is not for this run: ${reason}.`);
}

async function asJson(
  context: InspectContext,
  sections: readonly Inspection[],
  left: readonly Left[],
): Promise<string> {
  const shown: [string, unknown][] = [];
  for (const section of sections) shown.push([section.id, await section.json(context)]);
  const missing = Object.fromEntries(left.map(({ id, reason }) => [id, reason]));
  const event = {
    event: "inspection",
    run: context.run.folder,
    missing,
    ...Object.fromEntries(shown),
  };
  return JSON.stringify(event, plain);
}

/** Typed arrays as lists and maps as objects; what is no finite number as text, which JSON has no other way for. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  return value instanceof Map ? Object.fromEntries(value) : value;
}

async function makePage(context: InspectContext, shown: readonly Inspection[]): Promise<string> {
  const [{ page }, { escapeHtml }] = await Promise.all([
    import("../report/page.ts"),
    import("../report/svg.ts"),
  ]);
  const { run, data } = context;
  const sections: { title: string; html: string }[] = [];
  for (const section of shown) {
    sections.push({ title: section.title, html: await section.html(context) });
  }
  return page({
    title: `${data.name}: a network from inside`,
    lead: `<p>After ${run.checkpoint.epochs.length} of ${run.spec.training.epochs} epochs, seed ${run.spec.seed}.
Where one example is looked at, it is test example ${context.row} of ${escapeHtml(data.name)}.</p>`,
    sections,
  });
}
