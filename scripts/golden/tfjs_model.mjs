/**
 * A model of TF.js as model.save() writes it, and what it predicts. Run by hand, in a folder where
 * npm install @tensorflow/tfjs@4.22.0 was run: node .../scripts/golden/tfjs_model.mjs .../lib/src/keras/golden/tfjs
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const tf = createRequire(join(process.cwd(), "x.js"))("@tensorflow/tfjs");
const folder = process.argv[2];
const { layers: L } = tf;

const model = tf.sequential({
  layers: [
    L.conv2d({ inputShape: [6, 6, 2], filters: 3, kernelSize: 3, activation: "relu" }),
    L.batchNormalization(),
    L.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 }),
    L.maxPooling2d({ poolSize: 2, strides: 1 }),
    L.reshape({ targetShape: [4, 6] }),
    L.bidirectional({ layer: L.lstm({ units: 2, returnSequences: true }), mergeMode: "concat" }),
    L.gru({ units: 3, recurrentActivation: "hardSigmoid" }),
    L.leakyReLU({ alpha: 0.2 }),
    L.dense({ units: 2, activation: "softmax", name: "answer" }),
  ],
});
const filled = model.getWeights().map((weight, i) => {
  const low = model.weights[i].name.includes("variance") ? 1 : 0;
  return tf.tensor(
    Array.from({ length: weight.size }, (_, at) => low + 0.3 * Math.sin(i + at)),
    weight.shape,
  );
});
model.setWeights(filled);
model.compile({
  optimizer: tf.train.adam(0.01),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});

const size = 2 * 6 * 6 * 2;
const x = Array.from(
  { length: size },
  (_, i) => Math.floor(1000 * Math.sin(12.9898 * i + 1)) / 1024,
);
const y = Array.from(model.predict(tf.tensor(x, [2, 6, 6, 2])).dataSync());
await model.save(
  tf.io.withSaveHandler(async ({ weightData, weightSpecs, ...rest }) => {
    mkdirSync(folder, { recursive: true });
    const paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"];
    const bytes = Buffer.from(tf.io.CompositeArrayBuffer.join(weightData));
    writeFileSync(join(folder, paths[0]), bytes.subarray(0, 400));
    writeFileSync(join(folder, paths[1]), bytes.subarray(400));
    const weightsManifest = [{ paths, weights: weightSpecs }];
    writeFileSync(
      join(folder, "model.json"),
      JSON.stringify({ ...rest, format: "layers-model", weightsManifest }),
    );
    writeFileSync(
      join(folder, "outputs.json"),
      `${JSON.stringify({ inputShape: [2, 6, 6, 2], outputShape: [2, 2], y })}\n`,
    );
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  }),
  { includeOptimizer: false },
);
