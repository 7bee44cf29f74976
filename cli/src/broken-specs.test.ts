// Specifications that are wrong in one place: each is refused in one sentence that names the place.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { neurite } from "./run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-specs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const input = { kind: "input", shape: [2] };
const hidden = { kind: "dense", units: 4, activation: "tanh" };
const output = { kind: "dense", units: 1, activation: "sigmoid" };

const good = {
  version: 1,
  data: { name: "quadrants", samples: 40 },
  model: { layers: [input, hidden, output] },
  loss: "binaryCrossentropy",
  optimizer: { name: "adam", learningRate: 0.01 },
  metrics: ["accuracy"],
  training: { epochs: 1, batchSize: 10 },
};

const graph = {
  inputs: ["in"],
  outputs: ["out"],
  nodes: [
    { id: "in", reads: [], ...input },
    { id: "out", reads: ["in"], ...output },
  ],
};

const layers = (...list: object[]) => ({ model: { layers: list } });
const training = (change: object) => ({ training: { ...good.training, ...change } });

const broken: readonly [change: object, message: RegExp][] = [
  [{ version: 2 }, /spec: version: this version of Neurite reads version 1/],
  [{ version: undefined }, /spec: version: expected this field/],
  [{ data: "xor" }, /spec: data: expected an object, received "xor"/],
  [{ data: {} }, /spec: data\.name: expected this field/],
  [
    { data: { name: "mnits" } },
    /spec: data\.name: Unknown data set "mnits"\. Did you mean "mnist"\?/,
  ],
  [
    { data: { name: "quadrants", samples: 0 } },
    /spec: data\.samples: expected a whole number from 1 to 1000000, received 0/,
  ],
  [{ data: { name: "quadrants", noise: -1 } }, /spec: data\.noise: expected a number of 0 or more/],
  [{ data: { name: "quadrants", nois: 1 } }, /spec: data\.nois: .* Did you mean "noise"\?/],
  [
    { data: { name: "quadrants", samples: 40, train: 21 } },
    /spec: data\.train: there are only 20 examples/,
  ],
  [{ data: { name: "iris", samples: 9 } }, /spec: data\.samples: iris is a fixed set/],
  [{ model: {} }, /spec: model\.layers: expected this field/],
  [{ model: { layers: [] } }, /spec: model\.layers: expected at least one element/],
  [layers(hidden, output), /spec: model\.layers\.0: expected \{ "kind": "input"/],
  [
    layers({ kind: "input", shape: "2" }, output),
    /spec: model\.layers\.0: input: expected shape to be/,
  ],
  [layers({ kind: "input" }, output), /spec: model\.layers\.0: input: expected shape/],
  [layers(input, { units: 3 }), /spec: model\.layers\.1\.kind: expected this field/],
  [layers(input, { kind: 7 }), /spec: model\.layers\.1\.kind: expected a text, received 7/],
  [
    layers(input, { kind: "dens" }),
    /spec: model\.layers\.1: Unknown layer "dens"\. Did you mean "dense"/,
  ],
  [layers(input, { kind: "toString" }), /spec: model\.layers\.1: Unknown layer "toString"/],
  [layers(input, { kind: "dense" }), /spec: model\.layers\.1: dense: expected units/],
  [layers(input, { ...output, units: 0 }), /spec: model\.layers\.1: dense: .* received 0/],
  [
    layers(input, { ...output, unit: 3 }),
    /spec: model\.layers\.1: .*"unit"\. Did you mean "units"/,
  ],
  [
    layers(input, { ...output, bias: "no" }),
    /spec: model\.layers\.1: dense: expected bias to be true or/,
  ],
  [
    layers(input, { ...output, activation: "rely" }),
    /spec: model\.layers\.1: Unknown activation "rely"/,
  ],
  [layers(input, { ...output, weights: "heNorml" }), /spec: model\.layers\.1: Unknown initializer/],
  [
    layers(input, { kind: "dropout", p: 1 }, output),
    /spec: model\.layers\.1: dropout: .* received 1/,
  ],
  [
    layers(input, { kind: "dropout", p: 0.5, convention: "inverse" }, output),
    /spec: model\.layers\.1: dropout: expected convention to be "inverted" or "original"/,
  ],
  [
    layers(input, { kind: "reshape", shape: [3] }, output),
    /spec: model\.layers: layer "reshape1": /,
  ],
  [
    layers({ kind: "input", shape: [3] }, output),
    /spec: model: expected an input of shape \[2\] for quadrants, received \[3\]/,
  ],
  [layers(input, { ...output, units: 5 }), /spec: model: expected 2 outputs for the 2 classes/],
  [
    { model: { ...graph, nodes: [{ kind: "dense" }] } },
    /spec: model\.nodes\.0\.id: expected this field/,
  ],
  [
    { model: { ...graph, nodes: [graph.nodes[0], { ...graph.nodes[1], reads: ["on"] }] } },
    /spec: model\.nodes\.1: there is no node "on"/,
  ],
  [{ model: { ...graph, outputs: ["ou"] } }, /spec: model\.outputs: there is no node "ou"/],
  [{ loss: 3 }, /spec: loss: expected a text, received 3/],
  [{ loss: "binaryCrosentropy" }, /spec: loss: Unknown loss .* Did you mean "binaryCrossentropy"/],
  [
    { loss: { name: "huber", delt: 1 } },
    /spec: loss: .*there is no option "delt"\. Did you mean "delta"/,
  ],
  [{ optimizer: { learningRate: 1 } }, /spec: optimizer\.name: expected this field/],
  [{ optimizer: "adm" }, /spec: optimizer: Unknown optimizer "adm"\. Did you mean "adam"/],
  [
    { optimizer: { name: "adam", learningRate: "fast" } },
    /spec: optimizer: .*expected learningRate to be/,
  ],
  [{ metrics: "accuracy" }, /spec: metrics: expected a list/],
  [
    { metrics: ["acuracy"] },
    /spec: metrics\.0: Unknown metric "acuracy"\. Did you mean "accuracy"/,
  ],
  [
    { regularizer: { kind: "l3", lambda: 1, convention: "keras" } },
    /spec: regularizer\.kind: expected "l1"/,
  ],
  [
    { regularizer: { kind: "l2", lambda: 1 } },
    /spec: regularizer\.convention: expected this field/,
  ],
  [training({ epochs: -1 }), /spec: training\.epochs: expected a whole number of 0 or more/],
  [
    training({ epochs: 1e300 }),
    /epochs: expected a whole number .*, received 1e\+300\. .* below 2\^53/,
  ],
  [
    { data: { name: "xor", samples: 1e9 } },
    /spec: data\.samples: expected a whole number from 1 to 1000000, received 1000000000/,
  ],
  [
    training({ epochs: "3" }),
    /spec: training\.epochs: expected a whole number of 0 or more, received "3"/,
  ],
  [
    training({ batchSize: 2.5 }),
    /spec: training\.batchSize: expected a whole number above 0, received 2\.5/,
  ],
  [training({ batchsize: 3 }), /spec: training\.batchsize: .* Did you mean "batchSize"/],
  [training({ validationSplit: 2 }), /spec: training\.validationSplit: /],
  [{ schedule: "cosin" }, /spec: schedule: Unknown schedule "cosin"\. Did you mean "cosine"/],
  [{ stopping: { patience: 0 } }, /spec: stopping\.patience: expected a whole number above 0/],
  [{ halving: {} }, /spec: halving\.patience: expected this field/],
  [{ seed: 0.5 }, /spec: seed: expected a whole number from 0 to 4294967295, received 0\.5/],
  [{ seed: 1e300 }, /spec: seed: expected a whole number from 0 to 4294967295/],
  [{ dtype: "float16" }, /spec: dtype: expected "float32" or "float64", received "float16"/],
  [{ engine: "webgpu" }, /spec: engine: expected "wasm" or "reference", received "webgpu"/],
  [{ learningRate: 1 }, /spec: learningRate: there is no such field/],
];

const out = join(folder, "out");

it("takes the good one", async () => {
  expect(await runText(JSON.stringify(good))).toMatchObject({ code: 0 });
  expect(await runText(JSON.stringify({ ...good, model: graph }))).toMatchObject({ code: 0 });
});

it.each(broken)("refuses %j", async (change, message) => {
  const { code, stdout, stderr } = await runText(JSON.stringify({ ...good, ...change }));
  expect(stderr).toMatch(/^neurite: .*\n$/);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([1, ""]);
  expect(readdirSync(folder).sort()).toEqual(["spec.json"]);
});

it.each([
  ["", /spec\.json: spec: this is not JSON/],
  ["{", /spec: this is not JSON/],
  ["null", /spec: the document: expected an object, received null/],
  ["[]", /spec\.json: this is a list, and no specification/, 2],
  ['"xor"', /spec: the document: expected an object/],
])("refuses the text %j", async (text, message, wrong = 1) => {
  const { code, stderr } = await runText(text);
  expect(stderr).toMatch(message);
  expect(code).toBe(wrong);
});

async function runText(text: string) {
  const path = join(folder, "spec.json");
  writeFileSync(path, text);
  rmSync(out, { recursive: true, force: true });
  const result = await neurite("train", path, "--quiet", "--out", out);
  if (result.code === 0) rmSync(out, { recursive: true });
  return result;
}
