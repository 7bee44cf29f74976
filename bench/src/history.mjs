/** What earlier runs gave: a line of JSON a run, so that it shows when something got slower. */

import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isOwn } from "./peers.mjs";
import { median } from "./stats.mjs";

export const HISTORY = fileURLToPath(new URL("../history.jsonl", import.meta.url));

/** So much slower than before is no chance: beside the same peers in one run, and by the clock alone. */
const BESIDE_PEERS = 1.1;
const BY_CLOCK = 1.25;
/** Earlier states that are compared with, and shown. */
const SHOWN = 5;

/** @typedef {{ us: number, busy?: true, vectors?: string, ratios: Record<string, number> }} State */
/** @typedef {{ date: string, commit: string, processor: string, threads: number, rounds: number, versions: Record<string, Record<string, string>>, workloads: Record<string, Record<string, State>> }} Entry */

/** @returns {Entry} the figures of one report */
export function entryOf(report, commit) {
  const { date, processor, threads, wide, rounds, versions, workloads } = report;
  const states = workloads.map(({ workload, results }) => [workload.id, statesOf(results, wide)]);
  return {
    date,
    commit,
    processor: `${processor.name}, ${processor.vectors}`,
    threads,
    rounds,
    versions,
    workloads: Object.fromEntries(states.filter(([, rows]) => Object.keys(rows).length > 0)),
  };
}

/** Neurite's rows by version of Node, with how many times as long each peer took. */
function statesOf(results, wide) {
  const present = Object.entries(results).filter(([, { microseconds }]) => microseconds);
  const own = present.filter(([name]) => isOwn(name));
  return Object.fromEntries(
    own.map(([row, { microseconds, cores, notes, versions }]) => {
      const us = microseconds.median;
      // Of peers that run on several versions too, that of the same one.
      const [, node = ""] = row.split("@");
      const ratios = present.flatMap(([name, peer]) => {
        const [plain, on = node] = name.split("@");
        if (plain.startsWith("neurite") || on !== node) return [];
        return [[plain, rounded(peer.microseconds.median / us)]];
      });
      const vectors = notes.find((note) => note.endsWith("vectors"));
      const state = { us: rounded(us), ratios: Object.fromEntries(ratios) };
      return [
        `neurite@${versions.node.split(".")[0]}${wide ? "" : " --no-wide"}`,
        { ...state, ...(vectors && { vectors }), ...(cores < 0.9 && { busy: true }) },
      ];
    }),
  );
}

const rounded = (x) => Number(x.toPrecision(4));

/** The commit, with a + where files differ from it. */
export function commitHere() {
  const git = (...args) => execFileSync("git", args, { encoding: "utf8", stdio: "pipe" }).trim();
  try {
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "-uno") && "+");
  } catch {
    return "unknown";
  }
}

export function remember(report, path = HISTORY) {
  if (report.workloads.length === 0) return;
  appendFileSync(path, `${JSON.stringify(entryOf(report, commitHere()))}\n`);
}

/** @returns {Entry[]} */
export function readHistory(path = HISTORY) {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return lines.map((line, i) => {
    try {
      return JSON.parse(line);
    } catch {
      throw new Error(`${path}: line ${i + 1} is no JSON`);
    }
  });
}

/**
 * The states of one row that can be compared, the latest last: of one workload, processor and number of threads.
 * @param {readonly Entry[]} entries
 */
export function seriesOf(entries) {
  const series = new Map();
  for (const { workloads, ...about } of entries) {
    for (const [id, rows] of Object.entries(workloads)) {
      for (const [row, state] of Object.entries(rows)) {
        const key = [id, row, about.processor, about.threads].join("\n");
        series.set(key, [...(series.get(key) ?? []), { id, row, ...about, ...state }]);
      }
    }
  }
  return [...series.values()].map((states) => states.slice(-SHOWN - 1));
}

/**
 * How many times as long the latest state takes as those before it; beside the same peers where there are any,
 * so that a slow day of the machine is no slowdown. Null where nothing can be compared.
 * @returns {{ factor: number, slower: boolean } | null}
 */
export function changeOf(states) {
  const [last] = states.slice(-1);
  const calm = states.slice(0, -1).filter(({ busy }) => !busy);
  if (!last || last.busy || calm.length === 0) return null;
  const beside = calm.flatMap(({ ratios }) =>
    Object.keys(ratios)
      .filter((peer) => last.ratios[peer])
      .map((peer) => ratios[peer] / last.ratios[peer]),
  );
  if (beside.length > 0) {
    const factor = median(beside);
    return { factor, slower: factor > BESIDE_PEERS };
  }
  const factor = last.us / median(calm.map(({ us }) => us));
  return { factor, slower: factor > BY_CLOCK };
}
