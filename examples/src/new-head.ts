// A model out of an ONNX file with a new head: first the head learns alone, on the features that the file's network
// gives, then both learn on, the file's weights too.

import { compile, fromData, random, type Tensor, Variable } from "neurite";
import { moons } from "neurite/data";
import { lossOf, meanLoss } from "neurite/nn";
import { encodeOnnx, importOnnx, type OnnxFields } from "neurite/onnx";

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

const { train } = moons({ samples: 400, noise: 0.15, seed: 3 });
const x = fromData(train.x.data, train.x.shape).cast("float32");
const y = fromData(train.y.data, train.y.shape).cast("float32").reshape([x.shape[0], 1]);
const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });

const head = {
  w: new Variable(random.normal(random.key(2), [10, 1], { std: 0.3 })),
  b: new Variable(random.normal(random.key(3), [1], { std: 0.1 })),
};
const logits = () => body.run({ x })["features"]!.matmul(head.w).add(head.b);
const loss = () => meanLoss(crossEntropy, y, logits());
const right = compile(() => logits().greater(0).equal(y.cast("bool")).cast("float32").mean());

/** A step of gradient descent for some of the weights; the others stay. */
const stepOf = (learns: readonly Variable[]) =>
  compile(() => {
    const now = loss();
    now.backward();
    for (const w of learns) w.assign(w.sub(w.grad!.mul(0.5)));
    return now;
  });

const tell = (when: string) => console.log(`${when}: ${(100 * right().item()).toFixed(0)} % right`);
tell("before");
stepOf([head.w, head.b]).repeat(300);
tell("the head alone has learnt");
stepOf([head.w, head.b, ...Object.values(body.weights)]).repeat(1500);
tell("all have learnt");
