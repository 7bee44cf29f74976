// Bytes and what they mean: the file formats that Neurite reads and writes.

export { decodeIdx, encodeIdx } from "./idx.ts";
export { decodeSafetensors, encodeSafetensors, type Safetensors } from "./safetensors.ts";
export type { StoredTensor } from "./stored-tensor.ts";
