// A trained model leaves in six forms: its own file, ONNX, Keras, a module of JavaScript, and PyTorch's weights with their program. Each gives the model's numbers again.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { tensor } from "neurite";
import { moduleCodeOf, torchCodeOf } from "neurite/code";
import { moons } from "neurite/data";
import { exportKeras, importKeras } from "neurite/keras";
import { exportOnnx, importOnnx } from "neurite/onnx";
import { fromStateDict, toStateDict } from "neurite/pytorch";
import {
  DEFAULT_RUNS,
  loadModel,
  loadWeights,
  modelOf,
  parseRunSpec,
  saveModel,
  trainRun,
} from "neurite/train";

const folder = await mkdtemp(join(tmpdir(), "neurite-"));
const at = (name: string) => join(folder, name);

const run = parseRunSpec({ ...DEFAULT_RUNS["moons"]!, training: { epochs: 5, batchSize: 10 } });
const data = moons({ samples: 400, noise: 0.1, seed: 1 });
const model = modelOf(run);
await trainRun(run, model, data);

await writeFile(at("moons.safetensors"), saveModel(model)); // layers and weights: loadModel() reads them
await writeFile(at("moons.onnx"), exportOnnx(model)); // for ONNX Runtime and every other framework
await writeFile(at("moons.keras"), exportKeras(model)); // keras.models.load_model()
await writeFile(at("moons.mjs"), (await moduleCodeOf(model)).code); // needs nothing: import { predict }
await writeFile(at("moons.py"), torchCodeOf(run)); // the network as a class of PyTorch
await writeFile(at("state_dict.safetensors"), toStateDict(model).bytes); // its load_state_dict()

const x = [
  [0.5, 0.25],
  [-1, 0.75],
];
const wanted = (await model.predict(x)).data;
const predictors: Readonly<Record<string, () => Promise<ArrayLike<number>>>> = {
  "moons.safetensors": async () => {
    const loaded = loadModel(await readFile(at("moons.safetensors")));
    return (await loaded.predict(x)).data;
  },
  "moons.onnx": async () => {
    const onnx = importOnnx(await readFile(at("moons.onnx")));
    const [output] = Object.values(onnx.apply({ [onnx.inputs[0]!.name]: tensor(x) }));
    return output!.data;
  },
  "moons.keras": async () => {
    const { model: loaded } = await importKeras(await readFile(at("moons.keras")));
    return (await loaded.predict(x)).data;
  },
  "moons.mjs": async () => (await import(pathToFileURL(at("moons.mjs")).href)).predict(x).flat(),
  "state_dict.safetensors": async () => {
    const again = modelOf({ ...run, seed: 99 });
    const bytes = await readFile(at("state_dict.safetensors"));
    loadWeights(again, fromStateDict(again, bytes).weights);
    return (await again.predict(x)).data;
  },
};
for (const [file, predicted] of Object.entries(predictors)) {
  const found = await predicted();
  const isSame = Array.from(found).every((value, i) => Math.abs(value - wanted[i]!) < 1e-6);
  console.log(`${file.padEnd(24)}${isSame ? "the model's numbers" : "other numbers  OFF"}`);
}
await rm(folder, { recursive: true });
