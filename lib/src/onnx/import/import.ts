// importOnnx: the bytes of an ONNX file as a differentiable function with variables.

import {
  either,
  expectArgument,
  expectOptions,
  flag,
  func,
  type Kinds,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Bytes } from "../../formats/bytes.ts";
import { isFloat } from "../../ir/dtype.ts";
import { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { decodeOnnx } from "../schema/file.ts";
import type {
  GraphProto,
  ModelProto,
  NodeProto,
  TensorProto,
} from "../schema/generated/onnx_pb.ts";
import { type HeldTensor, heldOf } from "./core/elements.ts";
import { OnnxError } from "./core/errors.ts";
import { domainOf, functionKey, renamed, type Setting } from "./core/evaluate.ts";
import { externalBytes, type ReadExternal } from "./external.ts";
import { TABLES } from "./ops/table.ts";
import { portsOf } from "./ports.ts";
import { makeRun } from "./running.ts";
import {
  applyGraph,
  checkFeeds,
  type OnnxPort,
  type OnnxTensors,
  type OnnxWiring,
} from "./session.ts";
import { surveyOf, type Use } from "./survey.ts";

/** Options of importOnnx(). */
export interface ImportOptions {
  /**
   * Which weights can be trained: all floats by default. Numbers that shapes, bounds and running averages are
   * made of are never trained.
   */
  readonly trainable?: boolean | ((name: string) => boolean);
  /** Gives the bytes of a file beside the model, by its relative path; without it such models are refused. */
  readonly external?: ReadExternal;
}

const OPTIONS: Kinds<ImportOptions> = { trainable: either(flag, func), external: func };

/** What the file says of itself. */
export interface OnnxMetadata {
  readonly irVersion: number;
  /** Opset by domain; the empty one is ONNX's own. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly graph: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, string>>;
  /** How often each op stands in the graph and the graphs in it. */
  readonly ops: Readonly<Record<string, number>>;
  /** Numbers in the weights. */
  readonly parameters: number;
}

/** A model out of an ONNX file. */
export interface OnnxModel {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** The weights by their names in the file. Assign them, or train them as any other variables. */
  readonly weights: Readonly<Record<string, Variable>>;
  readonly metadata: OnnxMetadata;
  /**
   * Tensors by the names of the inputs to tensors by the names of the outputs, by a program that is compiled
   * at the first call for inputs of each shape. Within `compile`, `grad` and the like it is part of what is around it.
   * @throws ArgumentError for inputs that are not the model's, OnnxError where a node cannot be computed
   */
  run(inputs: OnnxTensors): Record<string, Tensor>;
  /** The same node by node, recorded: `backward()` of what it gives reaches the weights. */
  apply(inputs: OnnxTensors): Record<string, Tensor>;
}

/** Before it ops broadcast in other ways. */
const OLDEST = 7;

/**
 * Reads an ONNX file: each op becomes functions of this library, so that the model is differentiable with
 * respect to its inputs and its weights, runs compiled, and can be trained again. int64 is held in int32;
 * numbers that do not fit are refused where they stand in the file.
 * @throws FileError for bytes that are no ONNX file
 * @throws OnnxError for a model that is not covered: ops, element types, opsets before 7
 */
export function importOnnx(bytes: Bytes, options: ImportOptions = {}): OnnxModel {
  expectOptions("importOnnx", options, OPTIONS);
  const model = decodeOnnx(bytes);
  const graph = model.graph!;
  const setting = settingOf(model);
  const survey = surveyOf(setting, graph);
  const { constants, weights } = initial(graph, survey.uses, options);
  const rest = graph.node.filter((node) => !constantOf(node));
  const given = new Set([...constants.keys(), ...Object.keys(weights)]);
  const inputs = portsOf(
    graph.input.filter(({ name }) => !given.has(name)),
    "input",
  );
  const outputs = portsOf(graph.output, "output");
  const elements = new Map(inputs.map(({ name, element }) => [name, element]));
  for (const { name, dataType } of tensorsOf(graph)) elements.set(name, dataType);
  const optional = new Set(inputs.flatMap(({ name, optional: may }) => (may ? [name] : [])));
  const wiring: OnnxWiring = {
    setting,
    nodes: rest,
    inputs,
    outputs,
    elements,
    constants,
    weights,
    optional,
  };
  const made: OnnxModel = {
    inputs,
    outputs,
    weights,
    metadata: metadataOf(model, survey.ops, weights),
    run: makeRun(wiring),
    apply: (feeds) => {
      checkFeeds(wiring, feeds);
      return applyGraph(wiring, feeds);
    },
  };
  wirings.set(made, wiring);
  return made;
}

const wirings = new WeakMap<OnnxModel, OnnxWiring>();

/** What a model computes, for those who give it other weights. @throws ArgumentError for one made elsewhere */
export function wiringOf(model: OnnxModel): OnnxWiring {
  const wiring = wirings.get(model);
  if (wiring) return wiring;
  throw new ArgumentError("expected a model, as importOnnx() gives it");
}

function settingOf(model: ModelProto): Setting {
  const opsets = new Map(
    model.opsetImport.map(({ domain, version }) => [domainOf(domain), Number(version)]),
  );
  const opset = opsets.get("") ?? (opsets.size === 0 ? 1 : OLDEST);
  if (opset < OLDEST) {
    throw new OnnxError(
      `The model is of opset ${opset}; covered are opsets from ${OLDEST} on. Convert it with ONNX's version converter`,
    );
  }
  const functions = new Map(model.functions.map((own) => [functionKey(own.domain, own.name), own]));
  return { tables: TABLES, opsets, functions };
}

/** The tensor of a node that does nothing but hold one: some exporters write all weights so. */
function constantOf(node: NodeProto): TensorProto | undefined {
  const [value, ...more] = node.attribute;
  const holds =
    node.opType === "Constant" &&
    domainOf(node.domain) === "" &&
    value?.name === "value" &&
    more.length === 0;
  return holds && node.output.length === 1 && value.refAttrName === "" ? value.t : undefined;
}

/** Initializers, and tensors that nodes hold, by the names that other nodes know them by. */
function tensorsOf(graph: GraphProto): TensorProto[] {
  const held = graph.node.flatMap((node) => {
    const tensor = constantOf(node);
    return tensor ? [renamed(tensor, node.output[0]!)] : [];
  });
  return [...graph.initializer, ...held];
}

/** Initializers as weights or, where nothing could be learnt, as constants. */
function initial(graph: GraphProto, uses: ReadonlyMap<string, Use>, options: ImportOptions) {
  if (graph.sparseInitializer.length > 0)
    throw new OnnxError("Sparse initializers are not covered");
  const { trainable = true, external } = options;
  const constants = new Map<string, HeldTensor>();
  const weights: Record<string, Variable> = Object.create(null);
  for (const proto of tensorsOf(graph)) {
    const where = `initializer ${JSON.stringify(proto.name)}`;
    if (constants.has(proto.name) || Object.hasOwn(weights, proto.name))
      throw new OnnxError(`${where} stands there twice`);
    const held = heldOf(proto, where, externalBytes(proto, where, external));
    const use = uses.get(proto.name) ?? "weight";
    if (!isFloat(held.tensor.dtype) || held.tensor.size < 2 || use === "number") {
      constants.set(proto.name, held);
      continue;
    }
    const learns = typeof trainable === "function" ? trainable(proto.name) : trainable;
    expectArgument("importOnnx", `trainable(${JSON.stringify(proto.name)})`, learns, flag);
    weights[proto.name] = new Variable(held.tensor, {
      name: proto.name,
      trainable: learns && use === "weight",
    });
  }
  return { constants, weights };
}

function metadataOf(
  model: ModelProto,
  ops: Readonly<Record<string, number>>,
  weights: OnnxModel["weights"],
): OnnxMetadata {
  return {
    irVersion: Number(model.irVersion),
    opsets: Object.fromEntries(
      model.opsetImport.map(({ domain, version }) => [domainOf(domain), Number(version)]),
    ),
    producer: [model.producerName, model.producerVersion].filter((part) => part !== "").join(" "),
    graph: model.graph!.name,
    description: model.docString || model.graph!.docString,
    properties: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
    ops,
    parameters: Object.values(weights).reduce((total, { size }) => total + size, 0),
  };
}
