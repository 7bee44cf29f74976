// Files that Keras wrote give Keras's outputs here, and come out again as the same layers and numbers.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Model } from "../train/index.ts";
import { exportKeras, importKeras } from "./index.ts";

interface Golden {
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly y: readonly number[];
}

const at = (name: string) => new URL(`golden/${name}`, import.meta.url);
const golden = (name: string): Uint8Array => gunzipSync(readFileSync(at(`${name}.gz`)));
const OUTPUTS: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(at("outputs.json"), "utf8"),
);
const NAMES = Object.keys(OUTPUTS);

/** The formula of scripts/golden/keras_files.py. */
function inputsOf(name: string) {
  const { inputShape: shape } = OUTPUTS[name]!;
  if (name === "sequence") {
    return {
      dtype: "int32" as const,
      shape,
      data: Int32Array.of(3, 1, 8, 0, 0, 0, 2, 5, 4, 7, 1, 6),
    };
  }
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from(
    { length: size },
    (_, i) => Math.floor(1000 * Math.sin(12.9898 * i + 1)) / 1024,
  );
  return { dtype: "float32" as const, shape, data };
}

async function expectOutputs(name: string, model: Model): Promise<void> {
  const { y, outputShape } = OUTPUTS[name]!;
  const found = await model.predict(inputsOf(name));
  expect(found.shape).toEqual(outputShape);
  const worst = y.map((value, i) => Math.abs(value - (found.data[i] as number)));
  expect(Math.max(...worst)).toBeLessThan(2e-6);
}

describe.each(NAMES)("%s", (name) => {
  it.each(["keras", "h5"])(
    "as .%s gives Keras's outputs, and so does what is written of it",
    async (ending) => {
      const read = await importKeras(golden(`${name}.${ending}`));
      await expectOutputs(name, read.model);
      const { training } = read;
      for (const format of ["keras", "h5"] as const) {
        const again = await importKeras(
          exportKeras(read.model, { format, ...(training && { training }) }),
        );
        expect(again.network).toEqual(read.network);
        expect(again.training).toEqual(training);
        await expectOutputs(name, again.model);
      }
    },
  );
});
