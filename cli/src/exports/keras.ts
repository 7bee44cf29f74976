// A model as a file of Keras, compiled there as it was trained here.

import { exportKeras } from "neurite/keras";
import type { Exporter } from "./format.ts";

export const exportKerasFile: Exporter = exporter("keras");
export const exportH5File: Exporter = exporter("h5");

function exporter(format: "keras" | "h5"): Exporter {
  return async ({ run: { spec }, model, out }) => {
    const { loss, optimizer, metrics, clip, regularizer } = spec;
    const training = {
      ...{ loss, optimizer, metrics },
      ...(clip && { clip }),
      ...(regularizer && { regularizer }),
    };
    const notes: string[] = [];
    const note = (text: string) => notes.push(text);
    const content = exportKeras(model, { format, training, note });
    const told = [`keras.models.load_model(${JSON.stringify(out)}) loads it`, ...notes];
    return { files: [{ path: out, content }], told };
  };
}
