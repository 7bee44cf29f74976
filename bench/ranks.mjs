// Several ranks, measured: W3's step alone and shared, sums by themselves, and both over a network that is set.
//
//   node bench/ranks.mjs step                          one rank: the step of W3 and of its half batch
//   mpirun -n 2 node bench/ranks.mjs step              the same shared: computing, waiting, adding up
//   mpirun -n 2 node bench/ranks.mjs sums              adding up alone, by length
//   sudo node bench/ranks.mjs net --ranks 2,4 --rate 1gbit --delay 100us [step]
//                                                      in network namespaces, by Open MPI over TCP (Linux)
//
// Median and least of all repeats; processor time where the clock would count what others do.
// Build first: npm run build.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setV8Flags } from "../cli/dist/terminal/v8-flags.js";
import { joinMpi } from "../packages/mpi/dist/index.js";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    ranks: { type: "string", default: "2,4" },
    rate: { type: "string", default: "1gbit" },
    delay: { type: "string", default: "100us" },
    repeats: { type: "string", default: "60" },
  },
});
const [mode = "step", inner = "sums"] = positionals;
const repeats = Number(values.repeats);
const isRank = Object.keys(process.env).some((name) => /^(OMPI_COMM_WORLD|PMI)_RANK$/.test(name));

const sorted = (times) => [...times].sort((a, b) => a - b);
const told = (times) => {
  const all = sorted(times);
  return `${all[all.length >> 1].toFixed(3)} (least ${all[0].toFixed(3)})`;
};
const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** 784-512-512-10, ReLU, softmax, Adam, on one thread: the benchmark's W3. */
async function w3() {
  setV8Flags();
  const { createWasmEngine } = await import("neurite/engines");
  const { dense, inputLayer } = await import("neurite/nn");
  const { sequential } = await import("neurite/train");
  return sequential([
    inputLayer([784]),
    dense(512, { activation: "relu" }),
    dense(512, { activation: "relu" }),
    dense(10, { activation: "softmax" }),
  ])
    .with({ seed: 1, engine: createWasmEngine({ threads: 1 }) })
    .compile({
      loss: "sparseCategoricalCrossentropy",
      optimizer: { name: "adam", learningRate: 1e-3 },
    });
}

/** Examples for so many batches: digits of noise. */
function examples(count) {
  const x = new Float32Array(count * 784).map((_, i) => ((i * 7919) % 997) / 997);
  const y = new Int32Array(count).map((_, i) => (i * 31) % 10);
  return [
    { dtype: "float32", shape: [count, 784], data: x },
    { dtype: "int32", shape: [count], data: y },
  ];
}

/** Milliseconds of each step but the first ten. */
async function steps(batchSize, exchange) {
  const model = await w3();
  const [clock, busy] = [[], []];
  let [before, used] = [0, 0];
  const timer = {
    name: "timer",
    onStepEnd({ step }) {
      const [now, spent] = [performance.now(), processor()];
      if (step >= 10) {
        clock.push(now - before);
        busy.push(spent - used);
      }
      [before, used] = [performance.now(), processor()];
    },
  };
  const history = await model.fit(...examples(batchSize * (repeats + 10)), {
    batchSize,
    epochs: 1,
    progress: false,
    shuffle: false,
    callbacks: [timer],
    ...(exchange && { exchange }),
  });
  return { clock, busy, loss: history.epochs[0].loss };
}

async function alone() {
  for (const batch of [128, 64]) {
    const { clock, busy, loss } = await steps(batch);
    console.log(
      `one rank, ${batch} rows, one program: ${told(clock)} ms, processor ${told(busy)} ms; loss ${loss}`,
    );
  }
}

async function shared(mpi) {
  const [waits, sums, spent, adding] = [[], [], [], []];
  const exchange = {
    rank: mpi.rank,
    size: mpi.size,
    async sum(arrays) {
      const start = performance.now();
      const used = processor();
      await mpi.barrier();
      const met = performance.now();
      const then = processor();
      await mpi.sum(arrays);
      if (arrays[0].length < 1000) return;
      waits.push(met - start);
      sums.push(performance.now() - met);
      spent.push(processor() - used);
      adding.push(processor() - then);
    },
  };
  const { clock, busy, loss } = await steps(128, exchange);
  const computing = busy.map((ms, i) => ms - spent[i + 10]);
  const wall = clock.map((ms, i) => ms - sums[i + 10] - waits[i + 10]);
  if (mpi.rank > 0) return;
  console.log(
    `${mpi.size} ranks, 128 rows shared: step ${told(clock)} ms; computing ${told(wall)} ms, processor ` +
      `${told(computing)} ms; waiting for others ${told(waits.slice(10))} ms; adding up ${told(sums.slice(10))} ms, processor ${told(adding.slice(10))} ms; loss ${loss}`,
  );
}

async function sums(mpi) {
  const memory = new WebAssembly.Memory({ initial: 200, maximum: 1000, shared: true });
  for (const length of [1, 1024, 24_000, 670_000]) {
    const array = new Float32Array(memory.buffer, 64, length);
    const times = [];
    for (let i = 0; i < repeats; i++) {
      await mpi.barrier();
      const start = performance.now();
      await mpi.sum([array]);
      if (i >= 5) times.push(performance.now() - start);
    }
    if (mpi.rank === 0) console.log(`${mpi.size} ranks, ${4 * length} bytes: ${told(times)} ms`);
  }
}

/** Namespaces on a bridge, each a machine of its own to Open MPI; what leaves one is slowed down. */
function overNetwork() {
  const counts = values.ranks.split(",").map(Number);
  const most = Math.max(...counts);
  const folder = mkdtempSync(join(tmpdir(), "neurite-net-"));
  const ip = (...args) => execFileSync("ip", args, { stdio: ["ignore", "ignore", "inherit"] });
  const names = Array.from({ length: most }, (_, i) => `neurite${i + 1}`);
  const address = (i) => `10.77.0.${i + 1}`;
  const agent = join(folder, "agent.sh");
  // Open MPI starts its daemons by this: a host's last number is that of its namespace, and of its own name.
  writeFileSync(
    agent,
    '#!/bin/sh\nn=$(echo "$1" | cut -d. -f4); shift\nexec ip netns exec "neurite$n" unshare --uts sh -c "hostname neurite$n; $*"\n',
  );
  chmodSync(agent, 0o755);
  const clean = () => {
    for (const name of names) spawnSync("ip", ["netns", "del", name], { stdio: "ignore" });
    spawnSync("ip", ["link", "del", "neurite-br"], { stdio: "ignore" });
  };
  const netem = ["netem", "delay", values.delay, "rate", values.rate, "limit", "100000"];
  const tbf = ["tbf", "rate", values.rate, "burst", "256kb", "latency", "200ms"];
  const slowDown = (name, how) =>
    spawnSync("ip", ["netns", "exec", name, "tc", "qdisc", "add", "dev", "eth0", "root", ...how], {
      stdio: "ignore",
    }).status === 0;
  let slowed = "nothing";
  clean();
  try {
    ip("link", "add", "neurite-br", "type", "bridge");
    ip("link", "set", "neurite-br", "up");
    names.forEach((name, i) => {
      ip("netns", "add", name);
      ip("link", "add", `nr${i}`, "type", "veth", "peer", "name", "eth0", "netns", name);
      ip("link", "set", `nr${i}`, "master", "neurite-br", "up");
      ip("-n", name, "addr", "add", `${address(i)}/24`, "dev", "eth0");
      ip("-n", name, "link", "set", "lo", "up");
      ip("-n", name, "link", "set", "eth0", "up");
      if (slowDown(name, netem)) slowed = "rate and delay";
      else if (slowDown(name, tbf)) slowed = "the rate alone, since this kernel has no netem";
    });
    console.log(
      `${cpus()[0].model}, ${cpus().length} processors; rate ${values.rate}, delay ${values.delay} each way: set is ${slowed}`,
    );
    for (const count of counts) {
      const hosts = Array.from({ length: count }, (_, i) => `${address(i)}:1`).join(",");
      const own = ["oob_tcp_if_include", "eth0", "btl_tcp_if_include", "eth0", "btl", "tcp,self"];
      const settings = [];
      for (let i = 0; i < own.length; i += 2) settings.push("--mca", own[i], own[i + 1]);
      const command = [
        ...[
          "netns",
          "exec",
          names[0],
          "unshare",
          "--uts",
          "sh",
          "-c",
          'hostname neurite1; exec "$@"',
          "sh",
        ],
        ...[
          "mpirun.openmpi",
          "--allow-run-as-root",
          "--bind-to",
          "none",
          "--host",
          hosts,
          "-n",
          String(count),
        ],
        ...[...settings, "--mca", "plm_rsh_agent", agent, "--mca", "mpi_yield_when_idle", "1"],
        ...[process.execPath, fileURLToPath(import.meta.url), inner, "--repeats", values.repeats],
      ];
      const ran = spawnSync("ip", command, { stdio: "inherit", timeout: 300_000 });
      if (ran.status !== 0) console.log(`${count} ranks: ended with ${ran.status ?? ran.signal}`);
    }
  } finally {
    clean();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (mode === "net") overNetwork();
else if (!isRank) await alone();
else {
  const mpi = await joinMpi();
  if (mpi.size > 1) await (mode === "sums" ? sums(mpi) : shared(mpi));
  else console.log(`One rank alone: start two or more, by the launcher of ${mpi.version}`);
  await mpi.close();
}
