// How fast tables are read: megabytes of CSV a second, beside CSV parsers of others and beside cutting a text into lines.
// npm run bench:tables [-- --megabytes 50 --rounds 3 --busy 2], after a build; peers come with bench:setup.

import { spawn } from "node:child_process";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { readTable } from "../lib/dist/data/tables/index.js";

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "50" },
    rounds: { type: "string", default: "3" },
    busy: { type: "string", default: "0" },
  },
});

const WORDS = ["red", "green", "blue", "Paris", "London", "married", "single", "HS-grad"];

/** Ten columns: seven of numbers, one of whole numbers that count up, two of short words. */
function madeCsv(megabytes) {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const word = () => WORDS[Math.floor(random() * WORDS.length)];
  const parts = ["id,age,income,city,hours,rate,colour,height,score,balance\n"];
  for (let size = 0, id = 0; size < megabytes * 1e6; id++) {
    const numbers = [20 + Math.floor(random() * 60), (random() * 90000).toFixed(2)];
    const more = [Math.floor(random() * 60), random().toFixed(4)];
    const last = [(150 + random() * 50).toFixed(1), (random() * 10 - 5).toFixed(3)];
    const row = [id, ...numbers, word(), ...more, word(), ...last, Math.floor(random() * 1e6)];
    parts.push(`${row.join(",")}\n`);
    size += parts.at(-1).length;
  }
  return parts.join("");
}

const text = madeCsv(Number(values.megabytes));
const bytes = new TextEncoder().encode(text);
/** Pieces as a file's stream gives them. */
const pieces = Array.from({ length: Math.ceil(bytes.length / 65536) }, (_, i) =>
  bytes.subarray(i * 65536, (i + 1) * 65536),
);

const ways = {
  "split into lines": () => text.split("\n").length,
  "neurite, typed columns": () => readTable(pieces),
};

/** Records are counted and dropped, so that nothing but parsing is measured. */
async function addPeers() {
  const absent = (name) => () => console.log(`${name} is absent: npm run bench:setup installs it`);
  const papa = await import("papaparse").catch(absent("papaparse"));
  const csv = await import("csv-parse").catch(absent("csv-parse"));
  const udsv = await import("udsv").catch(absent("udsv"));
  const d3 = await import("d3-dsv").catch(absent("d3-dsv"));
  if (papa) ways["papaparse, texts"] = () => papa.default.parse(text, { step: () => {} });
  if (papa)
    ways["papaparse, types"] = () =>
      papa.default.parse(text, { dynamicTyping: true, step: () => {} });
  if (csv) {
    ways["csv-parse, texts"] = async () => {
      const parser = csv.parse();
      const done = (async () => {
        for await (const _ of parser);
      })();
      for (const piece of pieces)
        if (!parser.write(piece)) await new Promise((go) => parser.once("drain", go));
      parser.end();
      await done;
    };
  }
  if (udsv) {
    const drop = (rows) => {
      rows.length = 0;
    };
    ways["udsv, texts"] = () => udsv.initParser(udsv.inferSchema(text)).stringArrs(text, drop);
    ways["udsv, types"] = () => udsv.initParser(udsv.inferSchema(text)).typedArrs(text, drop);
  }
  if (d3) ways["d3-dsv, texts"] = () => d3.csvParseRows(text, () => null);
}

await addPeers();
const busy = Array.from({ length: Number(values.busy) }, () =>
  spawn(process.execPath, ["-e", "for (;;);"]),
);
const best = {};
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, run] of Object.entries(ways)) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await run();
    const seconds = (performance.now() - began) / 1000;
    const used = process.cpuUsage(before).user / 1e6;
    const known = best[name] ?? { seconds: Infinity, used: Infinity };
    best[name] = { seconds: Math.min(known.seconds, seconds), used: Math.min(known.used, used) };
  }
}
for (const other of busy) other.kill();

const size = bytes.length / 1e6;
const lines = best["split into lines"].seconds;
console.log(
  `${size.toFixed(1)} MB, the best of ${values.rounds} rounds, ${values.busy} processes busy beside, load ${loadavg()[0].toFixed(1)}`,
);
console.log(
  "way".padEnd(26),
  "MB/s".padStart(6),
  "MB a CPU second".padStart(16),
  "times a split".padStart(14),
);
for (const [name, { seconds, used }] of Object.entries(best)) {
  const columns = [(size / seconds).toFixed(0).padStart(6), (size / used).toFixed(0).padStart(16)];
  console.log(name.padEnd(26), ...columns, (seconds / lines).toFixed(1).padStart(14));
}
