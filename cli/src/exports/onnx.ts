// A model as an ONNX file, which every other framework and runtime reads.

import { exportOnnx } from "neurite/onnx";
import { loadSource } from "../sources/load.ts";
import type { Exporter } from "./format.ts";

export const exportOnnxFile: Exporter = async ({ run: { spec }, model, out }) => {
  const data = await loadSource({ ...spec.data, train: 1, test: 1 }, spec).catch(() => null);
  const classes = data?.classNames.length ? { classes: JSON.stringify(data.classNames) } : {};
  const content = exportOnnx(model, { name: spec.data.name, metadata: classes });
  return {
    files: [{ path: out, content }],
    told: [`onnxruntime.InferenceSession(${JSON.stringify(out)}) runs it on batches of any size`],
  };
};
