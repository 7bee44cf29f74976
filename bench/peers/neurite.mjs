/** Neurite: one compiled step that takes its own minibatch from variables, run n times in a call. */

import * as nn from "../../lib/dist/index.js";
import { besides, lossOf, outputOf } from "./neurite-models.mjs";
import { learner } from "./neurite-optimizers.mjs";
import { Absent, runPeer } from "./program.mjs";

const fixed = ({ data, shape }) => new nn.Variable(nn.fromData(data, shape), { trainable: false });

/** n calls at once where the library can, else one by one. */
function repeater(compiled) {
  if (typeof compiled.repeat === "function") return (steps) => compiled.repeat(steps);
  return (steps) => {
    for (let i = 0; i < steps; i++) compiled();
  };
}

function training(task, compiling) {
  const [x, y] = [fixed(task.arrays.x), fixed(task.arrays.y)];
  const [count] = task.shapes.x;
  const cursor = new nn.Variable(nn.fromData(Int32Array.of(0), []), { trainable: false });
  const variables = Object.fromEntries(
    task.parameters.map((name) => [name, fixed(task.arrays[name])]),
  );
  const learn = learner(task.optimizer, variables);
  const beside = nn.mapTree(
    (tensor) => new nn.Variable(tensor, { trainable: false }),
    besides(task),
  );
  compiling();
  const step = nn.compile(() => {
    const rows = nn.arange(0, task.batch, 1, "int32").add(cursor);
    const [images, labels] = [x, y].map((all) => (count === task.batch ? all : nn.take(all, rows)));
    const end = cursor.add(task.batch);
    cursor.assign(nn.where(nn.less(end, count), end, 0));
    const cost = (p) => {
      const read = nn.mapTree((variable) => variable.read(), beside);
      return [lossOf(task, outputOf(task, p, images, read), labels), read];
    };
    const weights = nn.mapTree((variable) => variable.read(), variables);
    const [[loss, next], gradients] = nn.valueAndGrad(cost, { hasAux: true })(weights);
    learn(gradients);
    if (task.kind === "residual") keep(beside, next);
    return loss;
  });
  return { step: () => step().item(), run: repeater(step), compiled: step };
}

/** Statistics of each layer, [{ mean, variance }], as the step has moved them. */
function keep(statistics, next) {
  statistics.forEach(({ mean, variance }, i) => {
    mean.assign(next[i].mean);
    variance.assign(next[i].variance);
  });
}

function product(task, compiling) {
  const [a, b] = [fixed(task.arrays.a), fixed(task.arrays.b)];
  const c = fixed({ data: new Float32Array(task.n ** 2), shape: [task.n, task.n] });
  compiling();
  const multiply = nn.compile(() => c.assign(nn.matmul(a, b)));
  let row = 0;
  const step = () => {
    multiply();
    return c.read().data[(row++ % task.n) * (task.n + 1)];
  };
  return { step, run: repeater(multiply), compiled: multiply };
}

const versions = { neurite: "workspace", node: process.versions.node, v8: process.versions.v8 };
await runPeer("neurite", versions, async (task, compiling) => {
  nn.setEngine(nn.createWasmEngine({ threads: task.threads }));
  const session = (task.kind === "matmul" ? product : training)(task, compiling);
  // The reference engine would do it, but not in the time that a benchmark has.
  const supported = nn.engine().supports(session.compiled.graph());
  if (supported !== true) throw new Absent(`not yet on the Wasm engine: ${supported}`);
  const { vectorBits } = nn.engine();
  return { notes: vectorBits ? [`${vectorBits}-bit vectors`] : [], ...session };
});
