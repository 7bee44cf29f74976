// Models as ONNX files, the exchange format of the field.

import "../engines/whole.ts";
import "../nn/whole.ts";
import "../tensor/methods.ts";

export {
  type ExportFunctionOptions,
  type ExportModelOptions,
  exportOnnx,
} from "./export/export-onnx.ts";
export {
  type ImportOptions,
  importOnnx,
  OnnxError,
  type OnnxLayerOptions,
  type OnnxMetadata,
  type OnnxModel,
  type OnnxPort,
  type OnnxTensors,
  onnxLayer,
} from "./import/index.ts";
export { decodeOnnx, encodeOnnx, type OnnxFields } from "./schema/file.ts";
export type { ModelProto } from "./schema/generated/onnx_pb.ts";
