// A model out of an ONNX file as a layer, with a new head: first the head learns alone, on the features that the
// file's network gives, then both learn on, the file's weights too. The whole goes out as one ONNX file.

import { random, type Tensor } from "neurite";
import { moons } from "neurite/data";
import { dense } from "neurite/nn";
import { encodeOnnx, exportOnnx, importOnnx, type OnnxFields, onnxLayer } from "neurite/onnx";
import { sequential } from "neurite/train";

/** The bytes of a file as other libraries write it: tanh(x w + b), ten features of points. */
function featuresFile(): Uint8Array {
  const [k1, k2] = random.splitKey(random.key(1));
  const stored = (name: string, t: Tensor) => ({
    name,
    dims: t.type.shape.map(BigInt),
    dataType: 1,
    floatData: Array.from(t.data),
  });
  const port = (name: string, wide: bigint) => {
    const dim = [
      { value: { case: "dimParam", value: "batch" } },
      { value: { case: "dimValue", value: wide } },
    ];
    return {
      name,
      type: { value: { case: "tensorType", value: { elemType: 1, shape: { dim } } } },
    };
  };
  return encodeOnnx({
    irVersion: 10n,
    opsetImport: [{ domain: "", version: 21n }],
    graph: {
      name: "features",
      node: [
        { opType: "Gemm", input: ["x", "w", "b"], output: ["h"] },
        { opType: "Tanh", input: ["h"], output: ["features"] },
      ],
      initializer: [
        stored("w", random.normal(k1, [2, 10])),
        stored("b", random.normal(k2, [10], { std: 0.5 })),
      ],
      input: [port("x", 2n)],
      output: [port("features", 10n)],
    },
  } as OnnxFields);
}

const body = importOnnx(featuresFile());
console.log(
  "the file:",
  body.inputs.map(({ name, shape }) => `${name} [${shape}]`).join(),
  "->",
  body.outputs.map(({ name, shape }) => `${name} [${shape}]`).join(),
  `by ${Object.keys(body.metadata.ops).join(", ")}`,
);

const { train, test } = moons({ samples: 400, noise: 0.15, seed: 3 });
const features = onnxLayer(body, { name: "features" });
const model = sequential([2], features, dense(1, { activation: "sigmoid", name: "head" }));
const learn = async (when: string, epochs: number) => {
  model.compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: 0.03 },
    metrics: ["accuracy"],
  });
  if (epochs > 0) await model.fit(train.x, train.y, { epochs, batchSize: 20 });
  const { accuracy } = await model.evaluate(test.x, test.y);
  console.log(`${when}: ${(100 * accuracy!).toFixed(0)} % right`);
};

await learn("before", 0);
model.freeze("features");
await learn("the head alone has learnt", 20);
model.unfreeze("features");
await learn("all have learnt", 40);

const whole = importOnnx(exportOnnx(model));
console.log(`the whole as a file: ${Object.keys(whole.weights).join(", ")}`);
