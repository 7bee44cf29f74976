/** Writes docs/results.md from the logs in docs/results: `npm run results`. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { claimedNumber, EXPERIMENTS, expectedOf, experimentNames, OWN_BOUNDS } from "neurite/books";

const root = fileURLToPath(new URL("../docs/", import.meta.url));

/** The logs of record: file name -> log. */
export function readLogs() {
  const files = readdirSync(`${root}results`).filter((file) => file.endsWith(".json"));
  return new Map(
    files.sort().map((file) => [file, JSON.parse(readFileSync(`${root}results/${file}`, "utf8"))]),
  );
}

/** What stands on disk. */
export const written = () => readFileSync(`${root}results.md`, "utf8");

/** Every experiment as the page needs it. */
export async function listed() {
  return await Promise.all(
    experimentNames().map(async (name) => {
      const { title, source, load } = EXPERIMENTS[name];
      return { name, title, source, hasFull: (await load()).full !== undefined };
    }),
  );
}

/** The page of results. */
export function resultsPage(experiments, logs) {
  const rows = experiments.map(({ name, title, source, hasFull }) => {
    const short = cellOf(name, logs, "");
    const full = hasFull ? cellOf(name, logs, ".full") : "";
    return `| \`${name}\` | ${cell(title)} | ${cell(source)} | ${short} | ${full} |`;
  });
  const all = [...logs.values()];
  const claims = all.flatMap((log) => log.claims);
  const off = all.flatMap((log) =>
    log.claims.filter(({ holds }) => holds === false).map((c) => [log, c]),
  );
  const held = claims.filter(({ holds }) => holds);
  const wanted = experiments.reduce((sum, { hasFull }) => sum + (hasFull ? 2 : 1), 0);
  const machines = new Set(all.map(machineOf));
  return `${INTRODUCTION}
${all.length} of ${wanted} runs have a log. Of ${claims.length} numbers ${held.length} hold, ${off.length} are off, and ${claims.length - held.length - off.length} have no verdict.

| name | experiment | source | short run | full run |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

## What does not hold

${off.length === 0 ? "Every number that was judged holds." : table(off.map(([log, claim]) => [logLink(log), claim]))}

## Full runs

${OWN_BOUNDS}

${fullRuns(experiments, logs)}

## Where they ran

${
  [...machines]
    .sort()
    .map((line) => `- ${line}`)
    .join("\n") || "Nowhere yet."
}
`;
}

const INTRODUCTION = `# Results

What the experiments of the books gave when they were last run: how many numbers hold, of how many, and how long
it took. The short run is \`neurite reproduce NAME\`, the full one \`neurite reproduce NAME --full\`; each links to its
log, which says parameters, seed, commit, machine and every number. Made by \`npm run results\` from the logs in
[results](results), which \`neurite reproduce all --log docs/results\` writes (of one experiment:
\`neurite reproduce NAME --log docs/results\`, with \`--full\` of its full run); a test fails where this page is older.
`;

function cellOf(name, logs, ending) {
  const log = logs.get(`${name}${ending}.json`);
  if (!log) return "not yet run";
  const judged = log.claims.filter(({ holds }) => holds !== null);
  const held = judged.filter(({ holds }) => holds);
  return `[${held.length} of ${judged.length}](results/${name}${ending}.json), ${time(log.seconds)}`;
}

function fullRuns(experiments, logs) {
  const sections = experiments
    .filter(({ hasFull }) => hasFull)
    .map(({ name, title }) => {
      const log = logs.get(`${name}.full.json`);
      const head = `### ${title}\n\n\`neurite reproduce ${name} --full\``;
      if (!log) return `${head}: not yet run.`;
      const said = [
        log.date,
        time(log.seconds),
        ...(log.commit ? [`commit ${log.commit.slice(0, 12)}`] : []),
      ];
      return `${head}: ${said.join(", ")}.\n\n${table(log.claims.map((claim) => ["", claim]))}`;
    });
  return sections.join("\n\n") || "None yet.";
}

/** Claims as rows; the first cell says of which run, where that is not plain. */
function table(rows) {
  const hasRun = rows.some(([run]) => run !== "");
  const lines = rows.map(([run, claim]) => {
    const { name, actual, holds } = claim;
    const verdict = { true: "holds", false: "off", null: "not judged" }[String(holds)];
    const numbers = [expectedOf(claim), claimedNumber(actual, claim)].map(cell);
    return `|${hasRun ? ` ${run} |` : ""} ${[cell(name), ...numbers, verdict].join(" | ")} |`;
  });
  const head = `|${hasRun ? " run |" : ""} number | expected | Neurite | verdict |`;
  return `${head}\n|${hasRun ? " --- |" : ""} --- | --- | --- | --- |\n${lines.join("\n")}`;
}

const logLink = ({ experiment, full }) =>
  `[${experiment}](results/${experiment}${full ? ".full" : ""}.json)`;

const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("*", "\\*");

function time(seconds) {
  if (seconds < 1) return "below 1 s";
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

const machineOf = ({ machine: { processor, cores, system, node } }) =>
  `${processor}, ${cores} cores, ${system}, Node ${node}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(`${root}results.md`, resultsPage(await listed(), readLogs()));
  console.log("docs/results.md is written");
}
