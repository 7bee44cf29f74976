/** npm run bench -- [W1 W5 …] [--peers neurite,pytorch] [--rounds 3] [--threads 2] [--node 20,24] [--json] [--history] */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareCurves } from "./src/compare.mjs";
import { readHistory, remember } from "./src/history.mjs";
import { renderHistory, renderLastRun } from "./src/history-report.mjs";
import { expectVersion } from "./src/node.mjs";
import { countOf } from "./src/options.mjs";
import { competes, isOwn, PEER_NAMES, selectPeers } from "./src/peers.mjs";
import { runProcess } from "./src/process.mjs";
import { processor } from "./src/processor.mjs";
import { renderReport } from "./src/report.mjs";
import { summarise } from "./src/stats.mjs";
import { writeTask } from "./src/task.mjs";
import { selectWorkloads } from "./src/workloads.mjs";

const HELP = `Usage: npm run bench -- [workloads] [options]

Times Neurite and its peers on the same data, weights and minibatches, one thread each.
Workloads: W1 to W11, as in bench/README.md; all unless some are named.

  --peers a,b      of ${PEER_NAMES.join(", ")}
  --rounds n       how often each peer has its turn (3)
  --limit seconds  how long one process may take (120)
  --threads n      gives Neurite n threads; its peers keep one each (1)
  --before folder  times another checkout beside this one, as neurite-before
  --node 20,24     runs Neurite on these versions side by side, of those in bench/package.json
  --no-wide        without V8's flag that joins vectors to 256 bits
  --json           prints JSON in place of tables
  --history        runs nothing: prints what earlier runs gave, and what got slower
  --no-history     is not remembered in bench/history.jsonl
`;

const OPTIONS = {
  peers: { type: "string", default: "" },
  rounds: { type: "string", default: "3" },
  limit: { type: "string", default: "120" },
  threads: { type: "string", default: "1" },
  before: { type: "string" },
  node: { type: "string", default: "" },
  wide: { type: "boolean", default: true },
  history: { type: "boolean" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
};

/** Runs what was asked for. */
async function bench(positionals, options) {
  const workloads = selectWorkloads(positionals);
  const rounds = countOf("rounds", options.rounds);
  const limit = countOf("limit", options.limit);
  const threads = countOf("threads", options.threads);
  const list = (text) => text.split(",").filter(Boolean);
  const { before, wide } = options;
  list(options.node).forEach(expectVersion);
  const peers = selectPeers(list(options.peers), { nodes: list(options.node), before, wide });
  const present = peers.filter(({ command }) => command);
  const folder = mkdtempSync(join(tmpdir(), "neurite-bench-"));
  try {
    const report = { ...headerOf(peers, rounds, threads, wide), workloads: [] };
    for (const workload of workloads) {
      const results = await compete(
        present,
        workload,
        writeTask(folder, workload, threads),
        rounds,
        limit,
      );
      report.workloads.push({ workload, results });
      for (const [peer, { versions }] of Object.entries(results)) {
        report.versions[peer] = { ...report.versions[peer], ...versions };
      }
      save(report); // a whole run takes an hour, and may be stopped
    }
    if (options.history !== false) remember(report);
    return report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All rounds of one workload, the peers in turn; who drops out once stays out. */
async function compete(all, workload, folder, turns, limit) {
  const peers = all.filter((peer) => competes(peer, workload));
  const rounds = Object.fromEntries(peers.map(({ name }) => [name, []]));
  for (let round = 1; round <= turns; round++) {
    for (const { name, command } of peers) {
      if (rounds[name].some(({ absent }) => absent)) continue;
      process.stderr.write(`${workload.id}  round ${round}  ${name}\n`);
      rounds[name].push(await runProcess(command, folder, limit));
    }
  }
  const results = Object.fromEntries(peers.map(({ name }) => [name, summarise(rounds[name])]));
  compareCurves(results);
  return results;
}

function headerOf(peers, rounds, threads, wide) {
  const own = peers.filter(({ name, command }) => isOwn(name) && command);
  const flags = own.map(({ name, command }) => {
    return `${name} runs with ${command.filter((word) => word.startsWith("--")).join(" ")}`;
  });
  return {
    threads,
    wide,
    rounds,
    processor: processor(),
    machine: `${cpus().length} processors, ${process.platform} ${process.arch}`,
    settings: [`${rounds} round${rounds > 1 ? "s" : ""}`, ...flags].join("; "),
    date: new Date().toISOString(),
    versions: {},
    absent: Object.fromEntries(peers.filter((p) => p.absent).map((p) => [p.name, p.absent])),
  };
}

function save(report) {
  const results = new URL("results/", import.meta.url);
  mkdirSync(results, { recursive: true });
  writeFileSync(new URL("latest.json", results), JSON.stringify(report, null, 2));
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: OPTIONS,
  });
  if (values.help) return HELP;
  if (values.history) return renderHistory(readHistory());
  const report = await bench(positionals, values);
  if (values.json) return JSON.stringify(report, null, 2);
  if (values.history === false) return renderReport(report);
  return `${renderReport(report)}\n${renderLastRun(readHistory())}`;
}

try {
  console.log(await main());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
