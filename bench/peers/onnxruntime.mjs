/** ONNX Runtime, which has no training in JavaScript: our own backward graph, n steps in its Loop op. */

import * as ort from "onnxruntime-node";
import { BOOL, declared, encodeModel, GraphBuilder, INT64 } from "./onnx-graph.mjs";
import { differentiate, update } from "./onnx-training.mjs";
import { Absent, runPeer } from "./program.mjs";
import { version } from "./versions.mjs";

const ONE_THREAD = { intraOpNumThreads: 1, interOpNumThreads: 1 };

const scalar = (value) => new ort.Tensor("float32", [value], []);
const tensorOf = ({ data, shape }) => new ort.Tensor("float32", data, shape);

/** Everything that a step changes, at its start: parameters, Adam's slots, the cursor, the loss. */
function stateOf({ arrays, shapes, parameters, optimizer }) {
  const weights = parameters.map((name) => [name, tensorOf(arrays[name])]);
  const zeros = (name, shape) => [
    name,
    new ort.Tensor("float32", new Float32Array(shape.reduce((a, b) => a * b, 1)), shape),
  ];
  const slots = parameters.flatMap((name) =>
    ["m", "v"].map((slot) => zeros(`${slot}_${name}`, shapes[name])),
  );
  const adam = optimizer.name === "adam" ? [["t", scalar(0)], ...slots] : [];
  const cursor = ["at", new ort.Tensor("int64", BigInt64Array.of(0n), [1])];
  return Object.fromEntries([...weights, ...adam, cursor, ["loss", scalar(0)]]);
}

const typeOf = (name, { type, dims }) => declared(name, dims, type === "int64" ? INT64 : undefined);

/** The body of the loop: takes its minibatch by the cursor and gives the next state. */
function bodyOf(task, state) {
  const g = new GraphBuilder("v");
  const end = g.op("Add", ["at", g.constant([task.batch])]);
  const rows = (all) => g.op("Slice", [all, "at", end, g.constant([0])]);
  const { loss, gradients } = differentiate(g, task, rows("x"), rows("y"));
  const at = g.op("Mod", [end, g.constant([task.shapes.x[0]])]);
  const next = { ...update(g, task, gradients), at, loss };
  const on = g.op("Identity", ["on"]);
  const names = Object.keys(state);
  return g.graph(
    "step",
    [
      declared("i", [], INT64),
      declared("on", [], BOOL),
      ...names.map((name) => typeOf(name, state[name])),
    ],
    [declared(on, [], BOOL), ...names.map((name) => typeOf(next[name], state[name]))],
  );
}

function trainingModel(task, state) {
  const g = new GraphBuilder("outer");
  const names = Object.keys(state);
  const results = names.map((name) => `next_${name}`);
  const inputs = ["steps", "", ...names.map((name) => `start_${name}`)];
  g.op("Loop", inputs, { body: bodyOf(task, state) }, results);
  const { x, y } = task.shapes;
  const starts = names.map((name) => typeOf(`start_${name}`, state[name]));
  const ends = names.map((name) => typeOf(`next_${name}`, state[name]));
  return encodeModel(
    g.graph(
      "training",
      [declared("steps", [], INT64), declared("x", x), declared("y", y), ...starts],
      ends,
    ),
  );
}

async function training(task, compiling) {
  if (task.kind !== "dense") throw new Absent("no backward graph was written for it by hand");
  const [x, y] = [task.arrays.x, task.arrays.y].map(tensorOf);
  let state = stateOf(task);
  const names = Object.keys(state);
  compiling();
  const session = await ort.InferenceSession.create(trainingModel(task, state), ONE_THREAD);
  const run = async (count) => {
    const steps = new ort.Tensor("int64", BigInt64Array.of(BigInt(count)), []);
    const starts = Object.fromEntries(names.map((name) => [`start_${name}`, state[name]]));
    const results = await session.run({ steps, x, y, ...starts });
    state = Object.fromEntries(names.map((name) => [name, results[`next_${name}`]]));
  };
  const step = async () => {
    await run(1);
    return state.loss.data[0];
  };
  return { step, run };
}

async function product(task, compiling) {
  const [a, b] = [task.arrays.a, task.arrays.b].map(tensorOf);
  const g = new GraphBuilder("v");
  g.op("MatMul", ["a", "b"], {}, "c");
  const square = (name) => declared(name, [task.n, task.n]);
  compiling();
  const model = encodeModel(g.graph("product", [square("a"), square("b")], [square("c")]));
  const session = await ort.InferenceSession.create(model, ONE_THREAD);
  let row = 0;
  const step = async () => (await session.run({ a, b })).c.data[(row++ % task.n) * (task.n + 1)];
  const run = async (steps) => {
    for (let i = 0; i < steps; i++) await session.run({ a, b });
  };
  return { step, run };
}

const versions = { onnxruntime: version("onnxruntime-node"), node: process.versions.node };
await runPeer("onnxruntime", versions, (task, compiling) =>
  (task.kind === "matmul" ? product : training)(task, compiling),
);
