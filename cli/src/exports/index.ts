// The formats that neurite export writes, by name.

import type { ExportFormat } from "./format.ts";

export const FORMATS: Readonly<Record<string, ExportFormat>> = {
  js: {
    says: "a module of JavaScript that predicts and imports nothing, its types beside it",
    extension: "js",
    load: async () => (await import("./javascript.ts")).exportJavaScript,
  },
  onnx: {
    says: "an ONNX file (opset 21), which other frameworks and runtimes read",
    extension: "onnx",
    load: async () => (await import("./onnx.ts")).exportOnnxFile,
  },
  safetensors: {
    says: "layers and weights alone, as loadModel() reads them",
    extension: "safetensors",
    load: async () => (await import("./weights.ts")).exportSafetensors,
  },
  "state-dict": {
    says: "weights under PyTorch's names and in its layouts, for the module that summary --code pytorch prints",
    extension: "safetensors",
    load: async () => (await import("./state-dict.ts")).exportStateDict,
  },
  keras: {
    says: "a .keras file, which keras.models.load_model() of Keras 3 loads",
    extension: "keras",
    load: async () => (await import("./keras.ts")).exportKerasFile,
  },
  h5: {
    says: "the same in the older format of Keras, HDF5",
    extension: "h5",
    load: async () => (await import("./keras.ts")).exportH5File,
  },
  json: {
    says: "the same as text: layers, and the numbers of each weight",
    extension: "json",
    load: async () => (await import("./weights.ts")).exportJson,
  },
};
