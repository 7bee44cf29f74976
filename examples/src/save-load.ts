// Saves a trained net in one file and reads it back: it predicts the same, to the bit. A file that also
// holds the run's specification, as those of `neurite train --out` do, says itself what to build.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moons } from "neurite/data";
import { dense } from "neurite/nn";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type Model,
  modelOf,
  parseRunSpec,
  restoreCheckpoint,
  sequential,
  trainRun,
} from "neurite/train";

const data = moons({ samples: 400, noise: 0.1, seed: 1 });
const folder = await mkdtemp(join(tmpdir(), "neurite-"));
const file = join(folder, "moons.safetensors");

function makeModel() {
  const hidden = dense(8, { activation: "tanh" });
  const model = sequential([2], hidden, dense(1, { activation: "sigmoid" }));
  return model.compile({ loss: "binaryCrossentropy", optimizer: "adam" });
}

const model = makeModel();
const { epochs } = await model.fit(data.train.x, data.train.y, { epochs: 20, batchSize: 10 });
await writeFile(file, encodeCheckpoint(model, { epochs }));

const loaded = makeModel();
restoreCheckpoint(loaded, decodeCheckpoint(await readFile(file)));

/** A model that `neurite train --out` has saved. */
async function openRun(folder: string): Promise<Model> {
  const checkpoint = decodeCheckpoint(await readFile(join(folder, "weights.safetensors")));
  if (!checkpoint.spec) throw new Error(`${folder}: no specification is stored with these weights`);
  const model = modelOf(checkpoint.spec);
  restoreCheckpoint(model, checkpoint);
  return model;
}

const spec = parseRunSpec({
  version: 1,
  data: { name: "moons" },
  model: {
    layers: [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 8, activation: "tanh" },
      { kind: "dense", units: 1, activation: "sigmoid" },
    ],
  },
  loss: "binaryCrossentropy",
  optimizer: "adam",
  training: { epochs: 20, batchSize: 10 },
});
const run = modelOf(spec);
const history = await trainRun(spec, run, data);
const bytes = encodeCheckpoint(run, { spec, epochs: history.epochs });
await writeFile(join(folder, "weights.safetensors"), bytes);

/** How many of the test examples two models give the very same number. */
async function countEqual(one: Model, other: Model): Promise<string> {
  const [[a], [b]] = [await one.predictAll(data.test.x), await other.predictAll(data.test.x)];
  const equal = Array.from(a!.data).filter((value, i) => Object.is(value, b!.data[i]));
  return `${equal.length} of ${a!.data.length} predictions are equal to the bit`;
}

console.log(`a model that the program builds:  ${await countEqual(model, loaded)}`);
console.log(`before it was loaded:             ${await countEqual(model, makeModel())}`);
console.log(`a model that the file describes:  ${await countEqual(run, await openRun(folder))}`);

await rm(folder, { recursive: true });
