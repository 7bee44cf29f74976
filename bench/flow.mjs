// What gradientFlow costs: the processor time spent in the callback beside that of the whole training, on one
// thread.
// node bench/flow.mjs [mnist|conv|moons|iris|xor ...] [--epochs n]

import { loadData } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import { gradientFlow } from "neurite/inspect";
import { DEFAULT_RUNS, fitData, modelOf, PRESET_RUNS, parseRunSpec, trainRun } from "neurite/train";

const at = process.argv.indexOf("--epochs");
const epochs = at < 0 ? null : Number(process.argv[at + 1]);
const named = process.argv.slice(2, at < 0 ? undefined : at);
const names = named.length > 0 ? named : ["mnist", "conv", "moons", "iris", "xor"];

/** Milliseconds of processor time, which other programs on the machine do not lengthen. */
function now() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

for (const name of names) {
  const input = name === "conv" ? PRESET_RUNS.mnist.conv : DEFAULT_RUNS[name];
  const spec = parseRunSpec({ ...input });
  const own = epochs === null ? spec : { ...spec, training: { ...spec.training, epochs } };
  const model = modelOf(own, { threads: 1 });
  const data = fitData(await loadData(own.data, NODE_DATA), model.network, own);
  const flow = gradientFlow({
    model,
    x: data.train.x,
    y: data.train.y,
    epochs: own.training.epochs,
  });
  let [inside, first] = [0, 0];
  const timed =
    (method) =>
    (...args) => {
      const started = now();
      const result = flow[method](...args);
      const took = now() - started;
      if (method === "onTrainBegin") first = took;
      inside += took;
      return result;
    };
  const callback = { name: "timed" };
  for (const method of ["onTrainBegin", "onEpochBegin", "pauses", "onPause"]) {
    callback[method] = timed(method);
  }
  const started = now();
  await trainRun(own, model, data, { callbacks: [callback] });
  const whole = now() - started;
  const rest = whole - inside;
  console.log(
    `${name.padEnd(8)} ${flow.rows.length} rows; callback ${inside.toFixed(0)} ms (the first ${first.toFixed(0)}), ` +
      `training without it ${rest.toFixed(0)} ms: ${((100 * inside) / rest).toFixed(1)} %`,
  );
}
