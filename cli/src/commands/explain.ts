// neurite explain: an expression of one's own as a computation graph, and its derivatives in every way.

import type { Command } from "commander";
import {
  annotate,
  EXPRESSION_PRESETS,
  type Explanation,
  pathsBetween,
} from "neurite/inspect/expression";
import { toDot } from "neurite/ir";
import {
  type ExplainFlags,
  explanationOf,
  expressionIn,
  pairsOf,
  pointValues,
  presetNamed,
} from "../expressions/arguments.ts";
import {
  type DerivativePair,
  differencesFor,
  differencesPart,
  jacobianPart,
  pathsPart,
  symbolicPart,
} from "../expressions/derivative-parts.ts";
import { exactJson, sixDigits } from "../expressions/numbers.ts";
import { type Part, partText } from "../expressions/part.ts";
import { graphPart, modesPart, passesPart } from "../expressions/parts.ts";
import { writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";

export function explainCommand(program: Command, io: Io): void {
  program
    .command("explain")
    .description(
      "An expression of your own as a computation graph: values, local derivatives, both modes, gradients.",
    )
    .argument("[expression...]", 'as "1/(exp(-(w*x+b))+1)"; "h = w*x; h*h" names a part')
    .allowUnknownOption() // "-x^2" is none
    .option("--at <values>", "values of the inputs, as x=1,w=0,b=0", pointValues)
    .option("--preset <name>", `one of the books': ${Object.keys(EXPRESSION_PRESETS).join(", ")}`)
    .option("--forward", "forward mode, move by move")
    .option("--reverse", "reverse mode, move by move")
    .option("--paths", "the product along every path, and their sum")
    .option("--symbolic", "derivatives as formulas, and how these grow")
    .option("--differences", "numerical differentiation: its error by step size")
    .option("--jacobian", "derivatives as matrices")
    .option("--all", "all of these")
    .option("--of <output>", "with --paths and --differences: this output only")
    .option("--by <input>", "with --paths and --differences: this input only")
    .option("--json", "print one JSON object")
    .option("--dot <file>", "write the graph for Graphviz; - prints it")
    .option("--svg <file>", "write a drawing of the graph; - prints it")
    .option("--out <file>", "write a page with the drawing and all parts")
    .option("--overwrite", "replace a file of your own of that name")
    .action((texts: string[], flags: ExplainFlags, command: Command) => {
      const options = command.options.map(({ long }) => long ?? "");
      return explain(io, expressionIn(texts, options), flags);
    });
}

async function explain(io: Io, text: string | undefined, flags: ExplainFlags): Promise<void> {
  const explained = explanationOf(text, flags);
  const pairs = pairsOf(explained, flags);
  const { dot, svg, overwrite = false } = flags;
  if (dot !== undefined || svg !== undefined) warn(io, explained);
  if (dot !== undefined) return put(io, "--dot", dot, `${dotOf(explained)}\n`, overwrite);
  if (svg !== undefined) return put(io, "--svg", svg, await svgOf(explained), overwrite);
  if (flags.out !== undefined) {
    const { explanationPage } = await import("../expressions/page.ts");
    const parts = await partsOf(explained, { ...flags, all: true }, pairs);
    const html = explanationPage(explained, headingOf(explained, flags), parts);
    return put(io, "--out", flags.out, html, overwrite);
  }
  if (flags.json) return printLines(io, exactJson(await dataOf(explained, flags, pairs)));
  const parts = await partsOf(explained, flags, pairs);
  const { title, point } = headingOf(explained, flags);
  printLines(io, title, point);
  for (const part of parts) printLines(io, "", ...partText(part));
}

/** Pictures have no room for sentences. */
function warn(io: Io, { computation }: Explanation): void {
  for (const note of computation.notes) io.stderr.write(`neurite: ${note}\n`);
}

/** Pairs beyond these are not shown unless one asks for them by name. */
const MOST_PAIRS = 12;

async function partsOf(
  explained: Explanation,
  flags: ExplainFlags,
  pairs: readonly DerivativePair[],
): Promise<Part[]> {
  const wants = wantsOf(flags);
  const shown = pairs.slice(0, MOST_PAIRS);
  const withRest = (part: Part): Part => {
    const left = pairs.length - shown.length;
    const note = `Of ${pairs.length} derivatives ${shown.length} are shown; --of and --by choose others.`;
    return left === 0 ? part : { ...part, notes: [...(part.notes ?? []), note] };
  };
  const parts = [graphPart(explained)];
  if (!Object.values(wants).includes(true)) parts.push(modesPart(explained));
  if (wants.forward) parts.push(passesPart(explained.forward, "forward"));
  if (wants.reverse) parts.push(passesPart(explained.reverse, "reverse"));
  if (wants.paths) parts.push(withRest(pathsPart(explained, shown)));
  if (wants.differences) {
    parts.push(withRest(differencesPart(differencesFor(explained, shown))));
  }
  if (wants.jacobian) parts.push(jacobianPart(explained));
  if (wants.symbolic) parts.push(symbolicPart(await symbolicFor(explained)));
  return parts;
}

function wantsOf({ all = false, ...flags }: ExplainFlags) {
  const { forward, reverse, paths, differences, jacobian, symbolic } = flags;
  return {
    forward: forward ?? all,
    reverse: reverse ?? all,
    paths: paths ?? all,
    differences: differences ?? all,
    jacobian: jacobian ?? all,
    symbolic: symbolic ?? all,
  };
}

async function symbolicFor({ expression, computation }: Explanation) {
  const { symbolicOf } = await import("../expressions/symbolic.ts");
  return symbolicOf(expression, computation);
}

/** Everything as data: the graph, both modes and the Jacobian always, the rest where it is asked for. */
async function dataOf(
  explained: Explanation,
  flags: ExplainFlags,
  pairs: readonly DerivativePair[],
): Promise<object> {
  const { graph, expression, computation, ...modes } = explained;
  const wants = wantsOf(flags);
  return {
    expression: expression.text,
    ...computation,
    ...modes,
    passes: { forward: modes.forward.length, reverse: modes.reverse.length },
    ...(wants.paths && {
      paths: pairs.map(({ input, output }) => pathsBetween(computation, input, output)),
    }),
    ...(wants.differences && { differences: differencesFor(explained, pairs) }),
    ...(wants.symbolic && { symbolic: await symbolicFor(explained) }),
  };
}

/** What is explained, and where. */
function headingOf({ expression, computation }: Explanation, { preset }: ExplainFlags) {
  const point = computation.inputs.map(({ name, value }) => `${name} = ${sixDigits(value)}`);
  const known = preset === undefined ? undefined : presetNamed(preset);
  const title = known
    ? `${known.title} (${known.source})`
    : expression.text.replaceAll(/\s+/g, " ");
  return { title, point: point.length === 0 ? "It has no inputs." : `at ${point.join(", ")}` };
}

function dotOf({ graph, computation }: Explanation): string {
  const point = computation.inputs.map(({ value }) => {
    return { dtype: "float64", shape: [], data: Float64Array.of(value) } as const;
  });
  const dot = toDot(graph, annotate(graph, point, { gradients: true }));
  return dot.replace("digraph {", 'digraph {\n  // data-generator="neurite"');
}

async function svgOf({ computation, reverse }: Explanation): Promise<string> {
  const { drawGraph, isDrawable } = await import("../drawings/graph.ts");
  const { computationDrawing } = await import("../drawings/graph-data.ts");
  const { standaloneSvg } = await import("../drawings/standalone.ts");
  const drawing = computationDrawing(computation, reverse[0]!);
  if (isDrawable(drawing)) return standaloneSvg(drawGraph(drawing));
  const count = computation.operations.length;
  throw new UsageError(
    `--svg: these ${count} operations are too many for a drawing here; --dot gives them to Graphviz`,
  );
}

/** Prints a file's content for "-", or writes it where no file of the user's own stands. */
async function put(
  io: Io,
  flag: string,
  path: string,
  content: string,
  overwrite: boolean,
): Promise<void> {
  if (path === "-") {
    io.stdout.write(content);
    return;
  }
  if (!overwrite) await expectOwn(path, flag);
  await writeWhole(path, content);
  printLines(io, path);
}
