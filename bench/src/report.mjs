/** The results as tables to read. */

import { isOwn } from "./peers.mjs";

const COLUMNS = ["peer", "median", "quartiles", "times Neurite", "peak MB", "notes"];

const digits = (x) => (x >= 100 ? x.toFixed(0) : x.toPrecision(3));

/** Microseconds in the unit that reads best. */
export function time(microseconds) {
  return microseconds < 1000 ? `${digits(microseconds)} us` : `${digits(microseconds / 1000)} ms`;
}

function notesOf({ differsAtStep, cores, notes }) {
  const differs = differsAtStep ? [`OTHER WORK: its loss differs at step ${differsAtStep}`] : [];
  const threads = cores > 1.3 ? [`used ${cores.toFixed(1)} cores`] : [];
  const busy = cores < 0.9 ? [`machine busy: had ${cores.toFixed(2)} of a core`] : [];
  return [...differs, ...notes, ...threads, ...busy].join("; ");
}

function rowOf(peer, result, workload, own) {
  if (result.absent) return [peer, "absent", "", "", "", result.absent];
  const { microseconds, peakRssMb } = result;
  const speed = (us) => `${digits((2 * workload.n ** 3) / us / 1000)} GFLOP/s`;
  const show = workload.kind === "matmul" ? speed : time;
  const [fast, slow] = microseconds.quartiles.map(show);
  const spread = workload.kind === "matmul" ? `${slow} .. ${fast}` : `${fast} .. ${slow}`;
  const ratio = own ? digits(microseconds.median / own) : "";
  return [peer, show(microseconds.median), spread, ratio, peakRssMb.toFixed(0), notesOf(result)];
}

/** Columns of the widths they need. */
export function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    `  ${row.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd(),
  );
}

function latencyTable(workloads) {
  const rows = workloads.flatMap(({ workload, results }) =>
    Object.entries(results).flatMap(([peer, { absent, compileMs, firstStepMs, steadyMs }]) => {
      if (absent || workload.kind === "matmul") return [];
      const numbers = [compileMs + firstStepMs, steadyMs].map((ms) => `${digits(ms)} ms`);
      return [[workload.id, peer, ...numbers]];
    }),
  );
  if (rows.length === 0) return [];
  const head = ["", "peer", "compile + first step", "until steps take their usual time"];
  return ["W8  compile time and first step", ...table([head, ...rows]), ""];
}

/** @returns {string} */
export function renderReport({
  processor,
  machine,
  threads,
  settings,
  versions,
  absent,
  workloads,
}) {
  const sections = workloads.flatMap(({ workload, results }) => {
    // On several versions of Node, the last named is what the others are compared with.
    const judge = Object.keys(results).findLast(isOwn);
    const own = results[judge]?.microseconds?.median;
    const rows = Object.entries(results).map(([peer, result]) =>
      rowOf(peer, result, workload, own),
    );
    const head = workload.kind === "matmul" ? "speed" : "time a step";
    const times = judge?.includes("@") ? `times ${judge}` : "times Neurite";
    const columns = COLUMNS.with(1, head).with(3, times);
    return [`${workload.id}  ${workload.title}`, ...table([columns, ...rows]), ""];
  });
  const list = Object.entries(versions).map(([peer, found]) => [peer, describe(found)]);
  const gone = Object.entries(absent).map(([peer, why]) => [peer, `absent: ${why}`]);
  return [
    `${processor.name} with ${processor.vectors}, ${machine}; ${threads === 1 ? "" : `NEURITE ON ${threads} THREADS, its peers on `}one thread each; ${settings}`,
    ...table([...list, ...gone]),
    "",
    ...sections,
    ...latencyTable(workloads),
  ].join("\n");
}

const describe = (versions) =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
