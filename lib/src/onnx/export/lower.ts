// A graph as a graph of ONNX, node by node; loops and choices as the graphs that they hold.

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Graph, Node, Value } from "../../ir/graph.ts";
import type { OpName } from "../../ir/op-table.ts";
import type { ValueInfoProtoSchema } from "../schema/generated/onnx_pb.ts";
import type { Dim } from "./graph/dim.ts";
import { valueInfo } from "./graph/value-info.ts";
import { type GraphFields, GraphWriter } from "./graph/writer.ts";
import type { Lowering, Site } from "./site.ts";
import { type Holding, LOWERINGS } from "./table.ts";

/**
 * Sees each node in turn, and says which to lower there: itself, or none where others stand for it and have been
 * written, or those that were put off.
 */
export type Recognise = (site: Site, node: Node) => readonly Node[];

/** Every node as it comes. */
export const asItIs: Recognise = (_site, node) => [node];

/** Lowers every node of a graph whose inputs have their places. */
export function lowerGraph(site: Site, graph: Graph, recognise: Recognise = asItIs): void {
  const around = site.writer.path;
  for (const node of graph.nodes) {
    for (const each of recognise(site, node)) {
      site.writer.path = each.path ?? around;
      const lower = { ...LOWERINGS, ...HOLDING }[each.op] as Lowering;
      lower(site, each as Node<OpName>);
    }
  }
  site.writer.path = around;
}

type Info = MessageInitShape<typeof ValueInfoProtoSchema>;

/** A graph within a node: its results are made in it, under names of their own. */
function innerGraph(
  site: Site,
  name: string,
  inputs: readonly Info[],
  results: readonly (readonly [Value, string])[],
): GraphFields {
  const outputs = results.map(([value, from]) => {
    const own = site.writer.again(from);
    return valueInfo(own, value.type.dtype, site.dims(value));
  });
  const { node } = site.writer.finish(outputs.map((output) => output.name!));
  return { name, node, input: [...inputs], output: outputs };
}

/** A site in a graph within, with places for the body's inputs: those given, the others as inputs of it. */
function enter(site: Site, body: Graph, given: readonly Value[]): { inner: Site; inputs: Info[] } {
  const inner = site.within(new GraphWriter(site.writer.ids, site.writer));
  body.inputs.forEach((value, i) => {
    const outer = given[i];
    if (!outer) return;
    const { name, dims } = site.place(outer);
    inner.set(value, name, dims);
  });
  const inputs = body.inputs.slice(given.length).map((value) => input(inner, value));
  return { inner, inputs };
}

function input(inner: Site, value: Value): Info {
  const name = inner.writer.ids.fresh("in");
  inner.set(value, name);
  return valueInfo(name, value.type.dtype, inner.dims(value));
}

const scan: Lowering<"scan"> = (site, { inputs, params, outputs }) => {
  const { body, constants, carries, length, reverse } = params;
  if (length === 0) {
    outputs.forEach((value, i) => {
      if (i < carries) site.set(value, site.whole(inputs[constants + i]!));
      else site.set(value, site.filled(0, value.type.dtype, site.dims(value)));
    });
    return;
  }
  const sequences = inputs.slice(constants + carries).map((value) => site.whole(value));
  const starts = inputs.slice(constants, constants + carries).map((value) => site.whole(value));
  const { inner, inputs: infos } = enter(site, body, inputs.slice(0, constants));
  // ONNX counts the steps by a sequence.
  if (sequences.length === 0) {
    const dims: Dim[] = [length];
    sequences.push(site.filled(0, "bool", dims));
    infos.push(valueInfo(inner.writer.ids.fresh("in"), "bool", []));
  }
  lowerGraph(inner, body);
  const results = body.outputs.map((value) => [value, inner.whole(value)] as const);
  const graph = innerGraph(inner, "body", infos, results);
  const both = (count: number) => new Array<number>(count).fill(reverse ? 1 : 0);
  const stacked = outputs.length - carries;
  const names = site.writer.nodes("Scan", [...starts, ...sequences], outputs.length, {
    body: { graph },
    num_scan_inputs: sequences.length,
    ...(reverse && { scan_input_directions: both(sequences.length) }),
    ...(reverse && stacked > 0 && { scan_output_directions: both(stacked) }),
  });
  outputs.forEach((value, i) => site.set(value, names[i]!));
};

const cond: Lowering<"cond"> = (site, { inputs: [predicate, ...operands], params, outputs }) => {
  const branch = (body: Graph, name: string): GraphFields => {
    const { inner } = enter(site, body, operands);
    lowerGraph(inner, body);
    const results = body.outputs.map((value) => [value, inner.whole(value)] as const);
    return innerGraph(inner, name, [], results);
  };
  const names = site.writer.nodes("If", [site.whole(predicate!)], outputs.length, {
    then_branch: { graph: branch(params.ifTrue, "then") },
    else_branch: { graph: branch(params.ifFalse, "else") },
  });
  outputs.forEach((value, i) => site.set(value, names[i]!));
};

const whileLoop: Lowering<"whileLoop"> = (site, { inputs, params, outputs }) => {
  const { condition, body, constants } = params;
  const starts = inputs.slice(constants);
  const goesOn = (at: Site, carries: readonly string[]): readonly [Value, string] => {
    condition.inputs.forEach((value, i) => {
      const outer = inputs[i]!;
      if (i >= constants) return at.set(value, carries[i - constants]!);
      const { name, dims } = site.place(outer);
      at.set(value, name, dims);
    });
    lowerGraph(at, condition);
    return [condition.outputs[0]!, at.whole(condition.outputs[0]!)];
  };
  const first = starts.map((value) => site.whole(value));
  const [, before] = goesOn(site, first);
  const { inner, inputs: carried } = enter(site, body, inputs.slice(0, constants));
  lowerGraph(inner, body);
  const after = body.outputs.map((value) => [value, inner.whole(value)] as const);
  const again = goesOn(
    inner,
    after.map(([, name]) => name),
  );
  const { ids } = inner.writer;
  const counters = [
    valueInfo(ids.fresh("turn"), "int64", []),
    valueInfo(ids.fresh("go"), "bool", []),
  ];
  const graph = innerGraph(inner, "body", [...counters, ...carried], [again, ...after]);
  const results = site.writer.nodes("Loop", ["", before, ...first], outputs.length, {
    body: { graph },
  });
  outputs.forEach((value, i) => site.set(value, results[i]!));
};

/** A function with a derivative of its own is what it computes. */
const custom: Lowering<"custom"> = (site, { inputs, params: { body }, outputs }) => {
  body.inputs.forEach((value, i) => {
    const { name, dims } = site.place(inputs[i]!);
    site.set(value, name, dims);
  });
  lowerGraph(site, body);
  outputs.forEach((value, i) => {
    const { name, dims } = site.place(body.outputs[i]!);
    site.set(value, name, dims);
  });
};

const HOLDING: { readonly [N in Holding]: Lowering<N> } = { scan, cond, whileLoop, custom };
