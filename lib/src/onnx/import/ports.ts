// What goes into a model and what comes out, as its file declares it.

import type { ValueInfoProto } from "../schema/generated/onnx_pb.ts";
import { elementName, holderOf } from "./core/elements.ts";
import { OnnxError } from "./core/errors.ts";
import type { OnnxPort } from "./session.ts";

const MOST_AXES = 32;

/** A port, with ONNX's number for its type, and whether it may be left out. */
export interface DeclaredPort extends OnnxPort {
  readonly element: number;
  readonly optional: boolean;
}

/** @throws OnnxError for what is no tensor, and for element types that are not covered */
export function portsOf(infos: readonly ValueInfoProto[], what: string): DeclaredPort[] {
  const seen = new Set<string>();
  return infos.map((info) => {
    const { name } = info;
    const where = `${what} ${JSON.stringify(name)}`;
    if (seen.has(name)) throw new OnnxError(`${where} stands there twice`);
    seen.add(name);
    const kind = info.type?.value;
    const optional = kind?.case === "optionalType";
    const inner = optional ? kind.value.elemType?.value : kind;
    if (inner?.case !== "tensorType") {
      throw new OnnxError(
        `${where} is no tensor; sequences, maps and sparse tensors are not covered`,
      );
    }
    const { elemType: element, shape } = inner.value;
    if (shape && shape.dim.length > MOST_AXES)
      throw new OnnxError(`${where} has ${shape.dim.length} axes`);
    return {
      name,
      dtype: holderOf(element, where),
      onnxType: elementName(element),
      shape: shape
        ? shape.dim.map(({ value }) => {
            if (value.case === "dimValue") return value.value < 0n ? null : Number(value.value);
            return value.case === "dimParam" && value.value !== "" ? value.value : null;
          })
        : null,
      element,
      optional,
    };
  });
}
