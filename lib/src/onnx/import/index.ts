// Models out of ONNX files.

export { OnnxError } from "./core/errors.ts";
export { type ImportOptions, importOnnx, type OnnxMetadata, type OnnxModel } from "./import.ts";
export { type OnnxLayerOptions, onnxLayer } from "./layer.ts";
export type { OnnxPort, OnnxTensors } from "./session.ts";
