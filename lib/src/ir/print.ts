// A graph as text, one line a node. Names are numbers in the order of printing, so equal graphs give
// equal text; numbering goes on inside the graphs that scan and custom hold. Constants of more than 8
// elements are shortened: to save a graph, use json.ts.

import { expectOptions, having, type Kinds } from "../checks/arguments.ts";
import type { Graph, Node, Value } from "./graph.ts";
import { expectGraph } from "./graph-kind.ts";
import { showData } from "./numeral.ts";
import type { OpParams } from "./op-table.ts";
import { paramParts } from "./param-parts.ts";
import { showType } from "./type.ts";

/** What to show beside each value, ready as text; see inspect/graph/annotate.ts. */
export interface PrintOptions {
  readonly values?: ReadonlyMap<Value, string> | undefined;
  readonly gradients?: ReadonlyMap<Value, string> | undefined;
}

const notes = having("a Map of values and texts, as annotate() gives", "get");
export const PRINT: Kinds<PrintOptions> = { values: notes, gradients: notes };

/** Text as in `%3: float32[10, 30] = matmul(%0, %2)  = 0.5, grad -0.25  # dense1`. */
export function print(graph: Graph, options: PrintOptions = {}): string {
  expectGraph("print", graph);
  expectOptions("print", options, PRINT);
  return new Printer(options).graph("graph", graph).join("\n");
}

/** What print() calls the values of the graph itself, as "%3"; those of graphs within have names of their own. */
export function printedNames(graph: Graph): ReadonlyMap<Value, string> {
  const printer = new Printer({});
  printer.graph("graph", graph);
  return printer.outermost;
}

class Printer {
  readonly #options: PrintOptions;
  #next = 0;
  /** The names in the graph that was printed first. */
  outermost: ReadonlyMap<Value, string> = new Map();

  constructor(options: PrintOptions) {
    this.#options = options;
  }

  graph(head: string, { inputs, nodes, outputs }: Graph): string[] {
    // Graphs may share values, so each has names of its own.
    const names = new Map<Value, string>();
    if (this.outermost.size === 0) this.outermost = names;
    const define = (value: Value): string => {
      const name = `%${this.#next++}`;
      names.set(value, name);
      const own = value.name === undefined ? name : `${name} ${value.name}`;
      return `${own}: ${showType(value.type)}`;
    };
    const nameOf = (value: Value) => names.get(value) ?? "%?";
    return [
      ...this.#head(head, inputs, define),
      ...nodes.flatMap((node) => this.#node(node, define, nameOf)).map(indent),
      `  return${outputs.map((output) => ` ${nameOf(output)}`).join(",")}`,
      "}",
    ];
  }

  /** One line, or a line for each input where there is something to say of it. */
  #head(head: string, inputs: readonly Value[], define: (value: Value) => string): string[] {
    const notes = inputs.map((input) => this.#note(input));
    const shown = inputs.map(define);
    if (notes.every((note) => note === "")) return [`${head}(${shown.join(", ")}) {`];
    const lines = shown.map((input, i) => indent(notes[i] ? `${input}  ${notes[i]}` : input));
    return [`${head}(`, ...lines, ") {"];
  }

  #node(node: Node, define: (value: Value) => string, nameOf: (value: Value) => string): string[] {
    const operands = node.inputs.map(nameOf);
    const results = node.outputs.map(define).join(", ");
    const { settings, graphs } =
      node.op === "constant" ? { settings: [showConstant(node)], graphs: [] } : paramParts(node);
    const call = `${node.op}(${[...operands, ...settings].join(", ")})`;
    const notes = node.outputs.flatMap((output) => {
      const note = this.#note(output);
      if (note === "") return [];
      return node.outputs.length > 1 ? [`${nameOf(output)} ${note}`] : [note];
    });
    const line = [
      `${results} = ${call}`,
      ...(notes.length > 0 ? [notes.join("; ")] : []),
      ...(node.path === undefined ? [] : [`# ${node.path}`]),
    ].join("  ");
    return [line, ...graphs.flatMap(([name, inner]) => this.graph(name, inner)).map(indent)];
  }

  /** `= 0.5, grad -0.25`, or less, or nothing. */
  #note(value: Value): string {
    const known = this.#options.values?.get(value);
    const gradient = this.#options.gradients?.get(value);
    return [
      ...(known === undefined ? [] : [`= ${known}`]),
      ...(gradient === undefined ? [] : [`grad ${gradient}`]),
    ].join(", ");
  }
}

/** The numbers of a constant, the first three where they are many. */
export function showConstant(node: Node): string {
  const params = node.params as OpParams<"constant">;
  return showData(params.data, params);
}

function indent(line: string): string {
  return `  ${line}`;
}
