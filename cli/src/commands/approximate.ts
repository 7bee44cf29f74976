// neurite approximate: a network built for a function out of steps, bumps or towers, and trained (Nielsen, chapter 4).

import { type Command, Option } from "commander";
import { NeuriteError } from "neurite";
import {
  type Approximated,
  type Approximation,
  approximate,
  type BuiltOf,
  type DeviationOfPieces,
  deviationsByPieces,
  expressionFunction,
  parseExpression,
  type Range,
  type RealFunction,
} from "neurite/inspect";
import { writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";
import { plural } from "../terminal/names.ts";
import { parseAbove0, parseCount, parseWhole } from "../terminal/options.ts";
import { table } from "../terminal/table.ts";
import { wrapLines } from "../terminal/wrap.ts";

interface ApproximateFlags {
  readonly of?: BuiltOf;
  readonly pieces: number;
  readonly range: Range;
  readonly weight?: number;
  readonly train?: boolean;
  readonly steps: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly out?: string;
  readonly overwrite?: boolean;
}

export function approximateCommand(program: Command, io: Io): void {
  program
    .command("approximate")
    .description(
      "A network built for a function of one or two inputs out of steps, bumps or towers; with --train " +
        "also trained from there, and from scratch with as many units.",
    )
    .argument("<function>", 'of one or two inputs, as "sin(6*x)" or "x*y"')
    .addOption(
      new Option("--of <what>", "what it is built of; towers for two inputs")
        .choices(["steps", "bumps"])
        .default(undefined, "bumps"),
    )
    .option("--pieces <n>", "pieces of the range, along each input", parseCount, 5)
    .option("--range <from,to>", "of each input", parseRange, [0, 1] as Range)
    .option(
      "--weight <w>",
      "of the units that make steps (by default 1000 / width of the range)",
      parseAbove0,
    )
    .option("--train", "train it too, and one from scratch")
    .option("--steps <n>", "steps of Adam", parseCount, 1000)
    .option("--learning-rate <rate>", "of Adam", parseAbove0, 0.03)
    .option("--seed <n>", "of the weights from scratch", parseWhole, 0)
    .option("--out <file>", "write a page with pictures")
    .option("--overwrite", "replace a file of your own of that name")
    .option("--json", "print one JSON object")
    .action((text: string, flags: ApproximateFlags) => run(io, text, flags));
}

const GROWTH = { 1: [5, 10, 20, 40, 80], 2: [2, 4, 8, 16] } as const;

async function run(io: Io, text: string, flags: ApproximateFlags): Promise<void> {
  const { f, inputs } = functionOf(text);
  if (inputs === 2 && flags.of) {
    throw new UsageError(`--of ${flags.of}: a function of two inputs is built of towers`);
  }
  const { range, weight, pieces, train = false, steps, learningRate, seed } = flags;
  const how = {
    of: inputs === 2 ? "towers" : (flags.of ?? "bumps"),
    range,
    ...(weight !== undefined && { weight }),
  } as const;
  if (flags.out !== undefined && !flags.overwrite) await expectOwn(flags.out);
  const found = await approximate(f, { ...how, pieces, train, steps, learningRate, seed });
  const growth = deviationsByPieces(f, GROWTH[inputs], how);
  if (flags.json) printLines(io, JSON.stringify(asData(text, found, growth)));
  else printLines(io, ...linesOf(text, found, growth, flags));
  if (flags.out === undefined) return;
  const { approximationPage } = await import("../drawings/approximation.ts");
  await writeWhole(
    flags.out,
    approximationPage(text, found, growth, linesOf(text, found, growth, flags)),
  );
  if (!flags.json) printLines(io, "", `page: ${flags.out}`);
}

/** @throws UsageError for what is no expression of one or two inputs */
function functionOf(text: string): { readonly f: RealFunction; readonly inputs: 1 | 2 } {
  try {
    const expression = parseExpression(text);
    const { inputs, outputs } = expression;
    const names = inputs.length === 0 ? "none" : inputs.join(", ");
    if (inputs.length < 1 || inputs.length > 2) {
      throw new UsageError(
        `approximate: expected a function of one or two inputs, received ${names}`,
      );
    }
    if (outputs.length !== 1) {
      throw new UsageError(`approximate: expected one output, received ${outputs.length}`);
    }
    const valuesAt = expressionFunction(expression);
    const f: RealFunction = (x, y) => valuesAt(inputs.length === 1 ? [x] : [x, y])[0]!;
    return { f, inputs: inputs.length as 1 | 2 };
  } catch (error) {
    if (error instanceof NeuriteError) throw new UsageError(`approximate: ${error.message}`);
    throw error;
  }
}

function parseRange(text: string): Range {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [from, to] = parts;
  if (parts.length === 2 && parts.every(Number.isFinite) && from! < to!) return [from!, to!];
  throw new UsageError(
    `--range: expected two numbers, the second larger, as 0,1, received ${text}`,
  );
}

function rowsOf({
  built,
  trained,
  scratch,
}: Approximation): readonly (readonly [string, Approximated])[] {
  const rows: [string, Approximated][] = [["built", built]];
  if (trained) rows.push(["trained from there", trained]);
  if (scratch) rows.push(["trained from scratch", scratch]);
  return rows;
}

const digits = (x: number) => (x === 0 || x >= 1e-4 ? x.toFixed(4) : x.toExponential(1));

function linesOf(
  text: string,
  found: Approximation,
  growth: readonly DeviationOfPieces[],
  { steps, train = false }: ApproximateFlags,
): string[] {
  const { of, pieces, units, weight, range } = found.construction;
  const { atPoints, points } = MEASURES[of === "towers" ? 2 : 1];
  const many = of === "towers" ? `${pieces} x ${pieces}` : String(pieces);
  const learnt = train ? `, ${plural(steps, "step")} of Adam` : "";
  return [
    `f: ${text} on [${range.join(", ")}]${of === "towers" ? "^2" : ""}`,
    ...wrapLines(
      `${of}: ${many} levels by ${plural(units, "hidden unit")}; a step at s is a unit of w = ${Number(weight.toPrecision(6))}, b = -w s${learnt}`,
      100,
    ),
    "",
    ...table(
      ["average deviation from f", atPoints, "over the range"],
      rowsOf(found).map(([name, { deviation }]) => [
        name,
        digits(deviation.atPoints),
        digits(deviation.overRange),
      ]),
    ),
    "",
    ...table(
      [`${of}, built, as units grow`, "units", atPoints, "over the range"],
      growth.map((row) => [
        plural(row.pieces, "piece"),
        String(row.units),
        digits(row.atPoints),
        digits(row.overRange),
      ]),
    ),
    "",
    ...wrapLines(
      `The book measures ${points} of the range; some of these lie on the steps, where a unit gives 1/2, so the two columns differ.`,
      100,
    ),
  ];
}

const MEASURES = {
  1: { atPoints: "at 100 points", points: "at 0, 0.01 ... 0.99" },
  2: {
    atPoints: "at 50 x 50 points",
    points: "one input at 0, 0.01 ... 0.99; here both at 0, 0.02 ... 0.98",
  },
} as const;

function asData(text: string, found: Approximation, growth: readonly DeviationOfPieces[]): object {
  const { model, ...construction } = found.construction;
  const told = (one: Approximated | null) =>
    one && { deviation: one.deviation, outputs: one.outputs };
  return {
    event: "approximation",
    function: text,
    construction,
    weights: Object.fromEntries(
      [...model.instance.params.variables].map(([path, { shape, data }]) => [
        path,
        { shape, values: Array.from(data) },
      ]),
    ),
    points: found.points,
    values: found.values,
    built: told(found.built),
    trained: told(found.trained),
    scratch: told(found.scratch),
    growth,
  };
}
