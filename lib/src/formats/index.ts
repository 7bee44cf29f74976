// Bytes and what they mean: the file formats that Neurite reads and writes.

export type { Bytes } from "./bytes.ts";
export { decodeIdx, encodeIdx, idxLength } from "./idx.ts";
export { decodeNpy, encodeNpy, npyLength } from "./npy.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type SafetensorsOptions,
  type SafetensorsStoreOptions,
} from "./safetensors.ts";
export type { StoreType } from "./safetensors-types.ts";
export type { StoredTensor } from "./stored-tensor.ts";
export { decodeText, withoutMark } from "./text.ts";
