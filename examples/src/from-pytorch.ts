// The weights of a PyTorch program, its state_dict in a safetensors file, give PyTorch's numbers in layers of ours; and go back.

import { readFile } from "node:fs/promises";
import { torchCodeOf } from "neurite/code";
import { fromStateDict, toStateDict } from "neurite/pytorch";
import { loadWeights, modelOf, parseRunSpec } from "neurite/train";

// In PyTorch, with channels second where ours are last:
//   self.conv, self.bn = nn.Conv1d(2, 4, 3), nn.BatchNorm1d(4)
//   self.lstm, self.fc = nn.LSTM(4, 3, batch_first=True), nn.Linear(3, 2)
const spec = parseRunSpec({
  version: 1,
  data: { name: "moons" },
  model: {
    layers: [
      { kind: "input", shape: [8, 2] },
      { kind: "conv1d", filters: 4, kernelSize: 3 },
      { kind: "batchNormalization", epsilon: 1e-5 },
      { kind: "activation", activation: "relu" },
      { kind: "lstm", units: 3 },
      { kind: "dense", units: 2 },
    ],
  },
  loss: "meanSquaredError",
  optimizer: "adam",
  training: { epochs: 1, batchSize: 10 },
});
const model = modelOf(spec);

const bytes = await readFile(new URL("../data/reader.safetensors", import.meta.url));
const { weights, told } = fromStateDict(model, bytes);
loadWeights(model, weights);
for (const line of told) console.log(line);

const x = Float32Array.from({ length: 16 }, (_, i) => i / 8 - 1);
const { data } = await model.predict({ dtype: "float32", shape: [1, 8, 2], data: x });
const pytorch = [0.03359530493617058, 0.28216227889060974];
for (const [i, theirs] of pytorch.entries()) {
  const isSame = Math.abs(data[i]! - theirs) < 1e-6;
  console.log(
    `output ${i}: ${theirs.toFixed(6)} in PyTorch, ${data[i]!.toFixed(6)} here${isSame ? "" : "  OFF"}`,
  );
}

// Back: for the class that the program defines, by its names.
console.log(`back go ${[...toStateDict(model).tensors.keys()].join(", ")}`);
const [, modules] = /def __init__\(self\):\n(.*?)\n\n/s.exec(torchCodeOf(spec))!;
console.log(modules!.replaceAll(/^ {8}(super.*\n)?/gm, ""));
