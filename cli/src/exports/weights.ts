// Layers and weights as safetensors or JSON.

import { decodeSafetensors } from "neurite/formats";
import { saveModel } from "neurite/train";
import type { Exporter } from "./format.ts";

export const exportSafetensors: Exporter = async ({ model, out }) => ({
  files: [{ path: out, content: saveModel(model) }],
  told: ["load it with loadModel() of neurite/train, or loadPredictor() of neurite/predict"],
});

export const exportJson: Exporter = async ({ model, out }) => {
  const { tensors, metadata } = decodeSafetensors(saveModel(model));
  const { architecture } = JSON.parse(metadata["neurite"]!);
  const weights = Object.fromEntries(
    [...tensors].map(([name, { dtype, shape, data }]) => [
      name,
      { dtype, shape, data: Array.from(data, written) },
    ]),
  );
  const content = `${JSON.stringify({ ...architecture, weights })}\n`;
  return { files: [{ path: out, content }], told: [] };
};

/** JSON has no NaN and no infinity: these are texts. */
function written(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
