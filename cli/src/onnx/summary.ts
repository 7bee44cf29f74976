// neurite summary model.onnx: what goes in and comes out, which ops, which weights.

import { compile, type Graph, print as printGraph, type Tensor, toDot, zeros } from "neurite";
import type { OnnxModel } from "neurite/onnx";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";
import { openOnnx, portText } from "./open.ts";

interface OnnxSummaryFlags {
  readonly graph?: boolean;
  readonly dot?: boolean;
}

const MOST_WEIGHTS = 40;

export async function summarizeOnnx(io: Io, path: string, flags: OnnxSummaryFlags): Promise<void> {
  if (flags.graph && flags.dot) throw new UsageError("summary: --graph and --dot: choose one");
  const model = await openOnnx(path);
  if (flags.dot) return printLines(io, toDot(graphFor(model)));
  if (flags.graph) return printLines(io, printGraph(graphFor(model)));
  printLines(io, ...linesOf(model));
}

function linesOf({ inputs, outputs, weights, metadata }: OnnxModel): string[] {
  const { producer, opsets, ops, parameters, graph } = metadata;
  const sets = Object.entries(opsets).map(([domain, opset]) =>
    domain === "" ? `${opset}` : `${domain} ${opset}`,
  );
  const all = Object.entries(weights);
  const wide = Math.max(0, ...all.slice(0, MOST_WEIGHTS).map(([name]) => name.length));
  const shown = all.slice(0, MOST_WEIGHTS).map(([name, { shape, trainable }]) => {
    return `  ${name.padEnd(wide)}  [${(shape as number[]).join(", ")}]${trainable ? "" : ", kept"}`;
  });
  const more = all.length - shown.length;
  return [
    `${graph || "ONNX model"}${producer === "" ? "" : `, made by ${producer}`}, opset ${sets.join(", ")}`,
    "",
    ...inputs.map((port) => `in   ${portText(port)}`),
    ...outputs.map((port) => `out  ${portText(port)}`),
    "",
    `ops  ${Object.entries(ops)
      .map(([name, times]) => (times === 1 ? name : `${name} x ${times}`))
      .join(", ")}`,
    "",
    `${parameters.toLocaleString("en-US")} numbers in ${all.length} weights`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** The graph for one example: axes of any length are of length 1. */
function graphFor(model: OnnxModel): Graph {
  const feeds = Object.fromEntries(
    model.inputs.map(({ name, dtype, shape }): [string, Tensor] => [
      name,
      zeros(
        (shape ?? []).map((dim) => (typeof dim === "number" ? dim : 1)),
        dtype,
      ),
    ]),
  );
  return compile((x: Readonly<Record<string, Tensor>>) => model.run(x)).graph(feeds);
}
