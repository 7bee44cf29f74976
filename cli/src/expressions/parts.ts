// The graph of an expression as a table, and both modes move by move.

import type { ChainPass, ComputationOperand, Explanation } from "neurite/inspect/expression";
import { plural } from "../terminal/names.ts";
import { sixDigits } from "./numbers.ts";
import type { Part } from "./part.ts";

/** The table of the graph: what each operation is, gives, and how it changes with its operands. */
export function graphPart({ computation, reverse }: Explanation): Part {
  const { inputs, operations, outputs, notes } = computation;
  const adjoints = reverse.map((pass) => ({ of: pass.of, by: adjointsOf(pass) }));
  const head = adjoints.map(({ of }) => `d${of}/d…`);
  const gradients = (name: string) => adjoints.map(({ by }) => showKnown(by.get(name) ?? 0));
  const rows = [
    ...inputs.map(({ name, value }) => [name, "input", sixDigits(value), "", ...gradients(name)]),
    ...operations.map(({ name, formula, value, operands }) => [
      name,
      formula,
      sixDigits(value),
      operands.flatMap((operand) => localText(name, operand)).join("   "),
      ...gradients(name),
    ]),
  ];
  const results = outputs.map(({ name, value, source }) => {
    const same = source === null || source === name ? "" : ` = ${source}`;
    return `${name}${same} = ${sixDigits(value)}`;
  });
  return {
    title: "Computation graph",
    lead: [`${plural(operations.length, "operation")}; ${results.join(", ")}`],
    tables:
      rows.length === 0
        ? []
        : [{ head: ["", "formula", "value", "local derivatives", ...head], rows }],
    ...(notes.length > 0 && { notes: notes.map((note) => `Note: ${note}`) }),
  };
}

function localText(name: string, { name: by, slope, derivative }: ComputationOperand): string[] {
  if (derivative === null) return [];
  const number = sixDigits(derivative);
  const formula = slope === null || slope === number ? "" : `${slope} = `;
  return [`d${name}/d${by} = ${formula}${number}`];
}

function adjointsOf(pass: ChainPass): Map<string, number> {
  const known = new Map(pass.derivatives.map(({ name, value }) => [name, value]));
  for (const { operation, value } of pass.moves) known.set(operation, value);
  return known;
}

function showKnown(x: number | null): string {
  return x === null ? "" : sixDigits(x);
}

/** More columns than these do not fit a terminal. */
const MOST_COLUMNS = 6;

/** Both modes side by side: tangents of every pass forward, adjoints of every pass back. */
export function modesPart({ computation, forward, reverse }: Explanation): Part {
  const names = computation.operations.map(({ name }) => name);
  const [inputs, outputs] = [forward.length, reverse.length];
  const lead = [
    `Forward: ${plural(inputs, "pass", "passes")}, one for each input. ` +
      `Reverse: ${plural(outputs, "pass", "passes")}, one for each output.`,
  ];
  if (inputs + outputs > MOST_COLUMNS || names.length === 0) {
    return { title: "Forward and reverse mode", lead, tables: [] };
  }
  const columns = [
    ...forward.map((pass) => {
      const known = new Map(pass.moves.map(({ operation, value }) => [operation, value]));
      for (const { name } of computation.inputs) known.set(name, name === pass.seed ? 1 : 0);
      return { head: `forward d…/d${pass.of}`, known };
    }),
    ...reverse.map((pass) => ({ head: `reverse d${pass.of}/d…`, known: adjointsOf(pass) })),
  ];
  const rows = [...computation.inputs.map(({ name }) => name), ...names].map((name) => [
    name,
    ...columns.map(({ known }) => showKnown(known.get(name) ?? 0)),
  ]);
  return {
    title: "Forward and reverse mode",
    lead,
    tables: [{ head: ["", ...columns.map(({ head }) => head)], rows }],
  };
}

/** One mode, move by move. */
export function passesPart(passes: readonly ChainPass[], mode: "forward" | "reverse"): Part {
  const isForward = mode === "forward";
  const each = isForward ? "input" : "output";
  const said = passes.map((pass) => {
    const results = pass.derivatives.map(({ name, value }) => {
      const fraction = isForward ? `d${name}/d${pass.of}` : `d${pass.of}/d${name}`;
      return `${fraction} = ${sixDigits(value)}`;
    });
    return `Pass for ${pass.of}: ${results.join(", ") || "no derivative"}`;
  });
  return {
    title: `${isForward ? "Forward" : "Reverse"} mode, move by move`,
    lead: [`${plural(passes.length, "pass", "passes")}, one for each ${each}.`, ...said],
    tables: passes.map((pass) => ({
      head: [
        `pass for ${pass.of}`,
        "derivative",
        isForward ? "from its operands" : "to its operands",
      ],
      rows: [
        ...(isForward ? [[pass.of, "1", "where it starts"]] : []),
        ...pass.moves.map((move) => [move.operation, sixDigits(move.value), movesText(pass, move)]),
      ],
    })),
  };
}

function movesText(pass: ChainPass, move: ChainPass["moves"][number]): string {
  const factors = move.terms.map(({ operand, derivative, factor, product, total }) => {
    if (pass.mode === "forward")
      return `${sixDigits(derivative)} * ${sixDigits(factor)} (${operand})`;
    const sum = Object.is(total, product) ? "" : `, in all ${sixDigits(total)}`;
    return `${operand}: ${sixDigits(factor)} * ${sixDigits(derivative)} = ${sixDigits(product)}${sum}`;
  });
  return factors.join(pass.mode === "forward" ? " + " : "   ") || "a constant";
}
