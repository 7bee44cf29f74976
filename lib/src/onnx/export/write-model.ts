// A traced function as the bytes of an ONNX file.

import type { Graph, Value } from "../../ir/graph.ts";
import { graphsIn } from "../../ir/param-parts.ts";
import { encodeOnnx } from "../schema/file.ts";
import { expectRoom } from "./graph/element-types.ts";
import { withNames } from "./graph/naming.ts";
import { valueInfo } from "./graph/value-info.ts";
import { GraphWriter, Ids, knownFields } from "./graph/writer.ts";
import { lowerGraph, type Recognise } from "./lower.ts";
import type { Lengths } from "./same-program.ts";
import { Site } from "./site.ts";
import type { TracedFunction } from "./traced.ts";

/** Both of 2024: what every reader of today has. */
const OPSET = 21n;
const IR_VERSION = 10n;

/** What a file says of a program beside its graph. */
export interface Labels {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * @param recognise writes layers as the nodes that readers know
 */
export function writeModel(
  { graph, args, reads, writes }: TracedFunction,
  labels: Labels,
  lengths: Lengths,
  recognise: Recognise,
): Uint8Array<ArrayBuffer> {
  const ids = new Ids();
  const writer = new GraphWriter(ids);
  const inputs = labels.inputs.map((name) => ids.fresh(name));
  const finals = [
    ...labels.outputs,
    ...writes.map(({ name }, i) => `${name ?? `variable${i + 1}`}/next`),
  ];
  const open = graph.inputs.findIndex((value) => typeof lengths.dims.get(value)?.[0] === "object");
  const site = new Site(writer, {
    lengths,
    batchOf: open < 0 ? null : inputs[open]!,
    readers: readersIn(graph),
  });
  graph.inputs.slice(0, args).forEach((value, i) => site.set(value, inputs[i]!));
  const states = reads.map((variable, i) => {
    const value = graph.inputs[args + i]!;
    const known = {
      type: variable.dtype,
      dims: variable.type.shape,
      data: variable.storage.read(),
    };
    const wanted = variable.name ?? `variable${i + 1}`;
    // What is written is an input too, with the present numbers as its default.
    const isState = writes.includes(variable);
    const name = isState ? ids.fresh(wanted) : writer.add(wanted, known);
    site.set(value, name);
    return { name, value, known, isState };
  });
  expectRoom(states.map(({ known }) => known));
  lowerGraph(site, graph, recognise);
  const outputs = graph.outputs.map((value, i) => {
    const id = site.whole(value);
    // An input, a weight or another output keeps its own name.
    const name = writer.isMade(id) && !ids.wanted.has(id) ? id : writer.again(id);
    ids.wanted.set(name, finals[i]!);
    return { value, name };
  });
  const { node, used } = writer.finish(outputs.map(({ name }) => name));
  const kept = states.filter(({ isState }) => isState);
  for (const { name, known } of kept) ids.known.set(name, known);
  const infos = (list: readonly { readonly name: string; readonly value: Value }[]) =>
    list.map(({ name, value }) => valueInfo(name, value.type.dtype, site.dims(value)));
  const given = graph.inputs.slice(0, args).map((value, i) => ({ name: inputs[i]!, value }));
  const fields = {
    name: labels.name,
    node,
    input: infos([...given, ...kept]),
    output: infos(outputs),
    initializer: knownFields(ids, new Set([...used, ...kept.map(({ name }) => name)])),
  };
  return encodeOnnx({
    irVersion: IR_VERSION,
    producerName: "neurite",
    opsetImport: [{ domain: "", version: OPSET }],
    metadataProps: Object.entries(labels.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: withNames(fields, ids.wanted),
  });
}

/** How often each value is read, in inner graphs and as a result too. */
function readersIn(graph: Graph): Map<Value, number> {
  const readers = new Map<Value, number>();
  const count = (value: Value) => readers.set(value, (readers.get(value) ?? 0) + 1);
  const visit = ({ nodes, outputs }: Graph): void => {
    for (const node of nodes) {
      node.inputs.forEach(count);
      graphsIn(node).forEach(visit);
    }
    outputs.forEach(count);
  };
  visit(graph);
  return readers;
}
