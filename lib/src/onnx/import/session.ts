// A model as a function: what goes in by name, what comes out, and the variables between.

import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import type { DType } from "../../ir/dtype.ts";
import { showShape } from "../../ir/shape.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { NodeProto } from "../schema/generated/onnx_pb.ts";
import { type HeldTensor, UINT32 } from "./core/elements.ts";
import { heldBy, NameScope, runNodes, type Setting } from "./core/evaluate.ts";
import { expectExact, type Lookout } from "./core/exact.ts";
import { fromUnsigned } from "./ops/elementwise/bits.ts";

/** An input or an output. */
export interface OnnxPort {
  readonly name: string;
  /** The element type that tensors here have. */
  readonly dtype: DType;
  /** ONNX's own, as "int64". */
  readonly onnxType: string;
  /** Lengths of the axes: a number, the name of one that may be any, or null. */
  readonly shape: readonly (number | string | null)[] | null;
}

/** Tensors by name. */
export type OnnxTensors = Readonly<Record<string, Tensor>>;

export interface OnnxWiring {
  readonly setting: Setting;
  readonly nodes: readonly NodeProto[];
  readonly inputs: readonly OnnxPort[];
  readonly elements: ReadonlyMap<string, number>;
  readonly outputs: readonly OnnxPort[];
  readonly constants: ReadonlyMap<string, HeldTensor>;
  readonly weights: Readonly<Record<string, Variable>>;
  readonly optional: ReadonlySet<string>;
}

/** The graph on tensors by name, node by node: under a trace, or at once. */
export function applyGraph(
  wiring: Omit<OnnxWiring, "weights"> & { readonly weights: OnnxTensors },
  feeds: OnnxTensors,
  lookout?: Lookout,
): Record<string, Tensor> {
  const { setting, nodes, outputs, constants, weights, elements } = wiring;
  const scope = new NameScope(undefined, lookout ? { lookout } : {});
  for (const [name, held] of constants) scope.set(name, held);
  for (const [name, tensor] of Object.entries(weights)) {
    scope.set(name, { tensor, element: elements.get(name)! });
  }
  for (const [name, tensor] of Object.entries(feeds)) {
    scope.set(name, { tensor, element: elements.get(name)! });
  }
  runNodes(setting, nodes, scope);
  const results = outputs.map(({ name }): [string, Tensor] => {
    const { tensor, element } = heldBy(scope, name, "an output of the model");
    if (element === UINT32) expectExact(`output ${name}`, tensor, fromUnsigned(tensor), lookout);
    return [name, tensor.read()];
  });
  return Object.fromEntries(results);
}

/** @throws ArgumentError for names and shapes that are not the model's */
export function checkFeeds(wiring: OnnxWiring, feeds: OnnxTensors): void {
  if (typeof feeds !== "object" || feeds === null || feeds instanceof Tensor) {
    throw new ArgumentError("run: expected tensors by the names of the inputs, as in run({ x })");
  }
  const names = wiring.inputs.map(({ name }) => name);
  for (const name of Object.keys(feeds)) {
    if (!names.includes(name)) throw unknownName("input", name, names);
  }
  for (const { name, dtype, shape, onnxType } of wiring.inputs) {
    const given: unknown = Object.hasOwn(feeds, name) ? feeds[name] : undefined;
    if (given === undefined && wiring.optional.has(name)) continue;
    if (!(given instanceof Tensor)) {
      throw new ArgumentError(
        `run: expected a tensor as input ${JSON.stringify(name)}; the inputs are ${names.join(", ")}`,
      );
    }
    const fits =
      shape === null ||
      (shape.length === given.rank &&
        shape.every((dim, i) => typeof dim !== "number" || dim === given.type.shape[i]));
    if (given.dtype !== dtype || !fits) {
      throw new ArgumentError(
        `run: input ${JSON.stringify(name)} is ${dtype} ${shape ? showPort(shape) : "of any shape"}, ` +
          `received ${given.dtype} ${showShape(given.shape)}`,
      );
    }
    const below = onnxType === "uint32" && given.parts.known?.find((x: number) => x < 0);
    if (below)
      throw new ArgumentError(`run: input ${JSON.stringify(name)} is uint32, received ${below}`);
  }
}

/** `[batch, 3, ?]`. */
export const showPort = (shape: readonly (number | string | null)[]): string =>
  `[${shape.map((dim) => dim ?? "?").join(", ")}]`;
