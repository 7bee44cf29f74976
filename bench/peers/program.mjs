/** What the peers in JavaScript share: reading the task, the first steps, timed blocks, the report. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Thrown by a peer that cannot do a workload; the message says why. */
export class Absent extends Error {}

function loadTask(folder) {
  const task = JSON.parse(readFileSync(join(folder, "task.json"), "utf8"));
  const arrays = Object.entries(task.shapes).map(([name, shape]) => {
    const bytes = readFileSync(join(folder, `${name}.bin`));
    return [name, { shape, data: new Float32Array(new Uint8Array(bytes).buffer) }];
  });
  return { ...task, arrays: Object.fromEntries(arrays) };
}

/** Single steps, each with its loss read back: the loss curve, and how soon steps are fast. */
async function firstSteps({ step }, settings, compileMs) {
  const { lossesSteps, lossesMs, latencySteps, latencyMs } = settings;
  const wanted = (steps, spent) =>
    steps < 5 ||
    (steps < lossesSteps && spent < lossesMs) ||
    (steps < latencySteps && spent < latencyMs);
  const curve = [];
  const ends = [];
  const start = performance.now();
  while (wanted(curve.length, ends.at(-1) ?? 0)) {
    curve.push(await step());
    ends.push(performance.now() - start);
  }
  const times = ends.map((end, i) => end - (ends[i - 1] ?? 0));
  const steady = median(times.slice(-Math.ceil(times.length / 3)));
  const settled = times.findIndex((time) => time <= 1.1 * steady);
  return {
    losses: curve.slice(0, lossesSteps),
    compileMs,
    firstStepMs: times[0],
    steadyMs: compileMs + ends[settled],
  };
}

/** For each block of many steps: microseconds a step, and how much of a processor it had. */
async function timedBlocks(run, { blocks, blockMs, blocksMs, warmupMs }) {
  const timed = async (steps) => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await run(steps);
    const took = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    return { took, cores: (user + system) / 1000 / took };
  };
  let [steps, spent, took] = [1, 0, 0];
  // The first call may compile, and says nothing about the time that steps take.
  for (let calls = 0; calls < 3 || spent < warmupMs || took < blockMs / 2; calls++) {
    ({ took } = await timed(steps));
    spent += took;
    steps = Math.max(1, Math.ceil((steps * blockMs) / Math.max(took, blockMs / 16)));
  }
  const start = performance.now();
  const done = [];
  while (done.length < 3 || (done.length < blocks && performance.now() - start < blocksMs)) {
    done.push(await timed(steps));
  }
  return {
    stepMicroseconds: done.map((block) => (block.took * 1000) / steps),
    cores: done.map(({ cores }) => cores),
    stepsPerBlock: steps,
  };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

/** The most memory the process ever held. Linux counts resourceUsage() from before exec, so ask it. */
function peakRssMb() {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

/**
 * Runs a peer on the task whose folder is the last argument, and prints one line of JSON.
 * @param {string} peer
 * @param {Record<string, string>} versions
 * @param {(task: any, compiling: () => void) => Promise<{ step: () => any, run: (steps: number) => any }>} build
 * calls `compiling` when the data are in place. `step` does one step and gives its loss; `run` does
 * many, all finished when it returns. Without `step` only blocks are timed
 */
export async function runPeer(peer, versions, build) {
  try {
    const task = loadTask(process.argv.at(-1));
    let start = performance.now();
    const session = await build(task, () => {
      start = performance.now();
    });
    const compileMs = performance.now() - start;
    const latency = session.step ? await firstSteps(session, task.settings, compileMs) : {};
    const blocks = await timedBlocks(session.run, task.settings);
    const { notes = [] } = session;
    print({ peer, versions, notes, ...latency, ...blocks, peakRssMb: peakRssMb() });
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    print({ peer, versions, absent: error.message });
  }
}

function print(result) {
  console.log(JSON.stringify(result));
}
