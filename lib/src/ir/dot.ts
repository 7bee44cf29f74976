// A graph as Graphviz DOT: a box for each op, edges labelled with the type of what flows along them
// and, where they are given, its value and under that its gradient, as computation graphs in textbooks
// (NNDL figure 4.8). A value that is read twice has two edges, each labelled with its whole gradient.

import { expectOptions } from "../checks/arguments.ts";
import type { Graph, Node, Value } from "./graph.ts";
import { expectGraph } from "./graph-kind.ts";
import { paramParts } from "./param-parts.ts";
import { PRINT, type PrintOptions, showConstant } from "./print.ts";
import { showType } from "./type.ts";

const COLORS = { type: "#777777", value: "#c0392b", gradient: "#1f5fa8", path: "#777777" };

/** DOT text, read from left to right; `dot -Tsvg` draws it. */
export function toDot(graph: Graph, options: PrintOptions = {}): string {
  expectGraph("toDot", graph);
  expectOptions("toDot", options, PRINT);
  return [
    "digraph {",
    "  rankdir=LR;",
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=12];',
    '  edge [fontname="Helvetica", fontsize=10, arrowsize=0.7];',
    ...statements(graph, "", options).map((line) => `  ${line}`),
    "}",
  ].join("\n");
}

/** @param prefix keeps the identifiers of graphs within graphs apart */
function statements(graph: Graph, prefix: string, options: PrintOptions): string[] {
  const lines: string[] = [];
  const sources = new Map<Value, string>();
  const connect = (value: Value, target: string): void => {
    const source = sources.get(value);
    if (source) lines.push(`${source} -> ${target} [label=<${edgeLabel(value, options)}>];`);
  };
  graph.inputs.forEach((input, i) => {
    const id = `${prefix}input${i}`;
    sources.set(input, id);
    lines.push(`${id} [shape=ellipse, label=<${escapeText(input.name ?? `input ${i}`)}>];`);
  });
  graph.nodes.forEach((node, i) => {
    const id = `${prefix}node${i}`;
    lines.push(
      `${id} [${node.op === "constant" ? "shape=plain, " : ""}label=<${nodeLabel(node)}>];`,
    );
    for (const input of node.inputs) connect(input, id);
    for (const output of node.outputs) sources.set(output, id);
    for (const line of clusters(node, id, options)) lines.push(line);
  });
  graph.outputs.forEach((output, i) => {
    const id = `${prefix}output${i}`;
    const name = graph.outputs.length > 1 ? `output ${i}` : "output";
    lines.push(`${id} [shape=ellipse, label=<${name}>];`);
    connect(output, id);
  });
  return lines;
}

/** The graphs that a node holds, each in a frame of its own. */
function clusters(node: Node, id: string, options: PrintOptions): string[] {
  if (node.op === "constant") return [];
  return paramParts(node).graphs.flatMap(([name, inner]) => {
    const prefix = `${id}_${name.replace(/\W/g, "_")}_`;
    return [
      `subgraph cluster_${prefix} {`,
      `  label=<${node.op}: ${escapeText(name)}>; fontname="Helvetica"; style=dashed;`,
      ...statements(inner, prefix, options).map((line) => `  ${line}`),
      "}",
    ];
  });
}

function nodeLabel(node: Node): string {
  if (node.op === "constant") return escapeText(showConstant(node));
  const lines = [`<B>${escapeText(node.op)}</B>`, ...paramParts(node).settings.map(escapeText)];
  if (node.path !== undefined) lines.push(colored(node.path, COLORS.path));
  return lines.join("<BR/>");
}

/** Type, value, gradient, one above the other. */
function edgeLabel(value: Value, { values, gradients }: PrintOptions): string {
  const lines = [colored(showType(value.type), COLORS.type)];
  const known = values?.get(value);
  const gradient = gradients?.get(value);
  if (known !== undefined) lines.push(colored(known, COLORS.value));
  if (gradient !== undefined) lines.push(colored(`grad ${gradient}`, COLORS.gradient));
  return lines.join("<BR/>");
}

function colored(text: string, color: string): string {
  return `<FONT COLOR="${color}">${escapeText(text)}</FONT>`;
}

/** Text inside an HTML-like label: no markup, no `\N`, no control characters. */
function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\\", "\\\\")
    .replace(/\r?\n/g, "<BR/>")
    .replace(/\p{Cc}/gu, "\u{fffd}");
}
