// The type of a graph's input or output, with the axis of the batch under a name.

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ValueInfoProtoSchema } from "../../schema/generated/onnx_pb.ts";
import type { Dim } from "./dim.ts";
import { type ElementType, TYPE_CODES } from "./element-types.ts";

/** What the number of examples is called. */
export const BATCH = "batch";

export function valueInfo(
  name: string,
  type: ElementType,
  dims: readonly Dim[],
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = dims.map((length) => ({ value: dimValue(length) }));
  const tensorType = { elemType: TYPE_CODES[type], shape: { dim } };
  return { name, type: { value: { case: "tensorType", value: tensorType } } };
}

function dimValue(dim: Dim) {
  if (typeof dim === "number") return { case: "dimValue", value: BigInt(dim) } as const;
  const { times, plus } = dim;
  const product = times === 1 ? BATCH : `${times}*${BATCH}`;
  return { case: "dimParam", value: plus === 0 ? product : `${product}+${plus}` } as const;
}
