/** The history as tables to read. */

import { changeOf, seriesOf } from "./history.mjs";
import { table, time } from "./report.mjs";

/** @param {readonly import("./history.mjs").Entry[]} entries */
export function renderHistory(entries) {
  if (entries.length === 0) return "No run is remembered yet: npm run bench";
  const all = seriesOf(entries);
  const sections = all.flatMap((states) => {
    const { id, row, processor, threads } = states[0];
    const peers = [...new Set(states.flatMap(({ ratios }) => Object.keys(ratios)))];
    const rows = states.map((state, i) => [
      state.date.slice(0, 16).replace("T", " "),
      state.commit,
      time(state.us),
      ...peers.map((peer) => String(state.ratios[peer] ?? "")),
      [state.vectors, state.busy && "machine busy", i === states.length - 1 && verdict(states)]
        .filter(Boolean)
        .join("; "),
    ]);
    return [
      `${id}  ${row} on ${processor}${threads > 1 ? `, ${threads} threads` : ""}`,
      ...table([["date", "commit", "time a step", ...peers, "notes"], ...rows]),
      "",
    ];
  });
  return [...sections, ...summaryOf(all)].join("\n");
}

/**
 * What the last run says beside those before it.
 * @param {readonly import("./history.mjs").Entry[]} entries
 */
export function renderLastRun(entries) {
  const date = entries.at(-1)?.date;
  const states = seriesOf(entries).filter((series) => series.at(-1).date === date);
  return ["Beside earlier runs (npm run bench -- --history):", ...summaryOf(states)].join("\n");
}

function summaryOf(all) {
  const slower = all.filter((states) => changeOf(states)?.slower);
  const found = slower.map((states) => `  ${states[0].id}  ${states[0].row}: ${verdict(states)}`);
  const compared = all.some((states) => changeOf(states) !== null);
  const calm = compared ? "Nothing got slower." : "No two states can be compared.";
  return slower.length === 0 ? [calm] : ["Slower than before:", ...found];
}

function verdict(states) {
  const change = changeOf(states);
  if (change === null) return "";
  const percent = Math.round(100 * (change.factor - 1));
  return `${change.slower ? "SLOWER: " : ""}${percent >= 0 ? "+" : ""}${percent} % time`;
}
