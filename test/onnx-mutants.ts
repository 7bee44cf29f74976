/** ONNX files that are changed in what they say, not in their bytes: each is a message that could be decoded. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { create } from "@bufbuild/protobuf";
import type { Rng } from "../lib/src/data/index.ts";
import { readCases } from "../lib/src/onnx/import/cases.testing.ts";
import { decodeOnnx, encodeOnnx, type OnnxFields } from "../lib/src/onnx/index.ts";
import {
  type AttributeProto,
  AttributeProtoSchema,
  FunctionProtoSchema,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  StringStringEntryProtoSchema,
} from "../lib/src/onnx/schema/generated/onnx_pb.ts";

const golden = (name: string) =>
  readFileSync(new URL(`../lib/src/onnx/import/golden/${name}`, import.meta.url));

const pick = <T>(rng: Rng, list: readonly T[]): T => list[Math.floor(rng.uniform(0, list.length))]!;

/** Good files: a small network with a choice and a loop, and an official case or two of every op. */
export const GOOD_ONNX: readonly Uint8Array[] = (() => {
  const { cases } = readCases(gunzipSync(golden("node-cases.bin.gz")));
  const models = cases.map(({ blob, model: [start, length] }) => blob.slice(start, start + length));
  return [golden("small.onnx"), ...models];
})();

const SIZES = [
  -1n,
  0n,
  1n,
  7n,
  1000n,
  65536n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 40n,
  2n ** 63n - 1n,
];
const PATHS = [
  "w.bin",
  "../w.bin",
  "/etc/passwd",
  "a/../../w.bin",
  "C:\\w",
  "a\0b",
  "",
  ".",
  "%2e%2e/w",
];

/** A copy with its defaults, which a spread would lose: they are its prototype's. */
const changed = <M extends object>(message: M, fields: Partial<M>): M =>
  Object.assign(Object.create(Object.getPrototypeOf(message)), message, fields);

type Change = (model: ModelProto, rng: Rng) => void;

/** The graphs of a model, those within nodes too. */
function graphsIn(graph: GraphProto): GraphProto[] {
  const inner = graph.node.flatMap(({ attribute }) => attribute.flatMap(({ g }) => (g ? [g] : [])));
  return [graph, ...inner.flatMap(graphsIn)];
}
const someGraph = (model: ModelProto, rng: Rng): GraphProto => pick(rng, graphsIn(model.graph!));
const someNode = (model: ModelProto, rng: Rng): NodeProto | undefined => {
  const { node } = someGraph(model, rng);
  return node.length > 0 ? pick(rng, node) : undefined;
};
const namesIn = ({ node, input, initializer }: GraphProto): string[] => [
  ...[...input, ...initializer].map(({ name }) => name),
  ...node.flatMap(({ output }) => output),
];

const OPS = [
  ...[
    "Add",
    "MatMul",
    "Conv",
    "Reshape",
    "Expand",
    "Tile",
    "ConstantOfShape",
    "Range",
    "Pad",
    "Resize",
  ],
  ...[
    "If",
    "Loop",
    "Scan",
    "LSTM",
    "Einsum",
    "Gather",
    "ScatterND",
    "Slice",
    "Split",
    "OneHot",
    "TopK",
  ],
  ...["Cast", "BitShift", "CumSum", "NonZero", "Pow", "Constant", "EyeLike", "MaxPool", "Unique"],
];

const CHANGES: readonly Change[] = [
  function otherName(model, rng) {
    const node = someNode(model, rng);
    const list = rng.uniform(0, 1) < 0.7 ? node?.input : node?.output;
    if (list && list.length > 0) {
      list[Math.floor(rng.uniform(0, list.length))] = pick(rng, [
        ...namesIn(model.graph!),
        "",
        "none",
      ]);
    }
  },
  function circle(model, rng) {
    const { node } = someGraph(model, rng);
    if (node.length > 0) pick(rng, node).input.push(...pick(rng, node).output);
    if (rng.uniform(0, 1) < 0.5) node.reverse();
  },
  function otherOp(model, rng) {
    const node = someNode(model, rng);
    if (node) node.opType = pick(rng, OPS);
  },
  function hugeTensor(model, rng) {
    const { initializer } = someGraph(model, rng);
    const tensors = [...initializer, ...attributesIn(model).flatMap(({ t }) => (t ? [t] : []))];
    if (tensors.length === 0) return;
    const tensor = pick(rng, tensors);
    const at = Math.floor(rng.uniform(0, tensor.dims.length + 1));
    tensor.dims[at] = pick(rng, SIZES);
    if (rng.uniform(0, 1) < 0.3) tensor.dataType = Math.floor(rng.uniform(0, 24));
    if (rng.uniform(0, 1) < 0.3)
      tensor.rawData = tensor.rawData.subarray(0, tensor.rawData.length >> 1);
  },
  function otherNumbers(model, rng) {
    const { initializer } = someGraph(model, rng);
    if (initializer.length === 0) return;
    const tensor = pick(rng, initializer);
    const count = Number(tensor.dims.reduce((a, b) => a * b, 1n));
    if (count < 0 || count > 1000) return;
    // Whole numbers are shapes, axes and counts.
    tensor.dataType = 7;
    tensor.rawData = new Uint8Array(0);
    tensor.int64Data = Array.from({ length: count }, () => pick(rng, SIZES));
  },
  function otherAttribute(model, rng) {
    const all = attributesIn(model);
    if (all.length === 0) return;
    const attribute = pick(rng, all);
    attribute.i = pick(rng, SIZES);
    attribute.f = pick(rng, [0, -1, Number.NaN, Infinity, 1e30]);
    attribute.ints = attribute.ints.map((value) =>
      rng.uniform(0, 1) < 0.5 ? pick(rng, SIZES) : value,
    );
    if (rng.uniform(0, 1) < 0.2) attribute.name = pick(rng, ["axis", "to", "body", "", "value"]);
    if (rng.uniform(0, 1) < 0.2) attribute.type = pick(rng, [0, 1, 2, 3, 4, 5, 7, 99 as 7]);
    if (rng.uniform(0, 1) < 0.2) attribute.refAttrName = pick(rng, ["axis", "none"]);
  },
  function otherPort(model, rng) {
    const info = pick(rng, [...model.graph!.input, ...model.graph!.output]);
    const type = info?.type?.value;
    if (type?.case !== "tensorType") return;
    if (rng.uniform(0, 1) < 0.3) type.value.elemType = Math.floor(rng.uniform(0, 24));
    const dim = type.value.shape?.dim ?? [];
    if (dim.length > 0) pick(rng, dim).value = { case: "dimValue", value: pick(rng, SIZES) };
    if (rng.uniform(0, 1) < 0.1) delete type.value.shape;
  },
  function repeated(model, rng) {
    const { node } = someGraph(model, rng);
    if (node.length === 0) return;
    const some = pick(rng, node);
    for (let times = Math.floor(rng.uniform(1, 200)); times > 0; times--) node.push(some);
  },
  function deep(model, rng) {
    const graph = model.graph!;
    for (let depth = Math.floor(rng.uniform(1, 60)); depth > 0; depth--) {
      const [first, ...rest] = graph.node;
      if (!first) return;
      const inner = changed(graph, { node: [first, ...rest], input: [], initializer: [] });
      const output = graph.output.map(({ name }) => name);
      const input = [graph.input[0]?.name ?? ""];
      // Two branches double what is written: a deep one has one, which no choice has.
      const names = depth < 4 ? ["then_branch", "else_branch"] : ["then_branch"];
      const attribute = names.map((name) =>
        create(AttributeProtoSchema, { name, type: 5, g: inner }),
      );
      graph.node = [changed(first, { opType: "If", domain: "", input, output, attribute })];
    }
  },
  function recursion(model, rng) {
    const node = someNode(model, rng);
    if (!node) return;
    node.domain = "own";
    model.opsetImport.push(changed(model.opsetImport[0]!, { domain: "own", version: 1n }));
    const body = changed(node, { input: ["a"], output: ["b"] });
    const ports = { input: ["a"], output: ["b"] };
    const own = { name: node.opType, domain: "own", ...ports, node: [body, body] };
    model.functions.push(create(FunctionProtoSchema, own));
  },
  function elsewhere(model, rng) {
    const { initializer } = someGraph(model, rng);
    if (initializer.length === 0) return;
    const tensor = pick(rng, initializer);
    tensor.dataLocation = 1;
    const size = () => String(pick(rng, [...SIZES, "x", 1e300, 0.5]));
    const entries = { location: pick(rng, PATHS), offset: size(), length: size() };
    tensor.externalData = Object.entries(entries)
      .filter(() => rng.uniform(0, 1) < 0.8)
      .map(([key, value]) => create(StringStringEntryProtoSchema, { key, value }));
  },
  function otherOpset(model, rng) {
    const set = pick(rng, model.opsetImport);
    if (set) set.version = pick(rng, [...SIZES, 7n, 9n, 10n, 13n, 18n]);
  },
];

/** What asks for work without end: seconds pass until it is refused, so there is little of it. */
const HEAVY: readonly Change[] = [
  function laughs(model, rng) {
    // Each function runs the next one twice: few bytes, and work without end.
    const node = someNode(model, rng);
    if (!node) return;
    model.opsetImport.push(changed(model.opsetImport[0]!, { domain: "own", version: 1n }));
    const [input, output] = [["a"], ["b"]];
    for (let level = 0; level < 40; level++) {
      const inner = { input, output, domain: level === 39 ? "" : "own" };
      const opType = level === 39 ? "Identity" : `f${level + 1}`;
      const call = changed(node, { ...inner, opType, attribute: [] });
      const own = { name: `f${level}`, domain: "own", input, output, node: [call, call] };
      model.functions.push(create(FunctionProtoSchema, own));
    }
    Object.assign(node, { opType: "f0", domain: "own", attribute: [] });
  },
  function doubled(model, rng) {
    // 2 to the 40th of whatever there is.
    const { node } = someGraph(model, rng);
    const last = node.at(-1)?.output;
    if (!last?.[0]) return;
    const opType = pick(rng, ["Concat", "MatMul", "Add"]);
    for (let i = 0; i < 40; i++) {
      const [from, to] = [i === 0 ? last[0] : `twice${i - 1}`, `twice${i}`];
      const axis = create(AttributeProtoSchema, { name: "axis", type: 2, i: 0n });
      const attribute = opType === "Concat" ? [axis] : [];
      node.push(
        changed(node[0]!, { opType, domain: "", input: [from!, from!], output: [to], attribute }),
      );
    }
  },
];
const SHARE_HEAVY = 0.01;

const attributesIn = (model: ModelProto): AttributeProto[] =>
  graphsIn(model.graph!).flatMap(({ node }) => node.flatMap(({ attribute }) => attribute));

/**
 * One to three changes of a good file; its bytes.
 * @param hasTime whether some may ask for work without end
 */
export function mutantOf(good: Uint8Array, rng: Rng, hasTime: boolean): Uint8Array {
  const model = decodeOnnx(Uint8Array.from(good));
  for (let times = Math.ceil(rng.uniform(0, 3)); times > 0; times--) {
    pick(rng, hasTime && rng.uniform(0, 1) < SHARE_HEAVY ? HEAVY : CHANGES)(model, rng);
  }
  try {
    return encodeOnnx(model as OnnxFields);
  } catch {
    return good; // a change that no message has
  }
}

/** Bytes for a tensor that lies elsewhere. @throws Error where the path would lead out of the model's folder */
export function besideOrThrow(path: string): Uint8Array {
  if (path.startsWith("/") || path.split("/").includes("..") || path.includes("\0")) {
    throw new Error(`a path outside was asked for: ${path}`);
  }
  return new Uint8Array(64);
}
