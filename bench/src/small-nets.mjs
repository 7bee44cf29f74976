/** How long a step of the smallest nets takes: as kernels, as a straight line, and with an object a unit. */

import { quadrants } from "../../lib/dist/data/index.js";
import { createWasmEngine } from "../../lib/dist/engines/index.js";
import { WasmProgram } from "../../lib/dist/engines/wasm/run/program.js";
import { Timeline } from "../../lib/dist/inspect/index.js";
import { dense, inputLayer } from "../../lib/dist/nn/index.js";
import { sequential } from "../../lib/dist/train/index.js";
import { build } from "./unit-by-unit.mjs";

const SGD = { name: "sgd", learningRate: 0.1 };
const ADAM = { name: "adam", learningRate: 0.01 };

export const NETS = [
  { units: [2], activation: "tanh", optimizer: SGD, examples: 4, batch: 4 },
  { units: [2], activation: "tanh", optimizer: SGD, examples: 400, batch: 10 },
  { units: [2], activation: "tanh", optimizer: SGD, examples: 400, batch: 40 },
  { units: [4], activation: "tanh", optimizer: SGD, examples: 400, batch: 10 },
  { units: [4], activation: "relu", optimizer: ADAM, examples: 400, batch: 10 },
  { units: [8], activation: "tanh", optimizer: ADAM, examples: 400, batch: 10 },
  { units: [4, 4], activation: "sigmoid", optimizer: SGD, examples: 400, batch: 10 },
  { units: [8, 8], activation: "tanh", optimizer: ADAM, examples: 400, batch: 10 },
];

const XOR = { x: [0, 0, 0, 1, 1, 0, 1, 1], y: [0, 1, 1, 0] };

function examplesOf(count) {
  if (count === 4) {
    const array = (shape, data) => ({ dtype: "float32", shape, data: Float32Array.from(data) });
    return { x: array([4, 2], XOR.x), y: array([4, 1], XOR.y) };
  }
  return quadrants({ samples: count, noise: 0, seed: 1, testFraction: 0 }).train;
}

/** An engine whose programs stay as they are compiled, and whose orders are drawn one number at a time. */
function plainEngine() {
  const engine = createWasmEngine({ threads: 1 });
  const { memory } = engine.storage({ dtype: "int32", shape: [] }, Int32Array.of(0));
  const compile = (...given) => {
    const program = engine.compile(...given);
    return program instanceof WasmProgram ? new WasmProgram(program.compilation, memory) : program;
  };
  return { ...engine, compile, shuffle: () => false };
}

function timelineOf({ units, activation, optimizer, batch }, { x, y }, engine) {
  const hidden = units.map((count) => dense(count, { activation }));
  const model = sequential([inputLayer([2]), ...hidden, dense(1, { activation: "sigmoid" })])
    .with({ seed: 2, engine })
    .compile({ loss: "binaryCrossentropy", optimizer, metrics: ["accuracy"] });
  return new Timeline(model, x, y, { batchSize: batch });
}

function peerOf({ units, batch }, { x, y }) {
  const sizes = [2, ...units, 1];
  const arrays = { x, y };
  for (let i = 1; i < sizes.length; i++) {
    const spread = (_, k) => Math.sin(k + i);
    arrays[`w${i - 1}`] = { data: Float32Array.from({ length: sizes[i - 1] * sizes[i] }, spread) };
    arrays[`b${i - 1}`] = { data: new Float32Array(sizes[i]) };
  }
  return build({ sizes, batch, optimizer: { rate: 0.1 }, arrays });
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 1));
const BLOCK_MS = 4;

/** Blocks of one way after the other, by turns; nanoseconds a step in the shortest block of each. */
export async function measure(net, rounds) {
  const data = examplesOf(net.examples);
  const before = timelineOf(net, data, plainEngine());
  const after = timelineOf(net, data, createWasmEngine({ threads: 1 }));
  const peer = peerOf(net, data);
  const ways = [
    { run: (steps) => before.advance(steps) },
    { run: (steps) => after.advance(steps) },
    { run: (steps) => peer.run(steps) },
  ];
  for (const way of ways) {
    // Until its code is as good as it gets.
    const end = performance.now() + 1500;
    let took = 0;
    way.steps = 500;
    while (performance.now() < end) {
      const began = performance.now();
      await way.run(way.steps);
      took = performance.now() - began;
      if (took < BLOCK_MS / 2) way.steps *= 2;
      await rest();
    }
    way.best = Infinity;
  }
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      const began = performance.now();
      await way.run(way.steps);
      way.best = Math.min(way.best, ((performance.now() - began) * 1e6) / way.steps);
    }
    await rest();
  }
  const [plain, straight, objects] = ways.map(({ best }) => best);
  return { ...net, plain, straight, objects };
}

export function showNet({ units, activation, optimizer, examples, batch, ...times }) {
  const { plain, straight, objects } = times;
  const name = `2-${units.join("-")}-1 ${activation} ${optimizer.name}, ${batch} of ${examples}`;
  const numbers = [plain, straight, objects].map((ns) => ns.toFixed(0).padStart(7));
  const ratios = [plain / straight, objects / straight].map((x) => x.toFixed(2).padStart(6));
  return [name.padEnd(32), ...numbers, ...ratios].join(" ");
}
